import { metricRegistry, type NumberMetricId } from '../metrics/registry/metricRegistry.ts';
import { isCompleted } from '../metrics/sessionStatus.ts';
import type { ProfileChoice } from '../metrics/text/chooseProfile.ts';
import { scorePair } from '../metrics/text/scorePair.ts';
import { textProfile } from '../metrics/text/textProfiles.ts';
import { chooseProfiles } from '../runfile/chooseProfiles.ts';
import type { RunUtterance } from '../runfile/run.ts';
import type { RunReport } from '../runfile/runReport.ts';
import type { FileSession } from '../runfile/runSchema.ts';
import type { RunView, SessionRow } from './runView.ts';

const mostTextCharacters = 120;

/** Best first: what a user waits for after the last word, and what stands in for it. */
const finalMetricIds = [
  'ttfs',
  'tail_latency',
  'finalize_latency',
] as const satisfies readonly NumberMetricId[];

type FinalMetricId = (typeof finalMetricIds)[number];

/** The session table: one row per session in the run's order, and what its columns mean. */
export function sessionRows(report: RunReport): Pick<RunView, 'sessions' | 'columns'> {
  const { run, sessions } = report;
  const finalId = finalMetricOf(sessions);
  const choices = chooseProfiles(run);
  const utterances = new Map(run.utterances.map((utterance) => [utterance.id, utterance]));
  const failures = new Map(run.sessions.map(({ id, trace }) => [id, trace.failure]));
  const rows = sessions.map((session): SessionRow => {
    const utterance = utterances.get(session.utteranceId)!;
    return {
      id: session.id,
      endpointId: session.endpointId,
      utteranceId: session.utteranceId,
      repeat: session.repeat,
      status: session.figures.status,
      failure: failures.get(session.id)?.message ?? null,
      durationMs: utterance.durationMs,
      ttftMs: numberOf(session, 'ttft'),
      finalMs: numberOf(session, finalId),
      errorRate: errorRateOf(session, utterance, choices.get(utterance.language)!),
      text: cut(session.figures.text),
    };
  });
  return { sessions: rows, columns: columnsOf(finalId, [...choices.values()]) };
}

/** One metric for all rows, since values of different ones must not be sorted together. */
function finalMetricOf(sessions: readonly FileSession[]): FinalMetricId {
  const count = (id: FinalMetricId) =>
    sessions.filter((session) => numberOf(session, id) !== null).length;
  return finalMetricIds.reduce((best, id) => (count(id) > count(best) ? id : best));
}

function numberOf({ figures }: FileSession, id: NumberMetricId): number | null {
  const value = figures.metrics[id];
  return typeof value === 'number' ? value : null;
}

/** Files keep the word error rate; where characters are counted, they are counted here. */
function errorRateOf(
  { figures }: FileSession,
  { reference }: RunUtterance,
  { headline, profileId }: ProfileChoice,
): number | null {
  if (headline === 'wer' || figures.words === null) return figures.words?.wer ?? null;
  if (reference === null || !isCompleted(figures.status)) return null;
  return scorePair(reference, figures.text, textProfile(profileId)).rates[headline];
}

function columnsOf(finalId: FinalMetricId, choices: readonly ProfileChoice[]): RunView['columns'] {
  const headlines = new Set(choices.map(({ headline }) => headline));
  const [only] = headlines;
  const mixed = headlines.size > 1 || only === undefined;
  return {
    ttft: columnOf('ttft'),
    final: columnOf(finalId),
    errorRate: mixed
      ? { label: 'Errors', description: 'Error rate of words or characters, by language.' }
      : columnOf(only),
  };
}

function columnOf(id: keyof typeof metricRegistry): RunView['columns']['ttft'] {
  const { short, label, description } = metricRegistry[id];
  return { label: short, description: `${label}. ${description}` };
}

/** Cut between characters, not within one. */
function cut(text: string): string {
  if (text.length <= mostTextCharacters) return text;
  return `${Array.from(text.slice(0, mostTextCharacters)).slice(0, -1).join('')}…`;
}
