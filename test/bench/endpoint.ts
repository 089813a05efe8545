/**
 * How good and how fast the embedded endpoint is on this machine: word error rate, word latency,
 * time to the final text and cost, at real-time pace with one to three sessions at once, and at
 * full speed. `node test/bench/endpoint.ts [--data PATH] [--sessions 1,2,3] [--runtime wasm]`
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { loadPcm } from '../../src/audio/loadPcm.ts';
import type { PcmAudio } from '../../src/audio/pcmAudio.ts';
import { runConcurrently } from '../../src/bench/runConcurrently.ts';
import { userShifts } from '../../src/bench/userShifts.ts';
import { errorText } from '../../src/common/benchError.ts';
import { monotonicClock } from '../../src/common/clock.ts';
import { loadDataset } from '../../src/dataset/loadDataset.ts';
import type { Utterance } from '../../src/dataset/utterance.ts';
import { vllmRealtime } from '../../src/dialects/protocols/vllmRealtime.ts';
import { startEmbeddedEndpoint } from '../../src/endpoint/startEmbeddedEndpoint.ts';
import type { EmbeddedEndpoint } from '../../src/endpoint/startEmbeddedEndpoint.ts';
import { sessionMetrics } from '../../src/metrics/sessionMetrics.ts';
import type { SessionMetrics } from '../../src/metrics/sessionMetrics.ts';
import { percentile, sortedValues } from '../../src/metrics/statistics/percentile.ts';
import { poolScores } from '../../src/metrics/text/poolScores.ts';
import { scorePair } from '../../src/metrics/text/scorePair.ts';
import { textProfile } from '../../src/metrics/text/textProfiles.ts';
import { runSession } from '../../src/session/runSession.ts';
import type { PacingMode } from '../../src/trace/sessionTrace.ts';

const profile = textProfile('en-whisper@1');
const chunkMs = 100;
const targets = { wordLatencyMs: 1000, finalMs: 400 };

interface Item {
  utterance: Utterance;
  audio: PcmAudio;
}

interface Outcome extends Item {
  metrics: SessionMetrics;
}

const healthSchema = z.object({
  uptimeMs: z.number(),
  recogniserBusyMs: z.number(),
  processCpuMs: z.number(),
});
type Health = z.infer<typeof healthSchema>;

const { values: args } = parseArgs({
  options: {
    data: { type: 'string', default: path.join(import.meta.dirname, '../../samples/speech') },
    sessions: { type: 'string', default: '1,2,3' },
    runtime: { type: 'string', default: 'auto' },
    texts: { type: 'boolean', default: false },
  },
});

async function loadItems(dataset: string): Promise<Item[]> {
  const { utterances } = await loadDataset(dataset);
  const english = utterances.filter(({ language, reference }) => {
    return (language === null || language.startsWith('en')) && (reference ?? '') !== '';
  });
  const items: Item[] = [];
  for (const utterance of english) {
    items.push({ utterance, audio: await loadPcm(utterance.audioPath, 16_000) });
  }
  // The longest first, so that all sessions end at about the same time.
  return items.toSorted((a, b) => b.audio.samples.length - a.audio.samples.length);
}

async function health(endpoint: EmbeddedEndpoint): Promise<Health> {
  const url = endpoint.url.replace('ws:', 'http:').replace('/v1/realtime', '/health');
  return healthSchema.parse(await (await fetch(url)).json());
}

async function measureSession(
  endpoint: EmbeddedEndpoint,
  item: Item,
  mode: PacingMode,
): Promise<Outcome> {
  const clock = monotonicClock();
  const trace = await runSession({
    dialect: vllmRealtime,
    settings: { url: endpoint.url, model: endpoint.model, language: 'en', options: {} },
    apiKey: null,
    audio: item.audio,
    pacing: { mode, speed: 1, chunkMs },
    proxy: null,
    deadlines: { connectMs: 10_000, readyMs: 10_000, idleMs: 60_000, finalMs: 60_000 },
    scheduledStartUs: clock.nowUs(),
    clock,
  });
  if (trace.failure !== null) throw new Error(`${item.utterance.id}: ${trace.failure.message}`);
  return { ...item, metrics: sessionMetrics(trace, item.utterance, { profile }) };
}

async function measure(
  endpoint: EmbeddedEndpoint,
  items: Item[],
  { sessions, mode }: { sessions: number; mode: PacingMode },
): Promise<void> {
  const outcomes: Outcome[] = [];
  const before = await health(endpoint);
  const users = userShifts({ kind: 'concurrent', sessions }, 137 * sessions, items.length);
  const { signal } = new AbortController();
  await runConcurrently(items, { users, signal }, async (item) => {
    outcomes.push(await measureSession(endpoint, item, mode));
  });
  const after = await health(endpoint);
  console.log(`\n${mode === 'burst' ? 'Full speed' : 'Real time'}, sessions at once: ${sessions}`);
  reportAccuracy(outcomes);
  if (mode !== 'burst') reportLatency(outcomes);
  reportCost(outcomes, before, after);
  if (args.texts) reportTexts(outcomes);
}

function reportAccuracy(outcomes: Outcome[]): void {
  const score = (textOf: (metrics: SessionMetrics) => string) =>
    poolScores(
      outcomes.map(({ utterance, metrics }) =>
        scorePair(utterance.reference ?? '', textOf(metrics), profile),
      ),
    );
  const final = score((metrics) => metrics.hypothesis);
  const { hits, substitutions, deletions, insertions } = final.words;
  const words = hits + substitutions + deletions;
  line('WER of the final text', `${percent(final.rates.wer)} of ${words} words (${profile.id})`);
  line('  substituted, deleted, inserted', `${substitutions}, ${deletions}, ${insertions}`);
  line('WER of the deltas alone', percent(score((metrics) => metrics.streamedText).rates.wer));
}

function reportLatency(outcomes: Outcome[]): void {
  const words = outcomes.flatMap(({ metrics }) => metrics.series.wel);
  const finals = outcomes.flatMap(({ metrics }) => {
    const value = metrics.values.finalize_latency;
    return typeof value === 'number' ? [value] : [];
  });
  line(`word latency p50 / p90 / p95 (n ${words.length})`, spread(words, [0.5, 0.9, 0.95]));
  line(
    `final after end of audio p50 / p95 / max (n ${finals.length})`,
    spread(finals, [0.5, 0.95, 1]),
  );
  const wordMs = percentile(sortedValues(words), 0.5) ?? NaN;
  const finalMs = percentile(sortedValues(finals), 0.5) ?? NaN;
  const met = wordMs < targets.wordLatencyMs && finalMs < targets.finalMs;
  const wanted = `words < ${targets.wordLatencyMs} ms, final < ${targets.finalMs} ms at p50`;
  line('targets', `${met ? 'met' : 'MISSED'} (${wanted})`);
}

function reportCost(outcomes: Outcome[], before: Health, after: Health): void {
  const audioMs = outcomes.reduce((sum, { audio }) => sum + audio.samples.length / 16, 0);
  const wallMs = after.uptimeMs - before.uptimeMs;
  line('recogniser busy', percent((after.recogniserBusyMs - before.recogniserBusyMs) / wallMs));
  const cpu = (after.processCpuMs - before.processCpuMs) / audioMs;
  line('processor time per second of audio', `${cpu.toFixed(3)} s`);
  line('wall time per second of audio', `${(wallMs / audioMs).toFixed(3)} s`);
}

function reportTexts(outcomes: Outcome[]): void {
  for (const { utterance, metrics } of outcomes) {
    console.log(
      `  ${utterance.id}\n    ref ${utterance.reference ?? ''}\n    hyp ${metrics.hypothesis}`,
    );
  }
}

function line(label: string, value: string): void {
  console.log(`  ${label.padEnd(54)} ${value}`);
}

function percent(share: number | null): string {
  return share === null ? 'none' : `${(100 * share).toFixed(1)} %`;
}

function spread(values: number[], fractions: number[]): string {
  const sorted = sortedValues(values);
  return fractions.map((at) => `${Math.round(percentile(sorted, at) ?? NaN)}`).join(' / ') + ' ms';
}

async function main(): Promise<void> {
  const runtime = z.enum(['auto', 'wasm', 'native']).parse(args.runtime);
  const counts = args.sessions
    .split(',')
    .map((count) => z.coerce.number().int().min(1).parse(count));
  const items = await loadItems(args.data);
  const audioS = items.reduce((sum, { audio }) => sum + audio.samples.length / 16_000, 0);
  console.log(`${items.length} utterances, ${audioS.toFixed(0)} s, of ${args.data}`);
  console.log(
    `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`,
  );
  const endpoint = await startEmbeddedEndpoint({ runtime, maxSessions: Math.max(...counts) });
  try {
    const { modelLoadMs, threads } = endpoint.metadata;
    console.log(
      `${endpoint.metadata.runtime}, ${threads} thread, model loaded in ${modelLoadMs} ms`,
    );
    await measure(endpoint, items, { sessions: 1, mode: 'burst' });
    for (const sessions of counts) await measure(endpoint, items, { sessions, mode: 'capture' });
  } finally {
    await endpoint.stop();
  }
  console.log(
    `\nLoad average at the end: ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  );
}

main().catch((error: unknown) => {
  console.error(errorText(error));
  process.exitCode = 1;
});
