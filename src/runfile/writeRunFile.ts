import path from 'node:path';
import { BenchError, errorText } from '../common/benchError.ts';
import { metricsSpecId } from '../metrics/registry/metricRegistry.ts';
import { layoutJson } from './layoutJson.ts';
import { runHeadToFile } from './runHead.ts';
import { reportRun, type RunReport } from './runReport.ts';
import type { Run } from './run.ts';
import { runFileFormat, schemaUri, type FileSession } from './runSchema.ts';
import { writeAtomically } from './writeAtomically.ts';

/** VS Code opens no custom text editor on files above 50 MiB; this leaves room for notes. */
const mostRunFileBytes = 40_000_000;

export interface WriteOptions {
  /** Beyond this, traces of completed sessions are left out, the last ones first. */
  mostBytes?: number;
}

/**
 * Writes a run file, all at once. The same run always gives the same bytes. Returns what was
 * written, with a warning if traces had to be left out.
 * Throws a BenchError that names the file when it cannot be written.
 */
export async function writeRunFile(
  file: string,
  run: Run,
  { mostBytes = mostRunFileBytes }: WriteOptions = {},
): Promise<RunReport> {
  const report = thin(reportRun(run), mostBytes);
  try {
    await writeAtomically(file, runFileText(report, path.dirname(file)));
  } catch (cause) {
    throw new BenchError('not_writable', `${file} cannot be written: ${errorText(cause)}`, {
      cause,
    });
  }
  return report;
}

/** The text of a run file that lies in `directory`, in parts. */
export function* runFileText(
  { run, summary, sessions }: RunReport,
  directory: string,
): Generator<string> {
  const head = runHeadToFile(run, directory);
  yield `{\n"$schema": ${JSON.stringify(schemaUri)},\n"format": ${runFileFormat},\n`;
  yield `"metricsSpec": ${JSON.stringify(metricsSpecId)}`;
  yield* section('run', head.run, 1);
  yield* section('plan', head.plan, 2);
  yield* section('dataset', head.dataset, 2);
  yield* section('endpoints', head.endpoints, 1);
  yield* section('environment', head.environment, 1);
  yield* section('utterances', head.utterances, 1);
  yield* section('summary', summary, 3);
  yield* section('sessions', sessions, 1);
  yield '\n}\n';
}

function* section(key: string, value: unknown, depth: number): Generator<string> {
  yield `,\n${JSON.stringify(key)}: `;
  yield* layoutJson(value, depth);
}

/**
 * Leaves out traces until the sessions fit; failures keep theirs, since they are what people
 * look at.
 */
function thin(report: RunReport, mostBytes: number): RunReport {
  const sizes = report.sessions.map(lineBytes);
  let total = sizes.reduce((sum, size) => sum + size, 0);
  const sessions = [...report.sessions];
  let thinned = 0;
  for (let i = sessions.length - 1; i >= 0 && total > mostBytes; i--) {
    const session = sessions[i]!;
    if (session.trace === null || session.trace.failure) continue;
    const without = { ...session, trace: null };
    sessions[i] = without;
    total -= sizes[i]! - lineBytes(without);
    thinned += 1;
  }
  if (thinned === 0) return report;
  const warning = `The traces of ${thinned} sessions were left out to keep the file under ${Math.round(mostBytes / 1e6)} MB; their figures are kept.`;
  return { ...report, sessions, warnings: [...report.warnings, warning] };
}

function lineBytes(session: FileSession): number {
  return Buffer.byteLength(JSON.stringify(session)) + 1;
}
