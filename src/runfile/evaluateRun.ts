import type { MeasuredSession } from '../metrics/measuredSession.ts';
import { summariseRun, type EndpointSummary } from '../metrics/runSummary.ts';
import { sessionMetrics, type SessionMetrics } from '../metrics/sessionMetrics.ts';
import { isCompleted } from '../metrics/sessionStatus.ts';
import type { ProfileChoice } from '../metrics/text/chooseProfile.ts';
import { poolScores, type CorpusScore } from '../metrics/text/poolScores.ts';
import { scorePair, type PairScore } from '../metrics/text/scorePair.ts';
import { rememberingProfile } from '../metrics/text/rememberingProfile.ts';
import type { TextProfile } from '../metrics/text/textProfile.ts';
import { knownTextProfile } from '../metrics/text/textProfiles.ts';
import { chooseProfiles, type ProfileChoices } from './chooseProfiles.ts';
import type { Run, RunSession, RunUtterance } from './run.ts';

/** A session with everything its trace says. */
export interface EvaluatedSession {
  session: RunSession;
  utterance: RunUtterance;
  metrics: SessionMetrics;
  /** Null without a reference or a known profile, and for sessions that did not complete. */
  score: PairScore | null;
}

/** The text quality of one endpoint on the utterances that call for one profile. */
export interface TextSummary extends CorpusScore, ProfileChoice {}

export interface EndpointFigures extends EndpointSummary {
  text: TextSummary[];
}

export interface EvaluatedRun {
  run: Run;
  sessions: EvaluatedSession[];
  summary: EndpointFigures[];
}

/** Computes all figures of a run from its traces and references. Pure. */
export function evaluateRun(run: Run): EvaluatedRun {
  const choices = chooseProfiles(run);
  const profiles = textProfilesOf(choices);
  const utterances = new Map(run.utterances.map((utterance) => [utterance.id, utterance]));
  const sessions = run.sessions.map((session) => {
    const utterance = utterances.get(session.utteranceId)!;
    return evaluateSession(session, utterance, profiles.get(utterance.language) ?? null);
  });
  return { run, sessions, summary: summarise(run, sessions, choices) };
}

/** The profiles that texts are scored by, by language; null where this version has none. */
export function textProfilesOf(
  choices: ProfileChoices,
): ReadonlyMap<string | null, TextProfile | null> {
  return new Map(
    Array.from(choices, ([language, { profileId }]) => {
      const profile = knownTextProfile(profileId);
      return [language, profile && rememberingProfile(profile)];
    }),
  );
}

/** Computes the figures of one session from its trace and reference. Pure. */
export function evaluateSession(
  session: RunSession,
  utterance: RunUtterance,
  profile: TextProfile | null,
): EvaluatedSession {
  const metrics = sessionMetrics(session.trace, utterance, { profile });
  const { reference } = utterance;
  const scored = reference !== null && profile !== null && isCompleted(metrics.status);
  const score = scored ? scorePair(reference, metrics.hypothesis, profile) : null;
  return { session, utterance, metrics, score };
}

function summarise(
  run: Run,
  sessions: readonly EvaluatedSession[],
  choices: ProfileChoices,
): EndpointFigures[] {
  const measured = sessions.map(({ session, utterance, metrics }): MeasuredSession => ({
    endpoint: session.endpointId,
    trace: session.trace,
    utterance,
    metrics,
  }));
  const { clock } = run.environment;
  const clientStallMs = clock && clock.eventLoopDelayP99Us / 1000;
  const limits = run.plan.thresholds;
  return summariseRun(measured, { clientStallMs, limits }).map((summary) => ({
    ...summary,
    text: textSummaries(
      sessions.filter(({ session }) => session.endpointId === summary.endpoint),
      choices,
    ),
  }));
}

/** Scores of different profiles are not comparable, so each profile is pooled by itself. */
function textSummaries(
  sessions: readonly EvaluatedSession[],
  choices: ProfileChoices,
): TextSummary[] {
  const groups = new Map<string, { choice: ProfileChoice; scores: PairScore[] }>();
  for (const { utterance, score } of sessions) {
    if (!score) continue;
    const choice = choices.get(utterance.language)!;
    const key = `${choice.profileId} ${choice.headline}`;
    const group = groups.get(key) ?? { choice, scores: [] };
    group.scores.push(score);
    groups.set(key, group);
  }
  return Array.from(groups.values(), ({ choice, scores }) => ({
    ...choice,
    ...poolScores(scores),
  }));
}
