import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { indexGenerator } from '../../../../src/metrics/statistics/indexGenerator.ts';
import { Resamples } from '../../../../src/metrics/statistics/resamples.ts';

describe('resamples that are shared', () => {
  test('are those that the generator draws one after the other, kept or not', () => {
    const rooms = fc.integer({ min: 0, max: 200 });
    const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.integer(), rooms, sizes, (seed, room, all) => {
        const resamples = new Resamples(room);
        for (const pass of ['drawn', 'again']) {
          const draw = indexGenerator(seed);
          let first = 0;
          for (const size of all) {
            const expected = new Int32Array(size);
            draw(expected, size);
            const taken = resamples.take(seed, first, new Int32Array(size));
            assert.deepEqual(taken, expected, pass);
            first += size;
          }
        }
      }),
    );
  });

  test('are drawn once while there is room for them', () => {
    const resamples = new Resamples(5);
    const take = (first: number) => resamples.take(42, first, new Int32Array(3));
    assert.equal(take(0) === take(0), true);
    assert.equal(take(3) === take(3), false);
  });
});
