import { missingReasons } from '../metrics/missingValue.ts';

/** Why a session has no value in a comparison, beyond the reasons that its metrics give. */
const ownReasons = {
  failed: 'the session failed before any text',
  partial: 'the session broke off',
  cancelled: 'the session was cancelled',
  no_trace: 'the file holds no trace of the session',
  reference_differs: 'the runs have other reference texts for the utterance',
} as const;

/** Sessions without a value, by reason. */
export type AbsenceCounts = Record<string, number>;

/** For people; a reason of another version stands for itself. */
export function absenceText(reason: string): string {
  const known: Readonly<Record<string, string>> = { ...missingReasons, ...ownReasons };
  return known[reason] ?? reason;
}

export function countAbsence(counts: AbsenceCounts, reason: string): void {
  counts[reason] = (counts[reason] ?? 0) + 1;
}
