import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { UtteranceRow } from '../../../../src/compareview/compareView.ts';
import {
  nearestPoint,
  scatterPoints,
} from '../../../../webview-ui/compare/utterances/scatterPoints.ts';
import { allowsLog, scatterScale } from '../../../../webview-ui/compare/utterances/scatterScale.ts';

describe('scatterScale', () => {
  const values = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1 });

  test('shows every value, in order, and can be read back', () => {
    fc.assert(
      fc.property(values, fc.boolean(), (some, wantsLog) => {
        const scale = scatterScale(some, wantsLog);
        for (const value of some) {
          const place = scale.place(value);
          assert.ok(place >= 0 && place <= 1, `${value} at ${place}`);
          assert.ok(Math.abs(scale.valueAt(place) / value - 1) < 1e-6);
        }
      }),
    );
  });

  test('has a few ticks within the scale, ascending', () => {
    fc.assert(
      fc.property(values, fc.boolean(), (some, wantsLog) => {
        const { ticks, least, most } = scatterScale(some, wantsLog);
        assert.ok(ticks.length >= 1 && ticks.length <= 12, ticks.join());
        ticks.forEach((tick, at) => {
          assert.ok(tick >= least - 1e-9 * most && tick <= most * (1 + 1e-9));
          assert.ok(at === 0 || tick > ticks[at - 1]!);
        });
      }),
    );
  });

  test('is logarithmic where all values are above 0, and only then', () => {
    const decades = scatterScale([1, 10, 100], true);
    const [a, b, c] = [1, 10, 100].map(decades.place) as [number, number, number];
    assert.ok(Math.abs(b - a - (c - b)) < 1e-9);
    assert.equal(allowsLog([1, 10]), true);
    assert.equal(allowsLog([0, 10]), false);
    assert.equal(scatterScale([0, 10], true).isLog, false);
  });
});

describe('scatterPoints', () => {
  const row = (id: string, a: number | null, b: number | null): UtteranceRow => ({
    id,
    a,
    b,
    delta: null,
    statusA: 'success',
    statusB: 'success',
    repeats: { a: 1, b: 1 },
  });
  const metric = { direction: 'lower', noise: 1 } as const;
  const rows = [row('x', 10, 20), row('y', null, 4), row('z', 30, 5)];

  test('are the utterances that both runs have a value of', () => {
    const points = scatterPoints(rows, metric);
    assert.deepEqual(
      points.map(({ row: { id }, kind }) => [id, kind]),
      [
        ['x', 'worse'],
        ['z', 'better'],
      ],
    );
  });

  test('are found by the pointer within reach', () => {
    const points = scatterPoints(rows, metric);
    const placed = { x: (a: number) => a, y: (b: number) => 100 - b };
    assert.equal(nearestPoint(points, placed, { x: 28, y: 94 }, 5), 1);
    assert.equal(nearestPoint(points, placed, { x: 20, y: 90 }, 5), -1);
  });
});
