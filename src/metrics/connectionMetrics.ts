import type { SessionTrace } from '../trace/sessionTrace.ts';
import { elapsedMs, isMissing, missing, type Measured } from './missingValue.ts';

export interface ConnectionMetrics {
  connect_time: Measured;
  ready_time: Measured;
  session_duration: Measured;
}

/** How long the connection took to open and lived; never folded into the time to first text. */
export function connectionMetrics({ connection }: SessionTrace): ConnectionMetrics {
  if (connection.reused === true) {
    const reason = missing('connection_reused');
    return { connect_time: reason, ready_time: reason, session_duration: reason };
  }
  const { startUs, openUs, readyUs, closeUs } = connection;
  const lifeMs = elapsedMs(startUs, closeUs ?? missing('not_closed'));
  return {
    connect_time: elapsedMs(startUs, openUs ?? missing('not_connected')),
    ready_time: elapsedMs(startUs, readyUs ?? missing('not_ready')),
    session_duration: isMissing(lifeMs) ? lifeMs : lifeMs / 1000,
  };
}
