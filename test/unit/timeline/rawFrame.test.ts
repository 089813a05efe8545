import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rawFrame } from '../../../src/timeline/rawFrame.ts';
import { delta, done } from '../../support/goldenSession.ts';

describe('raw frame', () => {
  test('is the frame as it came', () => {
    const raw = '{"type":"odd"}';
    assert.deepEqual(rawFrame({ ...delta(1, 'a'), raw }), { raw, isRebuilt: false });
  });

  test('is rebuilt from the one event that said all of it', () => {
    const message = delta(1, 'a "b"');
    const { raw, isRebuilt } = rawFrame(message);
    assert.ok(isRebuilt);
    assert.deepEqual(JSON.parse(raw), message.events[0]);
  });

  test('is rebuilt from all its events', () => {
    const message = done(1, 'a', 3);
    assert.deepEqual(JSON.parse(rawFrame(message).raw), message.events);
  });
});
