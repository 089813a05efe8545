import path from 'node:path';
import { withPaths } from '../plan/planPaths.ts';
import type { Run, RunUtterance } from './run.ts';
import type { FileRunHead } from './runSchema.ts';

/**
 * All of a run but its sessions, as it is written to a file in `directory`. Paths become
 * relative to it, so that a folder with its audio can be moved.
 */
export function runHeadToFile(run: Run, directory: string): FileRunHead {
  const { info, plan, dataset, environment } = run;
  const relative = (file: string) => portablePath(file, directory);
  return {
    run: {
      id: info.id,
      title: info.title,
      notes: info.notes,
      startedAt: info.startedAt,
      durationUs: info.durationUs,
      completeness: info.completeness,
      partialBecause: info.partialBecause,
      plannedSessions: info.plannedSessions,
      rtbenchVersion: info.rtbenchVersion,
      ...(info.series && { series: info.series }),
    },
    plan: withPaths(plan, relative),
    dataset: {
      name: dataset.name,
      format: dataset.format,
      problems: dataset.problems.map((problem) => ({ ...problem, file: relative(problem.file) })),
    },
    endpoints: run.endpoints.map(({ id, url, model, metadata }) => ({ id, url, model, metadata })),
    environment: { ...environment },
    utterances: run.utterances.map((utterance) => utteranceToFile(utterance, relative)),
  };
}

/** The inverse of {@link runHeadToFile}; sessions are added by the caller. */
export function runHeadFromFile(file: FileRunHead, directory: string): Omit<Run, 'sessions'> {
  const absolute = (relative: string) => path.resolve(directory, relative);
  const { plan, dataset } = file;
  return {
    info: file.run,
    plan: withPaths(plan, absolute),
    dataset: {
      ...dataset,
      problems: dataset.problems.map((problem) => ({ ...problem, file: absolute(problem.file) })),
    },
    endpoints: file.endpoints,
    environment: file.environment,
    utterances: file.utterances.map(({ audio, words, ...rest }) => ({
      ...rest,
      audioPath: absolute(audio),
      words: words?.map(([text, startMs, endMs]) => ({ text, startMs, endMs })) ?? null,
    })),
  };
}

function utteranceToFile(
  utterance: RunUtterance,
  relative: (file: string) => string,
): FileRunHead['utterances'][number] {
  const { words } = utterance;
  return {
    id: utterance.id,
    audio: relative(utterance.audioPath),
    sha256: utterance.sha256,
    audioFormat: utterance.audioFormat,
    durationMs: utterance.durationMs,
    declaredDurationMs: utterance.declaredDurationMs,
    reference: utterance.reference,
    language: utterance.language,
    speaker: utterance.speaker,
    tags: utterance.tags,
    words: words?.map(({ text, startMs, endMs }) => [text, startMs, endMs]) ?? null,
  };
}

/** Relative with forward slashes; absolute only where no relative path exists (another drive). */
function portablePath(file: string, directory: string): string {
  const relative = path.relative(directory, file) || '.';
  return relative.split(path.sep).join('/');
}
