import type { ResampledSample } from './bootstrapDifference.ts';

/**
 * The ratio of sums, Σ numerators / Σ denominators, as a word error rate is: errors by words. One
 * pair for each unit; a block's are its sums.
 */
export function ratioSample(
  numerators: readonly number[],
  denominators: readonly number[],
): ResampledSample {
  const above = Float64Array.from(numerators);
  const below = Float64Array.from(denominators);
  return {
    units: above.length,
    statistics: 1,
    evaluate: (drawn, into) => {
      let numerator = 0;
      let denominator = 0;
      // Plain loops: iterators over typed arrays take three times as long.
      const draws = drawn.length;
      for (let position = 0; position < draws; position++) {
        const unit = drawn[position]!;
        numerator += above[unit]!;
        denominator += below[unit]!;
      }
      into[0] = denominator > 0 ? numerator / denominator : NaN;
    },
  };
}
