import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { axisPosition, axisRange, axisTicks } from '../../../src/report/axisTicks.ts';

test('ticks are round numbers', () => {
  assert.deepEqual(axisTicks({ low: -3, high: 61, isLog: false }), [0, 20, 40, 60]);
  assert.deepEqual(axisTicks({ low: 0, high: 1, isLog: false }), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(axisTicks({ low: 8, high: 600, isLog: true }), [10, 20, 50, 100, 200, 500]);
});

test('a range holds its values, also a single one', () => {
  const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 });
  fc.assert(
    fc.property(values, fc.boolean(), (some, mayBeLog) => {
      const range = axisRange(some, mayBeLog);
      for (const value of some) {
        const position = axisPosition(value, range);
        assert.ok(position >= -1e-9 && position <= 1 + 1e-9, `${value} at ${position}`);
      }
      const ticks = axisTicks(range);
      assert.ok(ticks.length < 40 && ticks.every(Number.isFinite));
    }),
  );
});

test('orders of magnitude are logarithmic, where asked for and possible', () => {
  assert.equal(axisRange([1, 100], true).isLog, true);
  assert.equal(axisRange([1, 100], false).isLog, false);
  assert.equal(axisRange([0, 100], true).isLog, false);
  assert.equal(axisRange([50, 100], true).isLog, false);
});
