import { randomGenerator } from './randomGenerator.ts';
import { throwIfStopped, type StatisticsControl } from './statisticsControl.ts';

export interface SignFlipResult {
  /** Mean of the differences. */
  mean: number;
  p: number;
  method: 'exact' | 'sampled';
  /** Sign patterns whose mean is at least as far from 0 as that of the data. */
  extreme: number;
  /** Sign patterns looked at. */
  patterns: number;
  /** The smallest p that so many differences can give. */
  smallestP: number;
}

export interface SignFlipOptions extends StatisticsControl {
  /** Patterns drawn when there are too many to go through all. Default 10,000. */
  draws?: number;
  seed?: number;
}

/** Up to this many differences all sign patterns are gone through: a million. */
const mostExact = 20;

/** Signs that one table of partial sums covers: half a byte, so that all tables stay in the cache. */
const groupSize = 4;
const groupPatterns = 2 ** groupSize;
/** Sums for the signs of a byte: two groups. */
const bytePatterns = 2 * groupPatterns;

/**
 * Two-sided sign-flip permutation test that paired differences are symmetric about 0 (Fisher
 * 1935), on their mean: exact up to 20 differences, else with seeded draws. Each random number of
 * 32 bits gives the signs of 32 differences, the lowest bit the first; p is then
 * (extreme + 1) / (draws + 1), which is never 0 and keeps the level (Phipson and Smyth 2010).
 *
 * For correlated differences, such as those of one speaker, pass the sum of each block.
 *
 * @returns null without differences
 */
export function signFlipTest(
  differences: readonly number[],
  options: SignFlipOptions = {},
): SignFlipResult | null {
  if (differences.length === 0) return null;
  const sums = partialSums(differences);
  const observed = sumOf(sums, new Uint8Array(sums.length / bytePatterns));
  const size = differences.reduce((sum, difference) => sum + Math.abs(difference), 0);
  // Sums that are equal but for rounding count as equally extreme.
  const limit = Math.abs(observed) - 1e-12 * size;
  const mean = observed / differences.length;
  if (differences.length <= mostExact) {
    const patterns = 2 ** differences.length;
    const extreme = countAll(sums, patterns, limit);
    const smallestP = Math.min(1, 2 / patterns);
    return { mean, p: extreme / patterns, method: 'exact', extreme, patterns, smallestP };
  }
  const patterns = options.draws ?? 10_000;
  // Signs of zeros make no difference.
  const extreme = size === 0 ? patterns : countDrawn(sums, { ...options, draws: patterns, limit });
  const p = (extreme + 1) / (patterns + 1);
  return { mean, p, method: 'sampled', extreme, patterns, smallestP: 1 / (patterns + 1) };
}

/** For every four differences, one after the other, their sum under each of 16 sign patterns. */
function partialSums(differences: readonly number[]): Float64Array {
  const groups = 2 * Math.ceil(differences.length / (2 * groupSize));
  const sums = new Float64Array(groups * groupPatterns);
  for (let group = 0; group < groups; group++) {
    const first = group * groupSize;
    const start = group * groupPatterns;
    const members = Math.max(0, Math.min(groupSize, differences.length - first));
    let sum = 0;
    for (let member = 0; member < members; member++) sum += differences[first + member]!;
    sums[start] = sum;
    for (let member = 0; member < groupSize; member++) {
      const twice = member < members ? 2 * differences[first + member]! : 0;
      const bit = 2 ** member;
      // The patterns with this as their highest bit are those without it, one sign turned.
      for (let lower = 0; lower < bit; lower++) {
        sums[start + bit + lower] = sums[start + lower]! - twice;
      }
    }
  }
  return sums;
}

/** The sum under the pattern whose bits, eight to a byte, say which signs to turn. */
function sumOf(sums: Float64Array, bytes: Uint8Array): number {
  let sum = 0;
  for (let start = 0, at = 0; start < sums.length; start += bytePatterns, at++) {
    const byte = bytes[at]!;
    sum += sums[start + (byte & 15)]! + sums[start + groupPatterns + (byte >> 4)]!;
  }
  return sum;
}

function countAll(sums: Float64Array, patterns: number, limit: number): number {
  const bytes = new Uint8Array(sums.length / bytePatterns);
  let extreme = 0;
  for (let pattern = 0; pattern < patterns; pattern++) {
    for (let at = 0; at < bytes.length; at++) bytes[at] = pattern >> (8 * at);
    if (Math.abs(sumOf(sums, bytes)) >= limit) extreme++;
  }
  return extreme;
}

function countDrawn(
  sums: Float64Array,
  options: SignFlipOptions & { draws: number; limit: number },
): number {
  const random = randomGenerator(options.seed ?? 42);
  const words = new Uint32Array(Math.ceil(sums.length / bytePatterns / 4));
  const view = new DataView(words.buffer);
  const bytes = new Uint8Array(words.buffer);
  let extreme = 0;
  for (let draw = 0; draw < options.draws; draw++) {
    throwIfStopped(options, draw / options.draws, draw);
    // Little-endian everywhere, so that every machine draws the same signs.
    for (let at = 0; at < words.byteLength; at += 4) view.setUint32(at, random() * 2 ** 32, true);
    if (Math.abs(sumOf(sums, bytes)) >= options.limit) extreme++;
  }
  return extreme;
}
