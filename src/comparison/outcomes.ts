import type { SessionStatus } from '../metrics/sessionStatus.ts';
import type { ItemSide, PairedItem } from './pairSessions.ts';

/** How the sessions of each shared utterance ended: the worst of the repeats. */
export interface Outcomes {
  a: SessionStatus[];
  b: SessionStatus[];
}

const gravity: Record<SessionStatus, number> = {
  success: 0,
  empty: 1,
  cancelled: 2,
  partial: 3,
  failed: 4,
};

/** How bad an ending is; 0 is good. */
export function gravityOf(status: SessionStatus): number {
  return gravity[status];
}

export function outcomesOf(shared: readonly PairedItem[]): Outcomes {
  return { a: shared.map(({ a }) => worst(a)), b: shared.map(({ b }) => worst(b)) };
}

function worst({ sessions }: ItemSide): SessionStatus {
  return sessions
    .map(({ figures }) => figures.status)
    .reduce((most, status) => (gravity[status] > gravity[most] ? status : most), 'success');
}
