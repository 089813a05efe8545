import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PeakFinder } from '../../../src/audio/peaks.ts';

const samples = fc.array(fc.integer({ min: -32_768, max: 32_767 }), { maxLength: 60 });

test('however sound is cut into blocks, its peaks are those of the whole', () => {
  fc.assert(
    fc.property(
      fc.array(samples, { maxLength: 5 }),
      fc.integer({ min: 1, max: 20 }),
      (blocks, n) => {
        const finder = new PeakFinder(n);
        const parts = [
          ...blocks.map((block) => finder.push(Int16Array.from(block))),
          finder.finish(),
        ];
        const whole = blocks.flat();
        const expected: number[] = [];
        for (let at = 0; at < whole.length; at += n) {
          const stretch = whole.slice(at, at + n);
          expected.push(Math.min(...stretch), Math.max(...stretch));
        }
        assert.deepEqual(
          parts.flatMap((part) => [...part]),
          expected,
        );
      },
    ),
  );
});
