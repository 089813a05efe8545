import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isCadenceLimited, type FirstTextOfClip } from '../../../src/metrics/cadenceLimit.ts';

/** Clips whose speech starts 50 ms apart from each other. */
function clips(count: number, ttftMs: (index: number) => number): FirstTextOfClip[] {
  return Array.from({ length: count }, (_, index) => ({
    utteranceId: `clip${index}`,
    ttftMs: ttftMs(index),
    speechStartMs: index * 50,
  }));
}

const notEnough = { missing: 'not_enough_clips' };

describe('cadence limit', () => {
  test('a time to first text that ignores when speech starts is a timer', () => {
    assert.equal(isCadenceLimited(clips(10, (index) => 1000 + (index % 2) * 20)), true);
  });

  test('one that follows the speech is not', () => {
    assert.equal(isCadenceLimited(clips(10, (index) => 600 + index * 50)), false);
  });

  test('ten clips are needed, and starts that differ by 300 ms', () => {
    assert.deepEqual(isCadenceLimited(clips(9, () => 1000)), notEnough);
    const together = clips(12, () => 1000).map((clip) => ({ ...clip, speechStartMs: 200 }));
    assert.deepEqual(isCadenceLimited(together), notEnough);
    assert.deepEqual(isCadenceLimited([]), notEnough);
  });

  test('repeats of a clip are averaged, not counted as clips', () => {
    const repeated = [...clips(5, () => 1000), ...clips(5, () => 1000)];
    assert.deepEqual(isCadenceLimited(repeated), notEnough);
    const apart = [...clips(10, () => 700), ...clips(10, () => 1300)];
    assert.equal(isCadenceLimited(apart), true, 'every clip has a mean of 1000 ms');
  });
});
