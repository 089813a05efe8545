import { absenceText } from '../comparison/absence.ts';
import type { MetricComparison } from '../comparison/comparison.ts';
import { groupBy } from '../metrics/groupBy.ts';
import type { Letters } from './sideNames.ts';

/** What a reader should know of a row beyond its cells. */
export interface RowNote {
  short: string;
  /** May hold text from files: escape it. */
  text: string;
}

/** Why rows have the verdicts that they have, and what they rest on less than it seems. */
export function rowNotes(rows: readonly MetricComparison[], [a, b]: Letters): RowNote[] {
  return rows.flatMap(({ short, reason, absent }) => {
    const texts = [
      ...(reason === null ? [] : [reason]),
      ...absences(a, absent.a),
      ...absences(b, absent.b),
    ];
    return texts.map((text) => ({ short, text }));
  });
}

function absences(letter: string, counts: MetricComparison['absent']['a']): string[] {
  return Object.entries(counts).map(([reason, count]) => {
    const sessions = count === 1 ? '1 session' : `${count} sessions`;
    return `${sessions} of ${letter} without a value: ${absenceText(reason)}`;
  });
}

/** What the two values of each row are, in one sentence. */
export function statisticsText(rows: readonly MetricComparison[], [a, b]: Letters): string {
  const groups = groupBy(
    rows.filter(({ statistic, change }) => statistic !== '' && change !== null),
    ({ statistic }) => statistic,
  );
  if (groups.size === 0) return '';
  const parts = [...groups].map(
    ([statistic, group]) => `${statistic} (${group.map(({ short }) => short).join(', ')})`,
  );
  return `${a} and ${b} are ${parts.join('; ')}.`;
}
