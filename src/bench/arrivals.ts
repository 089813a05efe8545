import { randomGenerator } from '../metrics/statistics/randomGenerator.ts';
import type { OpenLoad } from '../plan/load.ts';
import { whenSummedMs } from './ramps.ts';

/**
 * When sessions of an open load start, in milliseconds. Metrics specification 7.1.
 *
 * @param recordedMs of a load that repeats starts: these, in ascending order, the first at 0
 */
export function startOffsetsMs(
  load: OpenLoad,
  count: number,
  recordedMs: readonly number[] = [],
): number[] {
  switch (load.kind) {
    case 'constant':
      return Array.from({ length: count }, (_, i) => (i * 1000) / load.perSecond);
    case 'poisson':
    case 'gamma':
      return randomOffsetsMs(load, count);
    case 'ramp':
      return Array.from({ length: count }, (_, i) => whenSummedMs(load, i));
    case 'trace':
      return repeatedMs(recordedMs, count).map((ms) => ms * load.timeScale);
  }
}

type RandomLoad = Extract<OpenLoad, { seed: number }>;

/**
 * Each session starts a gap after the one before, the first a gap after 0: exponential gaps are
 * −ln(1−u)/λ, gamma gaps have the mean 1/λ.
 */
function randomOffsetsMs(load: RandomLoad, count: number): number[] {
  const random = randomGenerator(load.seed);
  const gap =
    load.kind === 'poisson'
      ? () => -Math.log(1 - random())
      : () => gamma(load.burstiness, random) / load.burstiness;
  let atMs = 0;
  return Array.from({ length: count }, () => (atMs += (gap() * 1000) / load.perSecond));
}

/** A recording that is too short begins again, a mean gap after its last start. */
function repeatedMs(recordedMs: readonly number[], count: number): number[] {
  const lastMs = recordedMs.at(-1) ?? 0;
  const periodMs = lastMs + lastMs / Math.max(1, recordedMs.length - 1);
  return Array.from({ length: count }, (_, i) => {
    const round = Math.floor(i / recordedMs.length);
    return round * periodMs + recordedMs[i % recordedMs.length]!;
  });
}

/** Of scale 1, by rejection (Marsaglia and Tsang 2000), which needs a shape of 1 or more. */
function gamma(shape: number, random: () => number): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Box and Muller's. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
