import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { indexGenerator } from '../../../../src/metrics/statistics/indexGenerator.ts';
import { randomGenerator } from '../../../../src/metrics/statistics/randomGenerator.ts';

describe('seeded indices', () => {
  test('seed 42 draws what its random numbers say', () => {
    const into = new Int32Array(4);
    indexGenerator(42)(into, 10);
    assert.deepEqual([...into], [6, 4, 8, 6]);
  });

  test('are the random numbers, scaled and rounded down, whatever is drawn at once', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 2 ** 31 - 1 }), sizes, (seed, n, all) => {
        const random = randomGenerator(seed);
        const draw = indexGenerator(seed);
        for (const size of all) {
          const into = new Int32Array(size);
          draw(into, n);
          assert.deepEqual(
            Array.from(into),
            Array.from(into, () => Math.floor(random() * n)),
          );
        }
      }),
    );
  });
});
