/**
 * Whether watching slows a measurement down: the measuring process runs the same sessions watched
 * and not, against a server in another process that stamps every delta. Receive delays are told
 * relative to the quickest one of their run, since the two clocks begin at different times.
 */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { performTask } from '../../src/runner/runnerClient.ts';
import { defaultDeadlines } from '../../src/plan/plan.ts';
import { readRunFile } from '../../src/runfile/readRunFile.ts';
import type { Run } from '../../src/runfile/run.ts';
import type { RunTask } from '../../src/runner/runnerMessages.ts';
import type { SessionTrace } from '../../src/trace/sessionTrace.ts';
import { builtRunner } from '../support/builtRunner.ts';
import { startScriptedVllmServerProcess } from '../support/scriptedVllmServerProcess.ts';
import { testAudio } from '../support/testSession.ts';
import { pcm16Wav } from '../unit/audio/support/wavWriter.ts';

const sessions = 4;
const audioMs = 10_000;
const rounds = 3;

interface Figures {
  received: number[];
  lateness: number[];
  pieces: number;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
}

/** Receive time minus the server's stamp, in milliseconds, less the least of all. */
function receiveDelaysMs(traces: readonly SessionTrace[]): number[] {
  const delays = traces.flatMap(({ received }) =>
    received.flatMap(({ atUs, events }) =>
      events.flatMap((event) => {
        const stamp = event.type === 'text' ? /^ (\d+)$/.exec(event.text)?.[1] : undefined;
        return stamp === undefined ? [] : [(atUs - Number(BigInt(stamp) / 1000n)) / 1000];
      }),
    ),
  );
  const least = delays.reduce((a, b) => Math.min(a, b), Infinity);
  return delays.map((delay) => delay - least);
}

async function measure(folder: string, url: string, isWatched: boolean): Promise<Figures> {
  const file = path.join(folder, 'watch.rtbench.json');
  await rm(file, { force: true });
  const task: RunTask = {
    type: 'run',
    plan: {
      endpoints: [
        {
          id: 'local',
          dialect: 'vllm-realtime',
          url,
          model: null,
          language: null,
          apiKeyEnv: null,
        },
      ],
      dataset: { path: path.join(folder, 'speech'), limit: null },
      load: { kind: 'concurrent', sessions },
      pacing: { mode: 'capture', speed: 1, chunkMs: 20 },
      deadlines: defaultDeadlines,
      repeats: 1,
      textProfile: 'auto',
      thresholds: [],
    },
    title: 'watch',
    file,
    rtbenchVersion: '0.0.0',
    apiKeys: {},
    embedded: null,
    proxy: null,
    live: false,
  };
  let pieces = 0;
  await performTask(builtRunner(), task, {
    watch: { isWatched, onWatch: () => ({ dispose: () => undefined }) },
    onProgress: ({ type }) => {
      if (type === 'trace') pieces += 1;
    },
  });
  const { run }: { run: Run } = await readRunFile(file);
  const traces = run.sessions.map(({ trace }) => trace);
  const failure = traces.find((trace) => trace.failure)?.failure;
  if (failure) throw new Error(failure.message);
  const lateness = traces.flatMap(({ chunks }) =>
    chunks.map(({ sentUs, dueUs }) => (sentUs - dueUs) / 1000),
  );
  return { received: receiveDelaysMs(traces), lateness, pieces };
}

const shares = [0.5, 0.9, 0.99];

function percentiles({ received, lateness }: Figures): number[] {
  return [received, lateness].flatMap((values) => shares.map((share) => percentile(values, share)));
}

function row(name: string, counts: readonly number[], figures: readonly number[]): string {
  const cells = [...counts.map(String), ...figures.map((figure) => figure.toFixed(2))];
  return name.padEnd(10) + cells.map((cell) => cell.padStart(9)).join('');
}

function print(off: Figures, on: Figures): void {
  console.log(`${sessions} sessions at once, ${rounds} × ${audioMs / 1000} s, chunks of 20 ms; ms`);
  const heads = ['pieces', 'deltas', 'recv p50', 'p90', 'p99', 'sent p50', 'p90', 'p99'];
  console.log(' '.repeat(10) + heads.map((head) => head.padStart(9)).join(''));
  const [offMs, onMs] = [percentiles(off), percentiles(on)];
  console.log(row('unwatched', [off.pieces, off.received.length], offMs));
  console.log(row('watched', [on.pieces, on.received.length], onMs));
  const ratios = onMs.map((ms, i) => ms / offMs[i]!);
  const places = ' '.repeat(2 * 9);
  console.log(
    'ratio'.padEnd(10) + places + ratios.map((ratio) => ratio.toFixed(2).padStart(9)).join(''),
  );
  const load = (loadavg()[0]! / availableParallelism()).toFixed(2);
  console.log(`Load of this machine per core, of all processes: ${load}; measure on an idle one.`);
}

function joined(all: readonly Figures[]): Figures {
  return {
    received: all.flatMap(({ received }) => received),
    lateness: all.flatMap(({ lateness }) => lateness),
    pieces: all.reduce((sum, { pieces }) => sum + pieces, 0),
  };
}

const folder = await mkdtemp(path.join(tmpdir(), 'rtbench-watch-'));
const server = await startScriptedVllmServerProcess({
  stampEveryMs: 10,
  words: [],
  blankDeltas: 0,
});
try {
  await mkdir(path.join(folder, 'speech'));
  const speech = pcm16Wav(testAudio(audioMs).samples, 16_000);
  for (let i = 0; i < sessions; i++) {
    await writeFile(path.join(folder, 'speech', `${i}.wav`), speech);
  }
  const figures: { off: Figures[]; on: Figures[] } = { off: [], on: [] };
  for (let round = 0; round < rounds; round++) {
    figures.off.push(await measure(folder, server.url, false));
    figures.on.push(await measure(folder, server.url, true));
  }
  print(joined(figures.off), joined(figures.on));
} finally {
  await server.stop();
  await rm(folder, { recursive: true });
}
