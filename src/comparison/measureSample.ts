import { groupBy } from '../metrics/groupBy.ts';
import type { Pairing } from './pairSessions.ts';

/** The values of a measure, one per utterance, and as the units that are resampled. */
export interface Sample {
  paired: boolean;
  /** Paired: the same utterances in the same order. */
  a: number[];
  b: number[];
  /** By speaker, or one value each. Paired: the same units in the same order. */
  unitsA: number[][];
  unitsB: number[][];
}

/**
 * The utterances that a comparison of one measure rests on. Paired: those that both runs have a
 * value of.
 *
 * @param a by item, shared ones first; NaN where there is no value
 */
export function measureSample(
  { design, shared, onlyA, onlyB, unit }: Pairing,
  a: Float64Array,
  b: Float64Array,
): Sample {
  const blocks = shared.map(({ block }) => block);
  if (design === 'paired') {
    const used = blocks.map((_, item) => item).filter((item) => !isNaN(a[item]! - b[item]!));
    return sampleOf(
      true,
      used.map((item) => ({ value: a[item]!, block: blocks[item]! })),
      used.map((item) => ({ value: b[item]!, block: blocks[item]! })),
    );
  }
  const blockOf = ({ utterance: { id, speaker } }: Pairing['onlyA'][number]) =>
    unit === 'speaker' && speaker !== null ? `speaker ${speaker}` : `item ${id}`;
  return sampleOf(
    false,
    observed(a, [...blocks, ...onlyA.map(blockOf)]),
    observed(b, [...blocks, ...onlyB.map(blockOf)]),
  );
}

interface BlockValue {
  value: number;
  block: string;
}

function observed(values: Float64Array, blocks: readonly string[]): BlockValue[] {
  return blocks.flatMap((block, item) => {
    const value = values[item]!;
    return isNaN(value) ? [] : [{ value, block }];
  });
}

function sampleOf(paired: boolean, a: readonly BlockValue[], b: readonly BlockValue[]): Sample {
  return {
    paired,
    a: a.map(({ value }) => value),
    b: b.map(({ value }) => value),
    unitsA: unitsOf(a),
    unitsB: unitsOf(b),
  };
}

function unitsOf(values: readonly BlockValue[]): number[][] {
  const blocks = groupBy(values, ({ block }) => block);
  return Array.from(blocks.values(), (own) => own.map(({ value }) => value));
}
