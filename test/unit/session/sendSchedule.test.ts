import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { SendSchedule } from '../../../src/session/sendSchedule.ts';
import type { AudioSpan } from '../../../src/session/sendSchedule.ts';

const rateHz = 16_000;
/** 250 ms in chunks of 100 ms: the last one is short. */
const spans: AudioSpan[] = [
  { startSample: 0, endSample: 1600 },
  { startSample: 1600, endSample: 3200 },
  { startSample: 3200, endSample: 4000 },
];

function dueMs(mode: 'capture' | 'lead' | 'burst', speed: number): (number | null)[] {
  const schedule = new SendSchedule({ mode, speed, chunkMs: 100 }, rateHz);
  const offsets = [...spans.map((span) => schedule.chunkDueUs(span)), schedule.endDueUs(4000)];
  return offsets.map((offsetUs) => (offsetUs === null ? null : offsetUs / 1000));
}

describe('the send schedule', () => {
  test('capture: a chunk is due when its last sample was spoken, the end with the last one', () => {
    assert.deepEqual(dueMs('capture', 1), [100, 200, 250, 250]);
  });

  test('lead: a chunk is due when its first sample is spoken, the end at the end of the audio', () => {
    assert.deepEqual(dueMs('lead', 1), [0, 100, 200, 250]);
  });

  test('burst: nothing waits for the clock', () => {
    assert.deepEqual(dueMs('burst', 1), [null, null, null, null]);
  });

  test('speed divides every time', () => {
    assert.deepEqual(dueMs('capture', 2), [50, 100, 125, 125]);
    assert.deepEqual(dueMs('lead', 0.5), [0, 200, 400, 500]);
  });

  test('is absolute: no rounding error adds up, however long the audio', () => {
    const speeds = fc.double({ min: 0.25, max: 50, noNaN: true });
    const samples = fc.integer({ min: 1, max: 4 * 3600 * 48_000 });
    const rates = fc.constantFrom(8_000, 16_000, 24_000, 44_100, 48_000);
    fc.assert(
      fc.property(speeds, samples, rates, (speed, endSample, sampleRateHz) => {
        const schedule = new SendSchedule({ mode: 'capture', speed, chunkMs: 100 }, sampleRateHz);
        const dueUs = schedule.chunkDueUs({ startSample: 0, endSample })!;
        const exactUs = ((endSample / sampleRateHz) * 1e6) / speed;
        assert.ok(Number.isInteger(dueUs));
        assert.ok(Math.abs(dueUs - exactUs) <= 0.51, `${dueUs} for ${exactUs}`);
      }),
    );
  });
});
