import { laterRandomState, nextRandomState, randomBits } from './randomGenerator.ts';

/** Fills the array with indices in 0..count - 1, each ⌊u·count⌋ of the next random number u. */
export type IndexGenerator = (into: Int32Array, count: number) => void;

/**
 * Seeded indices for drawing with replacement: the same on every machine.
 *
 * @param first how many random numbers to leave out
 */
export function indexGenerator(seed: number, first = 0): IndexGenerator {
  let state = laterRandomState(seed, first);
  return (into, count) => {
    state = drawIndices(into, count, state);
  };
}

/** The state is a local number here: kept in a closure, it makes the loop three times as slow. */
function drawIndices(into: Int32Array, count: number, firstState: number): number {
  let state = firstState | 0;
  for (let position = 0; position < into.length; position++) {
    state = nextRandomState(state);
    // Storing cuts the fraction off.
    into[position] = (randomBits(state) / 2 ** 32) * count;
  }
  return state;
}
