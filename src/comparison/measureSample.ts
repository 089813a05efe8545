import { groupBy } from '../metrics/groupBy.ts';
import type { Pairing } from './pairSessions.ts';

/** The values of a measure, one per utterance, and as the units that are resampled. */
export interface Sample {
  paired: boolean;
  /** Paired: the same utterances in the same order. */
  a: number[];
  b: number[];
  /**
   * By speaker. Paired: the same ones in the same order. Null where each value is a unit of its own;
   * grouping tens of thousands of them would take longer than the statistics.
   */
  blocks: { a: number[][]; b: number[][] } | null;
}

/**
 * The utterances that a comparison of one measure rests on. Paired: those that both runs have a
 * value of.
 *
 * @param a by item, shared ones first; NaN where there is no value
 */
export function measureSample(pairing: Pairing, a: Float64Array, b: Float64Array): Sample {
  const { design, unit } = pairing;
  const [usedA, usedB] = design === 'paired' ? inBoth(pairing, a, b) : [inOne(a), inOne(b)];
  const blocksOf = (values: Float64Array, used: readonly number[], only: Pairing['onlyA']) => {
    const names = blockNames(pairing, only);
    const groups = groupBy(used, (item) => names[item]!);
    return Array.from(groups.values(), (own) => own.map((item) => values[item]!));
  };
  return {
    paired: design === 'paired',
    a: usedA.map((item) => a[item]!),
    b: usedB.map((item) => b[item]!),
    blocks:
      unit === 'utterance'
        ? null
        : { a: blocksOf(a, usedA, pairing.onlyA), b: blocksOf(b, usedB, pairing.onlyB) },
  };
}

/** Whether both samples would have values. */
export function hasSample({ design, shared }: Pairing, a: Float64Array, b: Float64Array): boolean {
  if (design === 'paired') return shared.some((_, item) => !isNaN(a[item]! - b[item]!));
  const isValue = (value: number) => !isNaN(value);
  return a.some(isValue) && b.some(isValue);
}

function inBoth({ shared }: Pairing, a: Float64Array, b: Float64Array): [number[], number[]] {
  const used: number[] = [];
  for (let item = 0; item < shared.length; item++) {
    if (!isNaN(a[item]! - b[item]!)) used.push(item);
  }
  return [used, used];
}

function inOne(values: Float64Array): number[] {
  const used: number[] = [];
  for (let item = 0; item < values.length; item++) if (!isNaN(values[item]!)) used.push(item);
  return used;
}

/** By item, those that only one run has behind the shared ones. */
function blockNames({ shared }: Pairing, only: Pairing['onlyA']): string[] {
  const nameOf = ({ utterance: { id, speaker } }: Pairing['onlyA'][number]) =>
    speaker === null ? `item ${id}` : `speaker ${speaker}`;
  return [...shared.map(({ block }) => block), ...only.map(nameOf)];
}
