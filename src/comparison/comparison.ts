import type { MetricId } from '../metrics/registry/metricRegistry.ts';
import type { EffectMagnitude } from '../metrics/statistics/cliffsDelta.ts';
import type { ItemsToDecide } from '../metrics/statistics/itemsToDecide.ts';
import type { Verdict } from '../metrics/statistics/verdict.ts';
import type { RateEstimate } from '../metrics/statistics/wilson.ts';
import type { HeadlineRate } from '../metrics/text/chooseProfile.ts';
import type { EditCounts } from '../metrics/text/alignment.ts';
import type { AbsenceCounts } from './absence.ts';
import type { ComparabilityGate } from './comparabilityGate.ts';
import type { ComparisonDesign, UnpairedItem } from './pairSessions.ts';
import type { UtteranceChange } from './utteranceChanges.ts';
import type { WordChange } from './wordChanges.ts';

/** Runs beside each other. Plain data: no NaN, no infinity, nothing but JSON. */
export interface Comparison {
  metricsSpec: string;
  method: ComparisonMethod;
  /** The first one is the baseline. */
  runs: ComparedRun[];
  /** The baseline against each other run, endpoint by endpoint. */
  pairs: PairComparison[];
}

/** What makes the figures reproducible. */
export interface ComparisonMethod {
  /** Chance of a false alarm among all primary metrics together. */
  alpha: number;
  seed: number;
}

export interface ComparedRun {
  /** `A`, `B`, … */
  letter: string;
  id: string;
  title: string;
  /** ISO 8601. */
  startedAt: string;
  /** What a reader should know before trusting its figures. */
  warnings: string[];
}

export interface ComparedSide {
  /** Place in {@link Comparison.runs}. */
  run: number;
  endpoint: string;
}

export interface PairComparison {
  a: ComparedSide;
  b: ComparedSide;
  gate: ComparabilityGate;
  pairing: PairingSummary;
  /** Resamples behind each interval: fewer of very many utterances. */
  replicates: { primary: number; exploratory: number };
  /** Primary metrics first. */
  metrics: MetricComparison[];
  /** Behind the text rows of `metrics`, one per text profile. */
  texts: TextComparison[];
  errors: ErrorRateComparison;
  /** Figures of whole runs: one value each, so there is nothing to test. */
  figures: RunFigure[];
  conclusion: Conclusion;
}

export interface PairingSummary {
  design: ComparisonDesign;
  sharedItems: number;
  /** Shared utterances, of those of the run that has more. */
  share: number;
  onlyA: UnpairedItem[];
  onlyB: UnpairedItem[];
  /** What was resampled, and how many of these there are, in the run that has fewer. */
  unit: 'utterance' | 'speaker';
  units: number;
  notes: string[];
}

/** Lower and upper end of a 95 % interval. */
export interface Interval {
  low: number;
  high: number;
}

export interface Change {
  a: number;
  b: number;
  /** B − A. */
  delta: number;
  /** `delta` as a share of A; null unless A is positive. */
  deltaShare: number | null;
  /** 95 % interval of `delta`; null where there is none. */
  interval: Interval | null;
}

/** One row: a metric in A and in B, and whether the difference is real. */
export interface MetricComparison {
  /** `ttft`, or `wel.p95` for the 95th percentile of each session's observations. */
  key: string;
  metric: MetricId;
  label: string;
  short: string;
  /** As written behind a number; empty for ratios and counts. */
  unit: string;
  decimals: number;
  direction: 'lower' | 'higher' | 'neutral';
  /** Primary ones share α; exploratory ones are not protected against chance findings. */
  family: 'primary' | 'exploratory';
  /** The primary metric that had no values, in whose place this one stands. */
  standsInFor: string | null;
  /** What `change` compares, for people: `medians of 40 utterances`. */
  statistic: string;
  /** Null where either run has no value. */
  change: Change | null;
  /** The slow end: 95th percentiles; null where that makes no sense. */
  tail: (Change & { enough: boolean }) | null;
  /** Hodges–Lehmann shift. */
  shift: number | null;
  /** Positive where B is larger. */
  cliffsDelta: { value: number; magnitude: EffectMagnitude } | null;
  /** Geometric mean of the utterances' B / A; null unless paired and positive. */
  meanRatio: number | null;
  /** For rates of text errors: P(Δ < 0). */
  probabilityImproved: number | null;
  test: MetricTest | null;
  /** For rates of text errors, a second opinion: the matched-pairs test of Gillick and Cox. */
  matchedPairs: { z: number; p: number } | null;
  /** Changes of at most this size do not matter. */
  noise: number;
  verdict: Verdict;
  /** How many utterances might decide an inconclusive row. */
  toDecide: ItemsToDecide | null;
  /** Why, where the verdict alone does not say it. */
  reason: string | null;
  /** Utterances (sessions for the error rate) that the row rests on. */
  n: { a: number; b: number };
  /** Sessions without a value, by reason. */
  absent: { a: AbsenceCounts; b: AbsenceCounts };
  /** Ascending; thinned to at most 500 evenly spread ranks. Empty for rates. */
  values: { a: number[]; b: number[] };
  /** The utterances that changed most for the worse, worst first. */
  worst: UtteranceChange[];
}

export interface MetricTest {
  name: 'sign-flip permutation' | 'Mann–Whitney' | 'Fisher';
  p: number;
  /** After Holm; null for exploratory metrics. */
  adjustedP: number | null;
}

/** What was misrecognised. */
export interface TextComparison {
  key: string;
  profileId: string;
  headline: HeadlineRate;
  /** `words`, `characters`, … */
  unit: string;
  items: number;
  /** Reference words (or characters) of these utterances. */
  length: number;
  errors: { a: number; b: number };
  /** Sums over the utterances, repeats averaged; null where characters are counted. */
  edits: { a: EditCounts; b: EditCounts } | null;
  /** The errors whose number changed most. */
  words: WordChange[];
}

export interface ErrorRateComparison {
  a: RateEstimate;
  b: RateEstimate;
  /** Sessions that failed or broke off, by reason. */
  failures: { reason: string; class: string; a: number; b: number }[];
  /** Reasons that only B has. */
  newReasons: string[];
}

export interface RunFigure {
  metric: MetricId;
  label: string;
  unit: string;
  decimals: number;
  a: number;
  b: number;
}

/** What the primary metrics say together; keys of rows. */
export interface Conclusion {
  verdict: 'regressed' | 'improved' | 'mixed' | 'no change' | 'undecided' | 'not comparable';
  /** A sentence. */
  text: string;
  regressed: string[];
  improved: string[];
}
