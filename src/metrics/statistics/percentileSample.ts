import type { ResampledSample } from './bootstrapDifference.ts';
import { pooledPercentileSample } from './pooledPercentileSample.ts';
import { singlePercentileSample } from './singlePercentileSample.ts';

/**
 * Type 7 percentiles of all values of the units drawn, by the way that is fast for them: one value
 * a unit, or any number, as the words of a session or the items of a speaker.
 *
 * @param fractions ascending, for example [0.5, 0.95]
 */
export function percentileSample(
  unitValues: readonly ArrayLike<number>[],
  fractions: readonly number[],
): ResampledSample {
  const single = unitValues.length > 0 && unitValues.every(({ length }) => length === 1);
  if (!single) return pooledPercentileSample(unitValues, fractions);
  return singlePercentileSample(
    Float64Array.from(unitValues, (values) => values[0]!),
    fractions,
  );
}
