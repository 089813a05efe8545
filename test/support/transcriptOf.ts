import type { TimelineInput } from '../../src/timeline/buildTimelineSession.ts';
import { buildTranscript } from '../../src/transcript/buildTranscript.ts';
import type { Transcript } from '../../src/transcript/transcript.ts';
import { goldenSession, goldenUtterance } from './goldenSession.ts';
import { timelineLane } from './timelineLane.ts';

/** The transcript of a session: the golden one, unless told otherwise. */
export function transcriptOf(input: Partial<TimelineInput> = {}): Transcript {
  const whole = { trace: goldenSession(), utterance: goldenUtterance, ...input };
  return buildTranscript(timelineLane(whole), whole);
}
