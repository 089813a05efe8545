import { formatPercent } from '../../common/formatPercent.ts';
import { shortTime } from '../benchmark/shortTime.ts';
import type { SessionChoice } from './timelineReaderMessages.ts';

/** The worst first. */
const statusOrder = ['failed', 'partial', 'empty', 'success', 'cancelled'] as const;

const icons: Readonly<Record<SessionChoice['status'], string>> = {
  failed: 'error',
  partial: 'warning',
  empty: 'warning',
  success: 'pass',
  cancelled: 'circle-slash',
};

/** How a session is offered in a list. */
export interface SessionItem {
  label: string;
  description: string;
  detail?: string;
  session: SessionChoice;
}

/** Sessions to choose from, those first that a person wants to see why. */
export function sessionItems(sessions: readonly SessionChoice[]): SessionItem[] {
  const repeats = sessions.some(({ repeat }) => repeat > 0);
  return sessions.toSorted(worstFirst).map((session) => ({
    label: `$(${icons[session.status]}) ${session.utteranceId}`,
    description: description(session, repeats),
    ...(session.failure !== null && { detail: session.failure }),
    session,
  }));
}

/** The sessions that heard the same at the same time elsewhere: to be shown beside it. */
export function siblingsOf(
  { id, utteranceId, repeat, endpointId }: SessionChoice,
  sessions: readonly SessionChoice[],
): SessionChoice[] {
  return sessions.filter(
    (other) =>
      other.id !== id &&
      other.hasTrace &&
      other.endpointId !== endpointId &&
      other.utteranceId === utteranceId &&
      other.repeat === repeat,
  );
}

function worstFirst(a: SessionChoice, b: SessionChoice): number {
  return (
    statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status) ||
    (b.errorRate?.value ?? 0) - (a.errorRate?.value ?? 0) ||
    (b.ttftMs ?? 0) - (a.ttftMs ?? 0) ||
    (a.id < b.id ? -1 : 1)
  );
}

function description(session: SessionChoice, repeats: boolean): string {
  const { endpointId, repeat, status, ttftMs, errorRate } = session;
  return [
    endpointId,
    ...(repeats ? [`repeat ${repeat + 1}`] : []),
    status,
    ...(ttftMs === null ? [] : [`TTFT ${shortTime(ttftMs)}`]),
    ...(errorRate === null ? [] : [`${errorRate.label} ${formatPercent(errorRate.value)}`]),
  ].join(' · ');
}
