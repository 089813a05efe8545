import type { Utterance } from '../dataset/utterance.ts';
import type { SessionTrace } from '../trace/sessionTrace.ts';
import type { SessionMetrics } from './sessionMetrics.ts';

/** A session of a run with its metrics, as summaries take it. */
export interface MeasuredSession {
  /** Name of the endpoint it was run against. */
  endpoint: string;
  trace: SessionTrace;
  utterance: Utterance;
  metrics: SessionMetrics;
}
