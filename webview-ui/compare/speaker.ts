import { shownPair, shownRow, showsAllRuns, type CompareState } from './compareState.ts';

/** What screen readers are told of a change of the state; null where it speaks for itself. */
export function spokenChange(state: CompareState, before: CompareState): string | null {
  if (state.view !== before.view) {
    const first = before.view === null ? 'Compared' : 'Compared again';
    const conclusion = shownPair(state)?.conclusion;
    return conclusion ? `${first}: ${conclusion.verdict}. ${conclusion.text}` : null;
  }
  if (showsAllRuns(state)) return null;
  const pair = shownPair(state);
  if (pair !== shownPair(before))
    return pair && `${pair.conclusion.verdict}. ${pair.conclusion.text}`;
  const row = shownRow(state);
  if (!row || row === shownRow(before)) return null;
  const { label, cells, verdict } = row;
  const interval = cells.interval === '–' ? '' : `, 95 % interval ${cells.interval}`;
  return `${label}: ${verdict}, ${cells.a} to ${cells.b}, ${cells.delta}${interval}.`;
}
