/**
 * How far the client's timestamps can be trusted, on this machine, over loopback: a server in
 * another process stamps each delta with the machine's monotonic clock, which both processes
 * share, and the client notes when it received it.
 */
import { availableParallelism, loadavg } from 'node:os';
import { runSession } from '../../src/session/runSession.ts';
import type { SessionTrace } from '../../src/trace/sessionTrace.ts';
import { startScriptedVllmServerProcess } from '../support/scriptedVllmServerProcess.ts';
import { testAudio, testSession } from '../support/testSession.ts';

const lengthMs = 10_000;
const chunkMs = 100;
const limitMs = 1;

/** The same clock as the server's stamps: microseconds of the machine's monotonic clock. */
const clock = { nowUs: () => Number(process.hrtime.bigint() / 1000n) };

interface Distribution {
  count: number;
  p50: number;
  p99: number;
  max: number;
}

function distribution(values: number[]): Distribution {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
  return { count: sorted.length, p50: rank(0.5), p99: rank(0.99), max: rank(1) };
}

/** Receive time minus the server's stamp, in milliseconds, for every stamped delta. */
function receiveDelaysMs(trace: SessionTrace): number[] {
  return trace.received.flatMap((message) =>
    message.events.flatMap((event) => {
      const stampNs = event.type === 'text' ? /^ (\d+)$/.exec(event.text)?.[1] : undefined;
      return stampNs === undefined ? [] : [(message.atUs - Number(BigInt(stampNs) / 1000n)) / 1000];
    }),
  );
}

async function measure(sessions: number, audioMs: number) {
  // About as many messages a second in all as one busy session has; vLLM sends one per 80 ms.
  const stampEveryMs = Math.max(10, Math.min(80, sessions * 8));
  const server = await startScriptedVllmServerProcess({ stampEveryMs, words: [], blankDeltas: 0 });
  const cpuBefore = process.cpuUsage();
  const startUs = clock.nowUs();
  const traces = await Promise.all(
    Array.from({ length: sessions }, (_, index) =>
      runSession(
        testSession(server.url, {
          clock,
          audio: testAudio(audioMs),
          pacing: { mode: 'capture', speed: 1, chunkMs },
          originDelayUs: Math.round((index * chunkMs * 1000) / sessions),
        }),
      ),
    ),
  );
  const cpu = process.cpuUsage(cpuBefore);
  const wallUs = clock.nowUs() - startUs;
  await server.stop();
  const failure = traces.find((trace) => trace.failure)?.failure;
  if (failure) {
    throw new Error(failure.message);
  }
  return {
    received: distribution(traces.flatMap(receiveDelaysMs)),
    lateness: distribution(
      traces.flatMap((trace) => trace.chunks.map((chunk) => (chunk.sentUs - chunk.dueUs) / 1000)),
    ),
    cpuShare: (cpu.user + cpu.system) / wallUs,
  };
}

function cells(values: (string | number)[]): string {
  return values.map((value) => String(value).padStart(9)).join('');
}

function row({ count, p50, p99, max }: Distribution): (string | number)[] {
  return [count, p50.toFixed(3), p99.toFixed(3), max.toFixed(3)];
}

console.log('Milliseconds. Received: after the stamp of the server. Sent: after the due time.\n');
console.log(
  cells(['sessions', 'received', 'p50', 'p99', 'max', 'sent', 'p50', 'p99', 'max', 'CPU']),
);
await measure(1, 1_000);
let p99OfOneSession = NaN;
for (const sessions of [1, 10, 50]) {
  const { received, lateness, cpuShare } = await measure(sessions, lengthMs);
  const cpu = `${(cpuShare * 100).toFixed(0)} %`;
  console.log(cells([sessions, ...row(received), ...row(lateness), cpu]));
  if (sessions === 1) {
    p99OfOneSession = received.p99;
  }
}
const load = (loadavg()[0]! / availableParallelism()).toFixed(2);
console.log(`\nLoad of this machine per core, of all processes: ${load}; measure on an idle one.`);
const kept = p99OfOneSession < limitMs;
console.log(
  `Receive timestamps of one session within ${limitMs} ms at p99: ${kept ? 'yes' : 'NO'}.`,
);
process.exitCode = kept ? 0 : 1;
