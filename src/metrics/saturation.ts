import type { SessionTrace } from '../trace/sessionTrace.ts';
import { openAtStarts, type Interval } from './concurrency.ts';
import { missing, type Measured } from './missingValue.ts';
import { growsSignificantly } from './statistics/growth.ts';

const fewestSessions = 10;

/** When a session began, and how long its first text took. */
export interface FirstTextAt {
  startUs: SessionTrace['connection']['startUs'];
  ttftMs: number;
}

/**
 * Whether a server falls behind its load: over the run both the sessions open at once, as each
 * one starts, and the time to first text grow beyond chance. GuideLLM's over-saturation detection
 * looks at the same two slopes. Needs ten sessions with text.
 *
 * @param lives of all sessions
 * @param firstTexts of the completed ones that have text
 */
export function isSaturated(
  lives: readonly Interval[],
  firstTexts: readonly FirstTextAt[],
): Measured<boolean> {
  if (firstTexts.length < fewestSessions) return missing('too_few_sessions');
  const opened = openAtStarts(lives).map(({ atUs, open }) => ({ x: atUs, y: open }));
  const awaited = firstTexts.map(({ startUs, ttftMs }) => ({ x: startUs, y: ttftMs }));
  const queueGrows = growsSignificantly(opened);
  const waitGrows = growsSignificantly(awaited);
  if (queueGrows === null || waitGrows === null) return missing('undefined_ratio');
  return queueGrows && waitGrows;
}
