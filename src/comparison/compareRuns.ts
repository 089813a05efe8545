import { metricsSpecId } from '../metrics/registry/metricRegistry.ts';
import { Resamples } from '../metrics/statistics/resamples.ts';
import type { RunReport } from '../runfile/runReport.ts';
import { compareErrorRate } from './compareErrorRate.ts';
import { textComparison } from './compareText.ts';
import { ComparisonError } from './comparisonError.ts';
import { checkOptions, type ComparisonOptions } from './comparisonOptions.ts';
import type { ComparedRun, Comparison, PairComparison } from './comparison.ts';
import { conclusionOf } from './conclusion.ts';
import { judgeRows } from './judgeRows.ts';
import { matchEndpoints } from './matchEndpoints.ts';
import { errorRateKey } from './measure.ts';
import {
  errorRateRow,
  measureRow,
  textRow,
  type MetricRow,
  type RowOptions,
} from './metricRows.ts';
import type { Pairing, UnpairedItem } from './pairSessions.ts';
import { preparePair, type PreparedPair } from './preparePair.ts';
import { primaryRows } from './primaryRows.ts';
import { rowSampling, type RowSampling } from './rowSampling.ts';
import { runFigures } from './runFigures.ts';
import { textKey } from './textKey.ts';

/** Two endpoints that are compared, and which runs they are of. */
export interface PlacedPair {
  /** Places in the list of runs. */
  a: number;
  b: number;
  pair: PreparedPair;
}

/** Runs that were read for a comparison; kept to look at single utterances later. */
export interface PreparedComparison {
  reports: readonly RunReport[];
  pairs: PlacedPair[];
}

/**
 * Compares runs with the first one, the baseline. Pure, and reproducible by its seed.
 *
 * @throws {ComparisonError} for fewer than two runs, unknown metrics or endpoints
 * @throws {StatisticsStopped} when `shouldStop` said so
 */
export function compareRuns(
  reports: readonly RunReport[],
  options: ComparisonOptions = {},
): Comparison {
  return comparePrepared(prepareComparison(reports, options), options);
}

/** Matches endpoints and utterances and reads their values; the cheap part of a comparison. */
export function prepareComparison(
  reports: readonly RunReport[],
  options: ComparisonOptions = {},
): PreparedComparison {
  checkOptions(options);
  const [baseline, ...candidates] = reports;
  if (!baseline || candidates.length === 0) {
    throw new ComparisonError('too_few_runs', 'A comparison needs two runs or more.');
  }
  const chosen = (place: number) => options.endpoints?.[place] ?? null;
  const pairs = candidates.flatMap((candidate, index) => {
    const endpoints = { baseline: chosen(0), candidate: chosen(index + 1) };
    return matchEndpoints(baseline, candidate, endpoints).map((match): PlacedPair => {
      const pair = preparePair([baseline, candidate], match, options.metrics ?? null);
      return { a: 0, b: index + 1, pair };
    });
  });
  return { reports, pairs };
}

/** The expensive part: intervals, tests and verdicts. */
export function comparePrepared(
  { reports, pairs }: PreparedComparison,
  options: ComparisonOptions = {},
): Comparison {
  const { seed = 42, alpha = 0.05 } = options;
  return {
    metricsSpec: metricsSpecId,
    method: { alpha, seed },
    runs: reports.map(comparedRun),
    pairs: pairs.map(({ a, b, pair }, at) => {
      const share = (done: number) => (at + done) / pairs.length;
      const { onProgress } = options;
      const compared = comparePair(pair, {
        ...options,
        ...(onProgress && {
          onProgress: (done: number) => {
            onProgress(share(done));
          },
        }),
      });
      return {
        a: { run: a, endpoint: pair.a.endpointId },
        b: { run: b, endpoint: pair.b.endpointId },
        ...compared,
      };
    }),
  };
}

function comparedRun({ run, warnings }: RunReport, place: number): ComparedRun {
  const { id, title, startedAt } = run.info;
  return { letter: letterOf(place), id, title, startedAt, warnings };
}

