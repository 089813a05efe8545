import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { audioClock, sentAudioMs } from '../../../src/metrics/audioClock.ts';
import { goldenSession, us } from '../../support/goldenSession.ts';

const golden = goldenSession();
const clock = audioClock(golden)!;

describe('audio clock', () => {
  test('there is none before the first chunk was scheduled', () => {
    const audio = { ...golden.audio, originUs: null };
    assert.equal(audioClock({ ...golden, audio, chunks: [] }), null);
  });

  test('audio sent counts from the instant of sending on', () => {
    assert.equal(clock.sentMs(us(1100.3)), 0);
    assert.equal(clock.sentMs(us(1100.4)), 100);
    assert.equal(clock.sentMs(us(1530)), 500);
    assert.equal(clock.sentMs(us(9999)), 1000);
    assert.equal(sentAudioMs(golden), 1000);
    assert.equal(sentAudioMs({ ...golden, chunks: [] }), 0);
  });

  test('a chunk begins with its first sample and ends before the next', () => {
    assert.equal(clock.chunkAt(0), golden.chunks[0]);
    assert.equal(clock.chunkAt(99.9), golden.chunks[0]);
    assert.equal(clock.chunkAt(100), golden.chunks[1]);
    assert.equal(clock.chunkAt(1000), golden.chunks[9], 'the end belongs to the last chunk');
    assert.equal(clock.chunkAt(1000.1), null);
    assert.equal(audioClock({ ...golden, chunks: [] })?.chunkAt(0), null);
  });

  test('at double speed audio passes twice as fast', () => {
    const pacing = { ...golden.audio.pacing, speed: 2 };
    const fast = audioClock({ ...golden, audio: { ...golden.audio, pacing } })!;
    assert.equal(fast.wallUs(500), us(1250));
    assert.equal(fast.audioMs(us(1250)), 500);
  });

  test('wall time and audio time are each other’s inverse', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_600_000 }), (audioMs) => {
        assert.equal(clock.audioMs(clock.wallUs(audioMs)), audioMs);
      }),
    );
  });
});
