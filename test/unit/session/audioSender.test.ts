import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { monotonicClock } from '../../../src/common/clock.ts';
import { AudioSender } from '../../../src/session/audioSender.ts';
import type { ChunkFrame, FrameSocket } from '../../../src/session/audioSender.ts';
import { wakeAt } from '../../../src/session/preciseTimer.ts';
import { SendSchedule } from '../../../src/session/sendSchedule.ts';
import type { Pacing, SentChunk } from '../../../src/trace/sessionTrace.ts';

const rateHz = 16_000;
const chunkSamples = 160;

function* frames(count: number, encoded: number[]): Generator<ChunkFrame, undefined> {
  for (let index = 0; index < count; index++) {
    encoded.push(index);
    const startSample = index * chunkSamples;
    const frame = { data: String(index), commit: null };
    yield { startSample, endSample: startSample + chunkSamples, frame };
  }
}

function startSender(count: number, mode: Pacing['mode'], socket: FrameSocket) {
  const clock = monotonicClock();
  const encoded: number[] = [];
  const chunks: SentChunk[] = [];
  let onEnd!: (atUs: number) => void;
  const endedUs = new Promise<number>((resolve) => {
    onEnd = resolve;
  });
  const sender = new AudioSender({
    clock,
    schedule: new SendSchedule({ mode, speed: 1, chunkMs: 10 }, rateHz),
    totalSamples: count * chunkSamples,
    frames: frames(count, encoded),
    socket,
    onChunk: (chunk) => chunks.push(chunk),
    wakeAt: (dueUs, callback) => wakeAt(clock, dueUs, callback),
    onEnd: () => {
      onEnd(clock.nowUs());
    },
  });
  const originUs = clock.nowUs();
  sender.start(originUs);
  return { sender, endedUs, encoded, chunks, originUs };
}

function eagerSocket(sent: string[]): FrameSocket {
  return {
    queuedBytes: 7,
    send(data, accepted) {
      sent.push(data as string);
      if (accepted) {
        queueMicrotask(accepted);
      }
    },
  };
}

describe('the audio sender', () => {
  test('sends each chunk once, in order, never before it is due, on the absolute schedule', async () => {
    const sent: string[] = [];
    const run = startSender(20, 'capture', eagerSocket(sent));
    await run.endedUs;
    assert.deepEqual(
      sent,
      Array.from({ length: 20 }, (_, index) => String(index)),
    );
    run.chunks.forEach((chunk, index) => {
      assert.equal(chunk.dueUs, run.originUs + (index + 1) * 10_000);
      assert.ok(chunk.sentUs >= chunk.dueUs);
      assert.equal(chunk.queuedBytes, 7);
    });
  });

  test('is late without shifting the schedule when the process was held up', async () => {
    const sent: string[] = [];
    const run = startSender(10, 'capture', eagerSocket(sent));
    await setTimeout(25);
    const until = performance.now() + 45;
    while (performance.now() < until) {
      // Hold up the event loop, as a busy process would.
    }
    await run.endedUs;
    assert.deepEqual(
      run.chunks.map((chunk) => chunk.dueUs - run.originUs),
      Array.from({ length: 10 }, (_, index) => (index + 1) * 10_000),
    );
    const worstMs = Math.max(...run.chunks.map((chunk) => chunk.sentUs - chunk.dueUs)) / 1000;
    assert.ok(worstMs > 20, `the third or fourth chunk must be late, worst was ${worstMs} ms`);
  });

  test('lead sends at the start of each chunk and ends with the audio', async () => {
    const run = startSender(5, 'lead', eagerSocket([]));
    const endedUs = await run.endedUs;
    assert.equal(run.chunks[0]!.dueUs, run.originUs);
    assert.ok(endedUs >= run.originUs + 50_000);
  });

  test('burst waits until the socket took the previous frame', async () => {
    const waiting: (() => void)[] = [];
    const socket: FrameSocket = {
      queuedBytes: 0,
      send: (_data, accepted) => waiting.push(accepted!),
    };
    const run = startSender(3, 'burst', socket);
    for (let index = 1; index <= 3; index++) {
      while (waiting.length < index) {
        await setImmediate();
      }
      await setTimeout(5);
      assert.equal(run.chunks.length, index);
      waiting[index - 1]!();
    }
    await run.endedUs;
    assert.ok(run.chunks.every((chunk) => chunk.dueUs === chunk.sentUs));
  });

  test('encodes no further than one frame ahead', async () => {
    const run = startSender(100, 'capture', eagerSocket([]));
    assert.deepEqual(run.encoded, [0]);
    await setTimeout(35);
    run.sender.stop();
    assert.equal(run.encoded.length, run.chunks.length + 1);
  });

  test('sends nothing once stopped', async () => {
    const sent: string[] = [];
    const run = startSender(100, 'capture', eagerSocket(sent));
    await setTimeout(25);
    run.sender.stop();
    const count = sent.length;
    await setTimeout(40);
    assert.equal(sent.length, count);
  });
});
