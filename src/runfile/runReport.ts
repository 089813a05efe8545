import { metricsSpecId } from '../metrics/registry/metricRegistry.ts';
import { unknownProfileProblem } from '../metrics/text/unknownProfile.ts';
import { evaluateRun } from './evaluateRun.ts';
import { roundFigures } from './roundFigures.ts';
import type { Run } from './run.ts';
import type { FileSession } from './runSchema.ts';
import { sessionToFile } from './sessionToFile.ts';
import type { FileSummary } from './summarySchema.ts';

/** A run with its figures, whether just measured or read from a file. */
export interface RunReport {
  /** Its sessions are those whose trace is at hand. */
  run: Run;
  /** The definitions that the figures follow. */
  metricsSpec: string;
  summary: FileSummary[];
  sessions: FileSession[];
  /** What a reader should know before trusting the figures. */
  warnings: string[];
}

/** Computes the figures of a run from its traces. */
export function reportRun(run: Run): RunReport {
  return reportStoredRun(run, []);
}

/**
 * As {@link reportRun}, for a run that was read.
 *
 * @param stored its sessions, in the same order; only the columns of their traces are taken
 */
export function reportStoredRun(run: Run, stored: readonly FileSession[]): RunReport {
  const { sessions, summary } = evaluateRun(run);
  return {
    run,
    metricsSpec: metricsSpecId,
    summary: roundFigures<FileSummary[]>(summary),
    sessions: sessions.map((session, at) => sessionToFile(session, stored[at]?.trace)),
    warnings: runWarnings(run),
  };
}

/** Circumstances that make the figures of a run less than they seem. */
export function runWarnings(run: Run): string[] {
  const unknownProfile = unknownProfileProblem(run.plan);
  return [
    ...partialRun(run),
    ...(unknownProfile === null ? [] : [unknownProfile]),
    ...foreignLanguages(run),
    ...datasetProblems(run),
  ];
}

function partialRun({ info }: Run): string[] {
  if (info.partialBecause === null) return [];
  const because = {
    cancelled: 'it was cancelled',
    recovered: 'its process ended early and it was recovered from the journal',
    failed: 'it broke off with an error',
  };
  return [`The run is not complete: ${because[info.partialBecause]}.`];
}

/** A recogniser writes fluent nonsense for a language it does not know. */
function foreignLanguages({ endpoints, utterances }: Run): string[] {
  return endpoints.flatMap(({ id, metadata }) => {
    const known = metadata.language;
    if (typeof known !== 'string') return [];
    const foreign = utterances.filter(
      ({ language }) => language !== null && language !== 'und' && !language.startsWith(known),
    );
    if (foreign.length === 0) return [];
    const names = foreign
      .map((utterance) => utterance.id)
      .slice(0, 5)
      .join(', ');
    return [
      `Endpoint "${id}" knows only ${known}; ${foreign.length} of the utterances are in other ` +
        `languages and their error rates mean nothing: ${names}.`,
    ];
  });
}

function datasetProblems({ dataset }: Run): string[] {
  const { length } = dataset.problems;
  if (length === 0) return [];
  const [first] = dataset.problems;
  const line = first?.line === null ? '' : `:${first?.line}`;
  const more = length > 1 ? ` (and ${length - 1} more)` : '';
  return [`Dataset "${dataset.name}": ${first?.file}${line}: ${first?.message}${more}`];
}
