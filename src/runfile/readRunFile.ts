import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { BenchError, errorText } from '../common/benchError.ts';
import { metricsSpecId } from '../metrics/registry/metricRegistry.ts';
import { asksForUnknownProfile } from '../metrics/text/unknownProfile.ts';
import { runHeadFromFile } from './runHead.ts';
import { reportStoredRun, runWarnings, type RunReport } from './runReport.ts';
import type { Run, RunSession } from './run.ts';
import { runFileFormat, runFileSchema, type FileRun, type FileSession } from './runSchema.ts';
import { sameFigures } from './sameFigures.ts';
import { schemaProblem } from './schemaProblem.ts';
import { traceFromColumns } from './traceColumns.ts';

/**
 * Reads and checks a run file. Figures are computed again from the traces; where that is not
 * possible (traces left out, other metric definitions, unknown text profile) the stored ones are used and a warning
 * says so. Throws a BenchError that names the file, the place in it, and what is wrong.
 */
export async function readRunFile(file: string): Promise<RunReport> {
  return parseRunFile(await readText(file), file);
}

/**
 * As {@link readRunFile}, for text at hand. `file` names it and anchors its relative paths.
 *
 * @param figures `stored`: takes those of the file, which saves most of the time;
 * {@link figuresHold} says later whether the traces give the same
 */
export function parseRunFile(
  text: string,
  file: string,
  figures: 'recomputed' | 'stored' = 'recomputed',
): RunReport {
  const content = checkContent(parseJson(text, file), file);
  const run = runFromFile(content, file);
  const stored: RunReport = {
    run,
    metricsSpec: content.metricsSpec,
    summary: content.summary,
    sessions: content.sessions,
    warnings: runWarnings(run),
  };
  const left = content.sessions.length - run.sessions.length;
  if (left > 0) {
    return withWarning(
      stored,
      `The file holds no traces of ${left} sessions; the figures are those saved with the run.`,
    );
  }
  if (content.metricsSpec !== metricsSpecId) {
    return withWarning(
      stored,
      `The figures follow ${content.metricsSpec}, not this version's ${metricsSpecId}.`,
    );
  }
  // Of the run's texts, the version that measured it could tell more than this one.
  const isFinal = figures === 'stored' || asksForUnknownProfile(run.plan);
  return isFinal ? stored : recomputed(stored);
}

/** Whether the traces of a run give the figures that its file has; true where nobody can say. */
export function figuresHold(stored: RunReport): boolean {
  if (asksForUnknownProfile(stored.run.plan)) return true;
  return sameFigures(stored, reportStoredRun(stored.run, stored.sessions));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new BenchError('not_readable', `${file} cannot be read: ${errorText(cause)}`, { cause });
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BenchError(
      'json_invalid',
      `${file} is not JSON: ${errorText(cause)}. If it was cut short or merged, restore it.`,
      { cause },
    );
  }
}

const formatNumber = z.object({ format: z.number() });

function checkContent(json: unknown, file: string): FileRun {
  const format = formatNumber.safeParse(json);
  if (!format.success) {
    throw new BenchError('not_a_run', `${file} is not a run file: it has no number "format".`);
  }
  if (format.data.format > runFileFormat) {
    throw new BenchError(
      'format_newer',
      `${file} has format ${format.data.format}; this version of RTBench reads format ` +
        `${runFileFormat}. Update RTBench to open it.`,
    );
  }
  const content = runFileSchema.safeParse(json);
  if (!content.success) throw invalid(file, schemaProblem(content.error));
  return content.data;
}

function runFromFile(content: FileRun, file: string): Run {
  const utterances = new Set(content.utterances.map(({ id }) => id));
  const endpoints = new Set(content.endpoints.map(({ id }) => id));
  const sessions = content.sessions.flatMap((session, i): RunSession[] => {
    if (!utterances.has(session.utteranceId)) {
      throw invalid(file, `sessions[${i}].utteranceId: no utterance "${session.utteranceId}"`);
    }
    if (!endpoints.has(session.endpointId)) {
      throw invalid(file, `sessions[${i}].endpointId: no endpoint "${session.endpointId}"`);
    }
    return sessionFromFile(session, content, `${file}: sessions[${i}]`);
  });
  return { ...runHeadFromFile(content, path.dirname(path.resolve(file))), sessions };
}

function sessionFromFile(session: FileSession, { plan }: FileRun, place: string): RunSession[] {
  const { id, endpointId, utteranceId, repeat, trace } = session;
  if (!trace) return [];
  try {
    const restored = traceFromColumns(trace, plan.pacing);
    return [{ id, endpointId, utteranceId, repeat, trace: restored }];
  } catch (error) {
    throw error instanceof BenchError ? invalid(place, error.message) : error;
  }
}

function recomputed(stored: RunReport): RunReport {
  const report = reportStoredRun(stored.run, stored.sessions);
  if (sameFigures(stored, report)) return report;
  return withWarning(
    report,
    'The stored figures differ from those that the traces give; the latter are shown.',
  );
}

function withWarning(report: RunReport, warning: string): RunReport {
  return { ...report, warnings: [...report.warnings, warning] };
}

function invalid(place: string, problem: string): BenchError {
  return new BenchError('run_invalid', `${place}: ${problem}.`);
}
