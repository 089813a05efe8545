/**
 * A polyphase low-pass filter for a rate change of `phases`/`step` (in lowest terms). Row `p` of
 * `taps` (`tapsPerPhase` long) weighs the input around an output sample that lies `p / phases` of
 * an input sample after input sample `i`: tap `j` belongs to input sample `i - halfTaps + 1 + j`.
 */
export interface ResamplingFilter {
  phases: number;
  step: number;
  tapsPerPhase: number;
  halfTaps: number;
  taps: Float64Array;
}

/** Stop-band attenuation in dB: below the rounding noise of 16 and of 24-bit audio. */
const attenuationDb = 140;

/**
 * Where the pass band ends, as a part of the lower of the two Nyquist frequencies. The stop band
 * begins exactly at that Nyquist frequency, so nothing folds back.
 */
const passBandEnd = 0.915;

/**
 * Designs the filter: a Kaiser-windowed sinc (J. F. Kaiser, "Nonrecursive digital filter design
 * using the I0-sinh window function", 1974; the length and β formulas as in Oppenheim and Schafer,
 * "Discrete-Time Signal Processing", section 7.5), one row per phase, each scaled to a sum of 1 so
 * that a constant stays that constant.
 *
 * @param fromHz input rate, a positive integer
 * @param toHz output rate, a positive integer
 */
export function resamplingFilter(fromHz: number, toHz: number): ResamplingFilter {
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const phases = toHz / divisor;
  const step = fromHz / divisor;
  // Frequencies from here on are in cycles per input sample.
  const nyquist = Math.min(fromHz, toHz) / 2 / fromHz;
  const transition = nyquist * (1 - passBandEnd);
  const cutOff = nyquist - transition / 2;
  const halfLength = (attenuationDb - 7.95) / (14.36 * transition) / 2;
  const halfTaps = Math.ceil(halfLength / 2) * 2;
  const tapsPerPhase = 2 * halfTaps;
  const taps = new Float64Array(phases * tapsPerPhase);
  for (let phase = 0; phase < phases; phase++) {
    const row = taps.subarray(phase * tapsPerPhase, (phase + 1) * tapsPerPhase);
    fillRow(row, phase / phases, { halfLength, halfTaps, cutOff });
  }
  return { phases, step, tapsPerPhase, halfTaps, taps };
}

interface Kernel {
  halfLength: number;
  halfTaps: number;
  cutOff: number;
}

function fillRow(row: Float64Array, fraction: number, kernel: Kernel): void {
  const beta = 0.1102 * (attenuationDb - 8.7);
  const windowScale = 1 / besselI0(beta);
  let sum = 0;
  for (let tap = 0; tap < row.length; tap++) {
    const distance = fraction - (tap - kernel.halfTaps + 1);
    const position = distance / kernel.halfLength;
    if (Math.abs(position) >= 1) continue;
    const window = besselI0(beta * Math.sqrt(1 - position * position)) * windowScale;
    const value = sinc(2 * kernel.cutOff * distance) * window;
    row[tap] = value;
    sum += value;
  }
  for (let tap = 0; tap < row.length; tap++) row[tap]! /= sum;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** The modified Bessel function of the first kind and order 0, by its power series. */
function besselI0(x: number): number {
  const quarterSquare = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= quarterSquare / (k * k);
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
