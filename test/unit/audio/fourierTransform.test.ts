import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { BlockFilter } from '../../../src/audio/blockFilter.ts';
import { FourierTransform } from '../../../src/audio/fourierTransform.ts';

const finite = { min: -1, max: 1, noNaN: true } as const;

describe('FourierTransform', () => {
  test('is the sum it is defined by', () => {
    const size = 16;
    const samples = fc.float64Array({ ...finite, minLength: size, maxLength: size });
    fc.assert(
      fc.property(samples, samples, (real, imaginary) => {
        const [re, im] = [Float64Array.from(real), Float64Array.from(imaginary)];
        new FourierTransform(size).transform(re, im);
        for (let k = 0; k < size; k++) {
          let sumRe = 0;
          let sumIm = 0;
          for (let n = 0; n < size; n++) {
            const angle = (-2 * Math.PI * k * n) / size;
            sumRe += real[n]! * Math.cos(angle) - imaginary[n]! * Math.sin(angle);
            sumIm += real[n]! * Math.sin(angle) + imaginary[n]! * Math.cos(angle);
          }
          assert.ok(Math.abs(re[k]! - sumRe) < 1e-12 && Math.abs(im[k]! - sumIm) < 1e-12);
        }
      }),
    );
  });

  test('and back with the arrays swapped gives the signal times its length', () => {
    for (const size of [2, 4, 64, 4096]) {
      const real = Float64Array.from({ length: size }, (_, i) => Math.sin(i * i));
      const imaginary = Float64Array.from({ length: size }, (_, i) => Math.cos(i * i * i));
      const [re, im] = [Float64Array.from(real), Float64Array.from(imaginary)];
      const fourier = new FourierTransform(size);
      fourier.transform(re, im);
      fourier.transform(im, re);
      for (let i = 0; i < size; i++) {
        assert.ok(Math.abs(re[i]! / size - real[i]!) < 1e-12);
        assert.ok(Math.abs(im[i]! / size - imaginary[i]!) < 1e-12);
      }
    }
  });
});

describe('BlockFilter', () => {
  test('is the plain weighted sum, in blocks of any size', () => {
    const taps = fc
      .float64Array({ ...finite, minLength: 1, maxLength: 10 })
      .map((half) => Float64Array.of(...half, 0.5, ...half.toReversed()));
    const input = fc.float32Array({ ...finite, maxLength: 300 });
    const lead = fc.nat(5);
    fc.assert(
      fc.property(
        taps,
        input,
        lead,
        fc.integer({ min: 1, max: 100 }),
        (weights, x, before, size) => {
          const filter = new BlockFilter(weights, before);
          const output: number[] = [];
          for (let start = 0; start < x.length; start += size) {
            output.push(...filter.push(x.subarray(start, start + size)));
          }
          const end = x.length + 3;
          output.push(...filter.finishAt(end));
          assert.equal(output.length, before + end);
          const half = (weights.length - 1) / 2;
          output.forEach((value, i) => {
            const time = i - before;
            const sum = weights.reduce((total, w, j) => total + w * (x[time + half - j] ?? 0), 0);
            assert.ok(Math.abs(value - sum) < 1e-12);
          });
        },
      ),
    );
  });
});
