import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as z from 'zod';

// What SciPy and mpmath answered: see makeVectors.py beside the file.

const numbers = z.array(z.number()).min(1);

const vectorFile = z.object({
  mannWhitney: z
    .array(z.object({ a: numbers, b: numbers, exact: z.boolean(), u: z.number(), p: z.number() }))
    .min(90),
  fisher: z.array(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()])).min(150),
  wilson: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])).min(100),
  normal: z.array(z.tuple([z.number(), z.number()])).min(20),
  hodgesLehmann: z
    .array(z.object({ a: numbers, b: numbers, shift: z.number(), delta: z.number() }))
    .min(60),
  signFlip: z.array(z.object({ differences: numbers, p: z.number() })).min(40),
});

const file = new URL('../../../fixtures/statistics/vectors.json', import.meta.url);

export const statisticsVectors = vectorFile.parse(JSON.parse(readFileSync(file, 'utf8')));

/** Fails unless the values differ by at most the tolerance, relative to the larger one. */
export function assertClose(actual: number, expected: number, tolerance: number): void {
  const scale = Math.max(Math.abs(actual), Math.abs(expected));
  assert.ok(Math.abs(actual - expected) <= tolerance * scale, `${actual}, expected ${expected}`);
}

/** Fails unless the value rounds to the digits published. */
export function assertDigits(actual: number, published: number, decimals: number): void {
  assert.ok(Math.abs(actual - published) <= 0.5000001 * 10 ** -decimals, String(actual));
}
