import {
  buildTimelineSession,
  type LaneIdentity,
  type TimelineInput,
} from '../../src/timeline/buildTimelineSession.ts';
import type { TimelineSession } from '../../src/timeline/timelineSession.ts';
import { goldenSession, goldenUtterance } from './goldenSession.ts';

const identity: LaneIdentity = {
  key: 'run:s1',
  endpoint: 'local',
  utterance: 'golden',
  repeat: 0,
  run: 'Golden run',
  audioKey: 'golden',
};

/** A lane of the timeline: the golden session, unless told otherwise. */
export function timelineLane(input: Partial<TimelineInput> = {}): TimelineSession {
  return buildTimelineSession({
    identity,
    trace: goldenSession(),
    utterance: goldenUtterance,
    durationMs: 1000,
    live: false,
    ...input,
  });
}
