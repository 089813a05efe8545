import { isCompleted } from '../metrics/sessionStatus.ts';
import type { ProfileChoice } from '../metrics/text/chooseProfile.ts';
import { scoredUnits } from '../metrics/text/scoredUnits.ts';
import { scorePair } from '../metrics/text/scorePair.ts';
import { knownTextProfile } from '../metrics/text/textProfiles.ts';
import { buildTimelineSession, type LaneIdentity } from '../timeline/buildTimelineSession.ts';
import type { ErrorRateFigure } from '../timeline/figures.ts';
import type { TimelineSession } from '../timeline/timelineSession.ts';
import type { UtteranceSide } from './comparedUtterance.ts';

/** What names a session and its audio beyond its run file. */
export type SideNames = Pick<LaneIdentity, 'key' | 'audioKey'>;

/** A side's session on the axis of audio time; null where there is no trace of it. */
export function sideTimeline(
  of: UtteranceSide,
  choice: ProfileChoice,
  names: SideNames | null,
): TimelineSession | null {
  const { side, utterance, session, trace } = of;
  if (!session || !trace || !names) return null;
  const { profileId, headline } = choice;
  const profile = knownTextProfile(profileId);
  return buildTimelineSession({
    identity: {
      ...names,
      endpoint: session.endpointId,
      utterance: session.utteranceId,
      repeat: session.repeat,
      run: side.run.info.title,
    },
    trace,
    utterance,
    durationMs: utterance.durationMs,
    live: false,
    scoring: profile && { rate: headline, unitsOf: scoredUnits(profile, headline) },
  });
}

/** Of one session; null where it was not scored. */
export function errorRateOf(
  { session, utterance: { reference } }: UtteranceSide,
  { profileId, headline }: ProfileChoice,
): ErrorRateFigure | null {
  const profile = knownTextProfile(profileId);
  if (!session || reference === null || !profile) return null;
  if (!isCompleted(session.figures.status)) return null;
  const { rates } = scorePair(reference, session.figures.text, profile);
  const value = rates[headline];
  return value === null ? null : { id: headline, value };
}
