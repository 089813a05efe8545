import type { ResampledSample } from './bootstrapDifference.ts';

/** Any statistic of one value per unit, such as the mean: the values of each resample are copied. */
export function valueSample(
  values: readonly number[],
  statistic: (resample: Float64Array) => number,
): ResampledSample {
  const all = Float64Array.from(values);
  const resample = new Float64Array(all.length);
  return {
    units: all.length,
    statistics: 1,
    evaluate: (drawn, into) => {
      for (let position = 0; position < drawn.length; position++) {
        resample[position] = all[drawn[position]!]!;
      }
      into[0] = statistic(resample);
    },
  };
}
