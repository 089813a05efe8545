import { meanOf, sampleStandardDeviation } from './distribution.ts';
import { normalTwoSidedP } from './normal.ts';

export interface MatchedPairs {
  mean: number;
  std: number;
  z: number;
  p: number;
}

/**
 * Z = mean / (std / √n) of paired differences with its two-sided normal p, as the matched-pairs
 * test on segments (Gillick and Cox 1989); null below two differences or when all are equal.
 */
export function matchedPairs(differences: readonly number[]): MatchedPairs | null {
  const mean = meanOf(differences);
  const std = sampleStandardDeviation(differences);
  if (mean === null || std === null || std === 0) return null;
  const z = mean / (std / Math.sqrt(differences.length));
  return { mean, std, z, p: normalTwoSidedP(z) };
}
