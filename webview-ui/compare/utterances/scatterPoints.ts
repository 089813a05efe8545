import type { CompareRow, UtteranceRow } from '../../../src/compareview/compareView.ts';
import { changeKind, type ChangeKind } from './utteranceRanks.ts';

/** An utterance that both runs have a value of. */
export interface ScatterPoint {
  row: UtteranceRow;
  a: number;
  b: number;
  kind: ChangeKind;
}

/** The points of rows, in their order. */
export function scatterPoints(
  rows: readonly UtteranceRow[],
  metric: Pick<CompareRow, 'direction' | 'noise'>,
): ScatterPoint[] {
  return rows.flatMap((row) => {
    const { a, b } = row;
    if (a === null || b === null) return [];
    return [{ row, a, b, kind: changeKind(b - a, metric) }];
  });
}

/** Where points lie on the screen, CSS pixels. */
export interface Placed {
  x: (a: number) => number;
  y: (b: number) => number;
}

/** Place in `points` of the one nearest to a spot; -1 where none is within reach, CSS pixels. */
export function nearestPoint(
  points: readonly ScatterPoint[],
  { x, y }: Placed,
  spot: { x: number; y: number },
  reachPx: number,
): number {
  let nearest = -1;
  let least = reachPx ** 2;
  for (const [at, { a, b }] of points.entries()) {
    const distance = (x(a) - spot.x) ** 2 + (y(b) - spot.y) ** 2;
    if (distance > least) continue;
    nearest = at;
    least = distance;
  }
  return nearest;
}
