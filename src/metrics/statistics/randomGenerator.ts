/**
 * Seeded generator of numbers in [0, 1), mulberry32 (Tommy Ettinger, public domain): the same
 * seed gives the same resamples on every machine.
 */
export function randomGenerator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = nextRandomState(state);
    return randomBits(state) / 2 ** 32;
  };
}

const step = 0x6d2b79f5;

/** The generator's next 32-bit state; for loops too hot for a closure. */
export function nextRandomState(state: number): number {
  return (state + step) | 0;
}

/** The state after so many numbers. */
export function laterRandomState(state: number, numbers: number): number {
  return (state + Math.imul(step, numbers)) | 0;
}

/** The random number of a state: an integer of 32 bits, 0 or more. */
export function randomBits(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
}
