import path from 'node:path';
import { BenchError } from '../common/benchError.ts';
import { metricRegistry } from '../metrics/registry/metricRegistry.ts';
import { exactLoadText } from '../plan/loadText.ts';
import { sanitiseText } from '../transport/sanitiseText.ts';
import type { EndpointHeadline, RunHeadline } from './headlineFigures.ts';
import { formatSchema, runHeadlineSchema, type RunFileHead } from './runHeadSchema.ts';

/** The newest format that is known; a test holds it against the one that is written. */
export const newestFormat = 1;

/**
 * What the Runs view shows of a run file's JSON. `folder` is the path of the file's folder, which
 * its dataset's path is relative to.
 * @throws BenchError `run_invalid` or `format_newer` that says what is wrong with the file.
 */
export function readHeadline(json: unknown, folder: string): RunHeadline {
  const format = formatSchema.safeParse(json);
  if (!format.success) throw new BenchError('run_invalid', 'The file is not a run of RTBench.');
  if (format.data.format > newestFormat) {
    throw new BenchError(
      'format_newer',
      `The file has format ${format.data.format}, this RTBench reads ${newestFormat}: update it.`,
    );
  }
  const parsed = runHeadlineSchema.safeParse(json);
  if (!parsed.success) {
    const place = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new BenchError('run_invalid', `The file breaks the run format at "${place}".`);
  }
  return toHeadline(parsed.data, folder);
}

function toHeadline(head: RunFileHead, folder: string): RunHeadline {
  const startedAtMs = Date.parse(head.run.startedAt);
  return {
    runId: head.run.id,
    title: sanitiseText(head.run.title, 100) || 'Untitled',
    startedAtMs: Number.isNaN(startedAtMs) ? 0 : startedAtMs,
    partialBecause: head.run.partialBecause,
    datasetName: sanitiseText(head.dataset.name, 100),
    endpoints: head.summary.map((summary) => toEndpoint(summary, head)),
    sessions: total(head.summary.map(({ sessions }) => sessions.total)),
    failedSessions: total(head.summary.map(({ sessions }) => sessions.failed + sessions.partial)),
    pace: paceOf(head.plan),
    planKey: planKey(head, folder),
  };
}

function toEndpoint(
  { endpoint, text, metrics }: RunFileHead['summary'][number],
  { endpoints }: RunFileHead,
): EndpointHeadline {
  const [first] = text;
  const value = first?.rates[first.headline] ?? null;
  return {
    id: sanitiseText(endpoint, 100),
    model: endpoints.find(({ id }) => id === endpoint)?.model ?? null,
    textRate:
      first === undefined || value === null
        ? null
        : { label: metricRegistry[first.headline].short, value },
    ttftP50Ms: metrics.ttft?.p50.value ?? null,
  };
}

function planKey({ plan }: RunFileHead, folder: string): string {
  const endpoints = plan.endpoints.map(({ id, dialect, url, model, language }) =>
    JSON.stringify([id, dialect, url, model, language]),
  );
  const dataset = path.posix.resolve(folder, plan.dataset.path);
  return JSON.stringify([endpoints.sort(), dataset, plan.dataset.limit, paceOf(plan)]);
}

function paceOf({ pacing, load }: RunFileHead['plan']): string {
  const speed = pacing.speed === 1 ? 'real time' : `${pacing.speed} times real time`;
  const mode = { burst: 'burst', lead: `${speed}, chunks ahead` }[pacing.mode] ?? speed;
  const isPlain = load.kind === 'concurrent' && load.sessions === 1 && !load.reuseConnections;
  return isPlain ? mode : `${mode}, ${exactLoadText(load)}`;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
