import type { EvaluatedSession } from './evaluateRun.ts';
import { roundFigures } from './roundFigures.ts';
import type { FileSession } from './runSchema.ts';
import { traceToColumns } from './traceColumns.ts';
import type { FileTrace } from './traceSchema.ts';

/**
 * A session as files keep it: what it is, what its trace says, and the trace, which may be at hand
 * as the columns it was read from.
 */
export function sessionToFile(
  evaluated: EvaluatedSession,
  columns: FileTrace | null = null,
): FileSession {
  const { session } = evaluated;
  return {
    id: session.id,
    endpointId: session.endpointId,
    utteranceId: session.utteranceId,
    repeat: session.repeat,
    figures: sessionFigures(evaluated),
    trace: columns ?? traceToColumns(session.trace),
  };
}

/** The figures alone; also what a reader compares stored ones with. */
export function sessionFigures({ metrics, score }: EvaluatedSession): FileSession['figures'] {
  const known: FileSession['figures']['metrics'] = {};
  for (const [id, value] of Object.entries(metrics.values)) {
    if (value !== null) known[id] = roundFigures(value);
  }
  return {
    status: metrics.status,
    text: metrics.hypothesis,
    metrics: known,
    missing: byReason(metrics.missing),
    words: score && {
      profile: score.profileId,
      hits: score.words.hits,
      substitutions: score.words.substitutions,
      deletions: score.words.deletions,
      insertions: score.words.insertions,
      wer: roundFigures(score.rates.wer),
    },
  };
}

/** Grouped, because most of a failed session's metrics are missing for one reason. */
function byReason(missing: Readonly<Record<string, string>>): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const [id, reason] of Object.entries(missing)) (groups[reason] ??= []).push(id);
  return groups;
}
