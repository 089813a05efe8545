import { randomGenerator } from '../metrics/statistics/randomGenerator.ts';
import type { OpenLoad } from '../plan/load.ts';

/**
 * When sessions of an open load start, in milliseconds. At a constant rate λ the i-th starts at i/λ;
 * at random each starts a gap after the one before, the first a gap after 0: exponential gaps are
 * −ln(1−u)/λ, gamma gaps have the mean 1/λ. Metrics specification 7.1.
 */
export function startOffsetsMs(load: OpenLoad, count: number): number[] {
  const meanMs = 1000 / load.perSecond;
  if (load.kind === 'constant') return Array.from({ length: count }, (_, i) => i * meanMs);
  const random = randomGenerator(load.seed);
  const gap =
    load.kind === 'poisson'
      ? () => -Math.log(1 - random())
      : () => gamma(load.burstiness, random) / load.burstiness;
  let atMs = 0;
  return Array.from({ length: count }, () => (atMs += gap() * meanMs));
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
