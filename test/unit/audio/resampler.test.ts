import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Resampler, resampledLength } from '../../../src/audio/resampler.ts';

function resample(samples: Float32Array, fromHz: number, toHz: number, block = 4096): Float32Array {
  const resampler = new Resampler(fromHz, toHz);
  const parts: Float32Array[] = [];
  for (let start = 0; start < samples.length; start += block) {
    parts.push(resampler.push(samples.subarray(start, start + block)));
  }
  parts.push(resampler.finish());
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

const ratePairs: [fromHz: number, toHz: number][] = [
  [48000, 16000],
  [44100, 16000],
  [22050, 16000],
  [16000, 24000],
  [8000, 16000],
  [11025, 8000],
  [48000, 44100],
  [16000, 15900],
  [16000, 16000],
];
const anyRates = fc.constantFrom(...ratePairs);
const anySamples = fc.float32Array({ min: -1, max: 1, noNaN: true, maxLength: 2000 });

function sine(frequencyHz: number, rateHz: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) =>
    Math.sin((2 * Math.PI * frequencyHz * i) / rateHz),
  );
}

describe('length', () => {
  test('is ⌊n·to/from + 0.5⌋ for any count and rates', () => {
    fc.assert(
      fc.property(
        fc.nat(3_000_000_000),
        fc.integer({ min: 1, max: 384_000 }),
        fc.integer({ min: 1, max: 192_000 }),
        (count, fromHz, toHz) => {
          const exact =
            (2n * BigInt(count) * BigInt(toHz) + BigInt(fromHz)) / (2n * BigInt(fromHz));
          assert.equal(BigInt(resampledLength(count, fromHz, toHz)), exact);
        },
      ),
    );
  });

  test('of what comes out, in blocks of any size', () => {
    fc.assert(
      fc.property(
        anyRates,
        anySamples,
        fc.integer({ min: 1, max: 3000 }),
        (rates, input, block) => {
          const [fromHz, toHz] = rates;
          const output = resample(input, fromHz, toHz, block);
          assert.equal(output.length, resampledLength(input.length, fromHz, toHz));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('signal', () => {
  test('does not depend on how it is cut into blocks', () => {
    fc.assert(
      fc.property(
        anyRates,
        anySamples,
        fc.integer({ min: 1, max: 3000 }),
        (rates, input, block) => {
          const [fromHz, toHz] = rates;
          assert.deepEqual(
            resample(input, fromHz, toHz, block),
            resample(input, fromHz, toHz, input.length + 1),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is linear', () => {
    fc.assert(
      fc.property(anyRates, anySamples, anySamples, (rates, first, second) => {
        const [fromHz, toHz] = rates;
        const a = new Float32Array(2000);
        const b = new Float32Array(2000);
        a.set(first);
        b.set(second);
        const sum = a.map((sample, i) => 0.5 * sample - 0.25 * b[i]!);
        const together = resample(sum, fromHz, toHz);
        const ra = resample(a, fromHz, toHz);
        const rb = resample(b, fromHz, toHz);
        together.forEach((sample, i) => {
          assert.ok(Math.abs(sample - (0.5 * ra[i]! - 0.25 * rb[i]!)) < 2e-6);
        });
      }),
      { numRuns: 30 },
    );
  });

  for (const [fromHz, toHz] of ratePairs) {
    const name = `${fromHz} → ${toHz} Hz`;

    test(`${name}: silence stays silence`, () => {
      const output = resample(new Float32Array(3000), fromHz, toHz);
      assert.ok(output.every((sample) => sample === 0));
    });

    test(`${name}: a constant keeps its level`, () => {
      const seconds = 0.2;
      const output = resample(new Float32Array(fromHz * seconds).fill(0.75), fromHz, toHz);
      const middle = output.subarray(0.08 * toHz, 0.12 * toHz);
      assert.ok(middle.length > 0);
      for (const sample of middle) assert.ok(Math.abs(sample - 0.75) < 1e-6);
    });

    test(`${name}: a click stays at its time`, () => {
      const milliseconds = 50;
      const input = new Float32Array(fromHz / 10);
      // A click at a whole sample of both rates, and a symmetric filter around it.
      const at = (fromHz * milliseconds) / 1000;
      const click = Math.round(at);
      input[click] = 1;
      const output = resample(input, fromHz, toHz);
      const loudest = output.reduce(
        (best, x, i) => (Math.abs(x) > Math.abs(output[best]!) ? i : best),
        0,
      );
      assert.equal(loudest, Math.round((click * toHz) / fromHz));
      if (Number.isInteger((click * toHz) / fromHz)) {
        for (let i = 1; i < 100; i++) {
          assert.ok(Math.abs(output[loudest - i]! - output[loudest + i]!) < 1e-6);
        }
      }
    });

    test(`${name}: a tone keeps its level and its phase`, () => {
      const frequencyHz = 0.4 * Math.min(fromHz, toHz);
      const output = resample(sine(frequencyHz, fromHz, fromHz * 0.2), fromHz, toHz);
      const wanted = sine(frequencyHz, toHz, output.length);
      for (let i = 0.08 * toHz; i < 0.12 * toHz; i++) {
        assert.ok(Math.abs(output[Math.round(i)]! - wanted[Math.round(i)]!) < 1e-6);
      }
    });
  }

  test('what the lower rate cannot hold is removed, not folded back', () => {
    for (const frequencyHz of [8010, 9000, 12000, 20000]) {
      const output = resample(sine(frequencyHz, 48000, 9600), 48000, 16000);
      for (const sample of output.subarray(1200, 2000)) assert.ok(Math.abs(sample) < 1e-6);
    }
  });
});
