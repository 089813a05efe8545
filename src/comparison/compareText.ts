import { groupBy } from '../metrics/groupBy.ts';
import { bootstrapDifference } from '../metrics/statistics/bootstrapDifference.ts';
import { matchedPairs } from '../metrics/statistics/matchedPairs.ts';
import { ratioSample } from '../metrics/statistics/ratioSample.ts';
import { signFlipTest } from '../metrics/statistics/signFlipTest.ts';
import type { EditCounts } from '../metrics/text/alignment.ts';
import { changeOf } from './change.ts';
import type { Change, MetricComparison, TextComparison } from './comparison.ts';
import type { SamplingOptions } from './compareMeasure.ts';
import { unitOf, type TextGroup, type TextSide } from './textItems.ts';
import { wordChanges } from './wordChanges.ts';

export interface TextEvidence {
  /** Ratios of sums; null without reference words. */
  change: Change | null;
  /** Share of the resamples in which B has the lower rate. */
  probabilityImproved: number | null;
  p: number | null;
  /** The same differences, judged by the normal distribution. */
  matchedPairs: MetricComparison['matchedPairs'];
}

/**
 * Compares the error rates of one group of texts: paired bootstrap of the difference of the ratios
 * of sums (Bisani and Ney 2004), and a sign-flip test of the differences in errors. Always paired,
 * because rates on other texts say nothing of each other.
 */
export function compareText({ items }: TextGroup, options: SamplingOptions): TextEvidence {
  const blocks = [...groupBy(items, ({ item }) => item.block).values()];
  const lengths = blocks.map((own) => sumOf(own, ({ length }) => length));
  const errorsA = blocks.map((own) => sumOf(own, ({ a }) => a.errors));
  const errorsB = blocks.map((own) => sumOf(own, ({ b }) => b.errors));
  const length = lengths.reduce((sum, own) => sum + own, 0);
  if (length === 0) return noEvidence;
  const rate = (errors: readonly number[]) => errors.reduce((sum, own) => sum + own, 0) / length;
  const design = {
    a: ratioSample(errorsA, lengths),
    b: ratioSample(errorsB, lengths),
    paired: true,
  };
  const [intervals] = bootstrapDifference(design, options);
  const differences = errorsA.map((errors, block) => errorsB[block]! - errors);
  const matched = matchedPairs(differences);
  return {
    change: changeOf(rate(errorsA), rate(errorsB), intervals!.difference),
    probabilityImproved: intervals!.difference?.belowZero ?? null,
    p: signFlipTest(differences, options)?.p ?? null,
    matchedPairs: matched && { z: matched.z, p: matched.p },
  };
}

const noEvidence: TextEvidence = {
  change: null,
  probabilityImproved: null,
  p: null,
  matchedPairs: null,
};

/** What was misrecognised, and which words changed most. */
export function textComparison(key: string, group: TextGroup): TextComparison {
  const { items, profileId, headline } = group;
  const counted = items.every(({ a, b }) => a.edits && b.edits);
  return {
    key,
    profileId,
    headline,
    unit: unitOf(headline),
    items: items.length,
    length: sumOf(items, ({ length }) => length),
    errors: { a: sumOf(items, ({ a }) => a.errors), b: sumOf(items, ({ b }) => b.errors) },
    edits: counted
      ? { a: sumEdits(items.map(({ a }) => a)), b: sumEdits(items.map(({ b }) => b)) }
      : null,
    words: wordChanges(group),
  };
}

function sumEdits(sides: readonly TextSide[]): EditCounts {
  const sum = (id: keyof EditCounts) => sumOf(sides, ({ edits }) => edits?.[id] ?? 0);
  return {
    hits: sum('hits'),
    substitutions: sum('substitutions'),
    deletions: sum('deletions'),
    insertions: sum('insertions'),
  };
}

function sumOf<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + valueOf(item), 0);
}
