import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromDeltas, fromRuns, toDeltas, toRuns } from '../../../src/runfile/columns.ts';

const integers = fc.array(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }));

test('deltas restore the series', () => {
  assert.deepEqual(toDeltas([5, 7, 7, 4]), [5, 2, 0, -3]);
  fc.assert(
    fc.property(integers, (values) => {
      assert.deepEqual(fromDeltas(toDeltas(values)), values);
    }),
  );
});

test('runs restore the series', () => {
  assert.deepEqual(toRuns([3, 3, 1]), [
    [3, 2],
    [1, 1],
  ]);
  const repetitive = fc.array(fc.integer({ min: 0, max: 2 }));
  fc.assert(
    fc.property(repetitive, (values) => {
      assert.deepEqual(fromRuns(toRuns(values)), values);
    }),
  );
});