/** A, B, … Z, then R27 and so on. */
function letterOf(place: number): string {
  return place < 26 ? String.fromCharCode('A'.charCodeAt(0) + place) : `R${place + 1}`;
}

function comparePair(
  pair: PreparedPair,
  options: ComparisonOptions,
): Omit<PairComparison, 'a' | 'b'> {
  const { shared, onlyA, onlyB } = pair.pairing;
  const sampling = rowSampling(shared.length + Math.max(onlyA.length, onlyB.length));
  const rows = metricRows(pair, sampling, options);
  const metrics = judgeRows(rows, pair.gate, options.alpha ?? 0.05);
  const { a, b, failures, newReasons } = compareErrorRate(pair.a, pair.b, pair.pairing);
  return {
    gate: pair.gate,
    pairing: pairingSummary(pair.pairing),
    replicates: {
      primary: sampling.primary.replicates,
      exploratory: sampling.exploratory.replicates,
    },
    metrics,
    texts: pair.texts.groups.map((group) => textComparison(textKey(group, pair.texts), group)),
    errors: { a, b, failures, newReasons },
    figures: runFigures(pair),
    conclusion: conclusionOf(metrics),
  };
}

/** 80 MB while rows are computed: the primary rows' resamples of 10,000 utterances, twice. */
const mostIndices = 2e7;

/** All rows in the order to show them: primary ones first. */
function metricRows(
  pair: PreparedPair,
  sampling: RowSampling,
  options: ComparisonOptions,
): MetricRow[] {
  const { metrics: asked, seed = 42, noise = {}, worst = 20, shouldStop, onProgress } = options;
  const primary = primaryRows(pair);
  const resamples = new Resamples(mostIndices);
  const keys = rowKeys(pair).filter((key) => asked?.some((one) => isNamed(key, one)) ?? true);
  const rows = keys.flatMap((key, done): MetricRow[] => {
    onProgress?.(done / keys.length);
    const isPrimary = asked !== undefined || primary.has(key);
    const row = metricRow(pair, key, {
      ...(shouldStop && { shouldStop }),
      ...sampling[isPrimary ? 'primary' : 'exploratory'],
      seed,
      resamples,
      noise,
      worst,
    });
    const standsInFor = asked === undefined ? (primary.get(key) ?? null) : null;
    return row ? [{ ...row, family: isPrimary ? 'primary' : 'exploratory', standsInFor }] : [];
  });
  const isFirst = ({ family }: MetricRow) => family === 'primary';
  return [...rows.filter(isFirst), ...rows.filter((row) => !isFirst(row))];
}

function rowKeys({ measures, texts }: PreparedPair): string[] {
  const ofTexts = texts.groups.map((group) => textKey(group, texts));
  return [...measures.map(({ key }) => key), ...ofTexts, errorRateKey];
}

/** `wer` also asks for the word error rates of other text profiles. */
function isNamed(key: string, asked: string): boolean {
  return key === asked || key.startsWith(`${asked}:`);
}

function metricRow(pair: PreparedPair, key: string, options: RowOptions): MetricRow | null {
  if (key === errorRateKey) return errorRateRow(pair, options);
  const group = pair.texts.groups.find((one) => textKey(one, pair.texts) === key);
  if (group) return textRow(pair, group, options);
  const place = pair.measures.findIndex((measure) => measure.key === key);
  return measureRow(pair, place, options);
}

function pairingSummary({ shared, onlyA, onlyB, ...rest }: Pairing): PairComparison['pairing'] {
  const plain = ({ id, reason }: UnpairedItem): UnpairedItem => ({ id, reason });
  return {
    design: rest.design,
    sharedItems: shared.length,
    share: rest.share,
    onlyA: onlyA.map(plain),
    onlyB: onlyB.map(plain),
    unit: rest.unit,
    units: rest.units,
    notes: rest.notes,
  };
}
