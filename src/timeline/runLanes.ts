import type { ProfileChoice } from '../metrics/text/chooseProfile.ts';
import { rememberingProfile } from '../metrics/text/rememberingProfile.ts';
import { scoredUnits } from '../metrics/text/scoredUnits.ts';
import { knownTextProfile } from '../metrics/text/textProfiles.ts';
import { chooseProfiles } from '../runfile/chooseProfiles.ts';
import type { Run, RunSession, RunUtterance } from '../runfile/run.ts';
import { buildTimelineSession, type LaneIdentity, type Scoring } from './buildTimelineSession.ts';
import type { TimelineSession } from './timelineSession.ts';

/** The sessions of a saved run as the timeline draws them. */
export class RunLanes {
  readonly #title: string;
  readonly #utterances: ReadonlyMap<string, RunUtterance>;
  /** By utterance. */
  readonly #profiles: ReadonlyMap<string, ProfileChoice>;

  constructor(run: Pick<Run, 'info' | 'plan' | 'utterances'>) {
    const choices = chooseProfiles(run);
    this.#title = run.info.title;
    this.#utterances = new Map(run.utterances.map((utterance) => [utterance.id, utterance]));
    this.#profiles = new Map(
      run.utterances.map(({ id, language }) => [id, choices.get(language)!] as const),
    );
  }

  /** How the text of an utterance of the run is scored. */
  profile(utteranceId: string): ProfileChoice {
    return this.#profiles.get(utteranceId)!;
  }

  /** Null where this version does not know how. */
  scoring(utteranceId: string): Scoring | null {
    const { profileId, headline } = this.profile(utteranceId);
    const profile = knownTextProfile(profileId);
    if (profile === null) return null;
    return { rate: headline, unitsOf: scoredUnits(rememberingProfile(profile), headline) };
  }

  /** Of the session's trace, which takes up to a second for an hour of speech. */
  build(session: RunSession, names: Pick<LaneIdentity, 'key' | 'audioKey'>): TimelineSession {
    const utterance = this.#utterances.get(session.utteranceId)!;
    return buildTimelineSession({
      identity: {
        ...names,
        endpoint: session.endpointId,
        utterance: session.utteranceId,
        repeat: session.repeat,
        run: this.#title,
      },
      trace: session.trace,
      utterance,
      durationMs: utterance.durationMs,
      live: false,
      scoring: this.scoring(utterance.id),
    });
  }
}
