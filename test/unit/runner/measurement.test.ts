import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Measurement } from '../../../src/runner/measurement.ts';

test('lets one run at a time, and the next when it has ended, however it ended', async () => {
  const measurement = new Measurement();
  const first = measurement.run(
    ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('stopped'));
        });
      }),
  );
  assert.equal(measurement.isRunning, true);
  await assert.rejects(
    measurement.run(() => Promise.resolve()),
    { reason: 'measurement_running' },
  );
  measurement.stop();
  await assert.rejects(first, /stopped/);
  assert.equal(measurement.isRunning, false);
  measurement.stop();
  assert.equal(await measurement.run(({ signal }) => Promise.resolve(signal.aborted)), false);
});
