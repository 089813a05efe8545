// `npm run bench:compare`: how soon two runs of 10,000 sessions are compared by the thread behind
// the compare editor, and whether the asking thread stays responsive; runs of 1,000 beside them.
// Fails above its goals.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { RunSource } from '../../src/extension/compareEditor/compareReaderMessages.ts';
import { CompareReaderThread } from '../../src/extension/compareEditor/compareReaderThread.ts';
import { writeRunFile } from '../../src/runfile/writeRunFile.ts';
import { comparedRun, type ComparedRunOptions } from '../support/comparedRuns.ts';

const goalMs = 3000;
const longestBlockGoalMs = 50;
const program = path.resolve(import.meta.dirname, '../../dist/compareReader.js');

interface Measured {
  sessions: number;
  megabytes: number;
  parseMs: number;
  prepareMs: number;
  /** With the view and its way to the asking thread. */
  compareMs: number;
  totalMs: number;
  /** The same again, with both files unchanged. */
  againMs: number;
  longestBlockMs: number;
}

async function write(folder: string, sessions: number): Promise<RunSource[]> {
  const later = { laterMs: 60, broken: [3, 4, 5] };
  const runs: ComparedRunOptions[] = [{ seed: 1 }, { seed: 2, ...later }];
  const sources: RunSource[] = [];
  for (const [place, options] of runs.entries()) {
    const file = path.join(folder, `${sessions}-${place}.rtbench.json`);
    await writeRunFile(file, comparedRun({ utterances: sessions, ...options }));
    sources.push({ uri: file, file, label: path.basename(file), bytes: null, problem: null });
  }
  return sources;
}

async function compare(thread: CompareReaderThread, sources: readonly RunSource[]) {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const answer = await thread.ask({ type: 'compare', sources, noise: {}, stop });
  const verdict = answer?.view?.pairs[0]?.conclusion.verdict;
  if (verdict !== 'regressed') throw new Error(`It found ${verdict ?? answer?.problem}.`);
}

async function measure(sources: readonly RunSource[], sessions: number): Promise<Measured> {
  const thread = new CompareReaderThread(program);
  const begun = new Map<string, number>();
  thread.onNews = (news) => {
    if (news.type !== 'progress' || begun.has(news.label)) return;
    begun.set(news.label, performance.now());
  };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const sizes = await Promise.all(sources.map(({ file }) => stat(file)));
  delay.enable();
  const startMs = performance.now();
  await compare(thread, sources);
  const endMs = performance.now();
  delay.disable();
  await compare(thread, sources);
  const againMs = performance.now() - endMs;
  thread.dispose();
  const matchMs = begun.get('Matching utterances')!;
  const compareMs = begun.get('Comparing')!;
  return {
    sessions,
    megabytes: sizes.reduce((sum, { size }) => sum + size, 0) / 1e6,
    parseMs: matchMs - startMs,
    prepareMs: compareMs - matchMs,
    compareMs: endMs - compareMs,
    totalMs: endMs - startMs,
    againMs,
    longestBlockMs: delay.max / 1e6,
  };
}

const lines: [string, keyof Measured][] = [
  ['sessions in each run', 'sessions'],
  ['both files, MB', 'megabytes'],
  ['start and parse, ms', 'parseMs'],
  ['prepare, ms', 'prepareMs'],
  ['compare, view and answer, ms', 'compareMs'],
  ['total, ms', 'totalMs'],
  ['again, files unchanged, ms', 'againMs'],
  ['longest block of the asker, ms', 'longestBlockMs'],
];

function print(large: Measured, small: Measured): void {
  const cell = (value: number, digits: number, width: number) =>
    value.toFixed(digits).padStart(width);
  console.log(`${'two runs'.padEnd(34)}${'large'.padStart(10)}${'small'.padStart(10)}   ratio`);
  for (const [name, key] of lines) {
    const digits = key === 'sessions' ? 0 : 1;
    const figures = cell(large[key], digits, 10) + cell(small[key], digits, 10);
    console.log(`${name.padEnd(34)}${figures}${cell(large[key] / small[key], 2, 8)}`);
  }
  console.log(`Goals: total below ${goalMs} ms, no block above ${longestBlockGoalMs} ms.`);
}

const folder = await mkdtemp(path.join(tmpdir(), 'rtbench-bench-'));
try {
  const large = await write(folder, 10_000);
  const small = await write(folder, 1000);
  // The first thread of a process pays for reading the program.
  await measure(small, 1000);
  const measured = await measure(large, 10_000);
  print(measured, await measure(small, 1000));
  if (measured.totalMs > goalMs || measured.longestBlockMs > longestBlockGoalMs) {
    console.error('Above the goals.');
    process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true });
}
