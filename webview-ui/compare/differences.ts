import type { CompareAction } from '../../src/compareview/compareActions.ts';
import type { CompareRow } from '../../src/compareview/compareView.ts';
import { isDifference } from './compareState.ts';

/**
 * The row with a difference that comes next, in the order in sight and round again; undefined
 * where there is none.
 *
 * @param chosen where to begin; it need not be a difference
 */
export function differenceAfter(
  rows: readonly CompareRow[],
  chosen: CompareRow | null,
  action: Exclude<CompareAction, 'swapSides'>,
): CompareRow | undefined {
  const at = chosen === null ? -1 : rows.indexOf(chosen);
  const inTurn =
    action === 'nextDifference'
      ? [...rows.slice(at + 1), ...rows.slice(0, at + 1)]
      : [...rows.slice(0, Math.max(at, 0)).reverse(), ...rows.slice(Math.max(at, 0)).reverse()];
  return inTurn.find(isDifference);
}
