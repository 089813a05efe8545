import type { JournalState } from '../../runner/runnerMessages.ts';

type Interrupted = Pick<JournalState, 'title' | 'sessions' | 'plannedSessions'>;

/** What there is to recover, in a sentence or two. */
export function recoveryMessage(interrupted: readonly Interrupted[]): string {
  const [only, ...others] = interrupted;
  const sessions = interrupted.reduce((sum, journal) => sum + journal.sessions, 0);
  const planned = interrupted.reduce((sum, journal) => sum + journal.plannedSessions, 0);
  const what =
    others.length === 0 && only
      ? `The benchmark "${only.title}" was interrupted`
      : `${interrupted.length} benchmarks were interrupted`;
  if (sessions === 0) return `${what} before a session had ended.`;
  return `${what}: ${sessions} of ${planned} sessions can be recovered.`;
}
