import type { SessionTrace } from '../trace/sessionTrace.ts';
import { elapsedMs, isMissing, missing, type Measured } from './missingValue.ts';

export interface ConnectionMetrics {
  start_delay: Measured;
  connect_time: Measured;
  ready_time: Measured;
  session_duration: Measured;
}

/**
 * How late the session was started, how long the connection took to open and lived; never folded
 * into the time to first text.
 */
export function connectionMetrics(trace: SessionTrace): ConnectionMetrics {
  return {
    start_delay: elapsedMs(trace.scheduledStartUs, trace.connection.startUs),
    ...connectionTimes(trace),
  };
}

function connectionTimes({ connection }: SessionTrace): Omit<ConnectionMetrics, 'start_delay'> {
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
