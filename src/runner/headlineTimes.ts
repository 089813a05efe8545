import type { Utterance } from '../dataset/utterance.ts';
import { finalisationMetrics } from '../metrics/finalisationMetrics.ts';
import { firstTextMetrics } from '../metrics/firstTextMetrics.ts';
import { isMissing } from '../metrics/missingValue.ts';
import { sessionTimeline } from '../metrics/sessionTimeline.ts';
import type { SessionTrace } from '../trace/sessionTrace.ts';

/** What is shown of a session while its run goes on, in ms; null where it never came. */
export interface HeadlineTimes {
  ttftMs: number | null;
  tailMs: number | null;
}

/** Neither figure depends on what was said. */
const anyUtterance: Utterance = {
  id: '',
  audioPath: '',
  reference: null,
  language: null,
  declaredDurationMs: null,
  words: null,
  speaker: null,
  tags: [],
};

export function headlineTimes(trace: SessionTrace): HeadlineTimes {
  const timeline = sessionTimeline(trace, anyUtterance);
  const { ttft } = firstTextMetrics(timeline);
  const { tail_latency: tail } = finalisationMetrics(timeline);
  return { ttftMs: isMissing(ttft) ? null : ttft, tailMs: isMissing(tail) ? null : tail };
}
