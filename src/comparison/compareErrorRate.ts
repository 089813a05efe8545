import { fisherExact, type Share } from '../metrics/statistics/fisherExact.ts';
import { rateDifference, type RateDifference } from '../metrics/statistics/rateDifference.ts';
import { wilsonRate } from '../metrics/statistics/wilson.ts';
import type { FileSession } from '../runfile/runSchema.ts';
import { failureClass } from '../trace/sessionFailure.ts';
import type { ErrorRateComparison } from './comparison.ts';
import type { ItemSide, Pairing } from './pairSessions.ts';
import type { RunSide } from './runSide.ts';

export interface ComparedErrorRates extends ErrorRateComparison {
  /** Share of B minus share of A; null where a run has no session that was not cancelled. */
  difference: RateDifference | null;
  /** Two-sided. */
  p: number;
}

/**
 * Sessions that failed before any text, of all that were not cancelled: Wilson intervals of both,
 * Fisher's exact test of the difference. In a paired comparison of the shared utterances only.
 */
export function compareErrorRate(a: RunSide, b: RunSide, pairing: Pairing): ComparedErrorRates {
  const { design, shared, onlyA, onlyB } = pairing;
  const sessionsOf = (items: readonly ItemSide[]) => items.flatMap(({ sessions }) => sessions);
  const left = design === 'paired' ? { a: [], b: [] } : { a: onlyA, b: onlyB };
  const sessionsA = sessionsOf([...shared.map((item) => item.a), ...left.a]);
  const sessionsB = sessionsOf([...shared.map((item) => item.b), ...left.b]);
  const shareA = failedShare(sessionsA);
  const shareB = failedShare(sessionsB);
  const failures = countReasons(failuresOf(sessionsA, a), failuresOf(sessionsB, b));
  return {
    a: wilsonRate(shareA.count, shareA.total),
    b: wilsonRate(shareB.count, shareB.total),
    difference: rateDifference(shareA, shareB),
    p: fisherExact(shareA, shareB),
    failures,
    newReasons: failures.filter((one) => one.a === 0 && one.b > 0).map(({ reason }) => reason),
  };
}

function failedShare(sessions: readonly FileSession[]): Share {
  const statuses = sessions.map(({ figures }) => figures.status);
  return {
    count: statuses.filter((status) => status === 'failed').length,
    total: statuses.filter((status) => status !== 'cancelled').length,
  };
}

type FailureKind = Pick<ErrorRateComparison['failures'][number], 'reason' | 'class'>;

/** Failed and broken-off sessions. Their reason is in the trace; failures keep theirs. */
function failuresOf(sessions: readonly FileSession[], { traces }: RunSide): FailureKind[] {
  return sessions.flatMap(({ id, figures: { status } }) => {
    if (status !== 'failed' && status !== 'partial') return [];
    const reason = traces.get(id)?.failure?.reason;
    return [
      reason ? { reason, class: failureClass(reason) } : { reason: 'unknown', class: 'unknown' },
    ];
  });
}

function countReasons(
  ofA: readonly FailureKind[],
  ofB: readonly FailureKind[],
): ErrorRateComparison['failures'] {
  const counts = new Map<string, ErrorRateComparison['failures'][number]>();
  const add = (kind: FailureKind, side: 'a' | 'b') => {
    const count = counts.get(kind.reason) ?? { ...kind, a: 0, b: 0 };
    count[side] += 1;
    counts.set(kind.reason, count);
  };
  for (const kind of ofA) add(kind, 'a');
  for (const kind of ofB) add(kind, 'b');
  return [...counts.values()].toSorted(
    (one, other) => other.b - one.b || other.a - one.a || (one.reason < other.reason ? -1 : 1),
  );
}
