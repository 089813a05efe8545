import { BlockFilter } from './blockFilter.ts';
import { PolyphaseFilter, polyphaseReach } from './polyphaseFilter.ts';
import { windowedSinc } from './windowedSinc.ts';
import type { WindowedSinc } from './windowedSinc.ts';

/**
 * Number of samples that `sampleCount` samples become: ⌊n·to/from + 0.5⌋, computed without
 * rounding errors for any count that fits in memory.
 */
export function resampledLength(sampleCount: number, fromHz: number, toHz: number): number {
  const whole = Math.floor(sampleCount / fromHz);
  const rest = sampleCount - whole * fromHz;
  return whole * toHz + Math.floor((rest * toHz) / fromHz + 0.5);
}

/**
 * Where the pass band ends, as a part of the lower of the two Nyquist frequencies. The stop band
 * begins exactly at that Nyquist frequency, so nothing folds back.
 */
const passBandEnd = 0.915;

/** Below the rounding noise of 16-bit and of 24-bit audio. */
const sharpAttenuationDb = 140;
/** More, as the images of all phases add up; the filter is short, so this costs little. */
const readingAttenuationDb = 165;

/**
 * Changes the sample rate of one channel, block by block, with band-limited linear-phase filters in
 * two steps: a sharp low-pass at the input's rate, or at its double where the rates are close or
 * the rate goes up; then reading that at the output's instants, for which a short filter is enough.
 *
 * Nothing moves in time: output sample k speaks of the instant k / `toHz`. Outside the signal there
 * is silence. Push every block, then call `finish` once; the samples returned by all those calls,
 * one after another, are `resampledLength` many.
 */
export class Resampler {
  readonly #fromHz: number;
  readonly #toHz: number;
  readonly #filters: Filters | null;
  #inputCount = 0;
  #outputCount = 0;

  /**
   * @param fromHz input rate, a positive integer
   * @param toHz output rate, a positive integer
   */
  constructor(fromHz: number, toHz: number) {
    this.#fromHz = fromHz;
    this.#toHz = toHz;
    this.#filters = fromHz === toHz ? null : designFilters(fromHz, toHz);
  }

  /** Takes the next samples and returns what has become computable, possibly nothing. */
  push(samples: Float32Array): Float32Array {
    this.#inputCount += samples.length;
    if (!this.#filters) return samples;
    const { sharp, reading, stuffing } = this.#filters;
    const output = reading.push(sharp.push(stuffed(samples, stuffing)));
    this.#outputCount += output.length;
    return Float32Array.from(output);
  }

  /** Returns the rest, filtered with silence after the end. */
  finish(): Float32Array {
    if (!this.#filters) return new Float32Array(0);
    const { sharp, reading, stuffing, reach } = this.#filters;
    const sharpEnd = this.#inputCount * stuffing + reach + 1;
    const output = reading.push(sharp.finishAt(sharpEnd));
    const length = resampledLength(this.#inputCount, this.#fromHz, this.#toHz);
    return Float32Array.from(output.subarray(0, length - this.#outputCount));
  }
}

interface Filters {
  /** Factor by which zeros between its samples raise the input's rate. */
  stuffing: number;
  sharp: BlockFilter;
  reading: PolyphaseFilter;
  /** Of the reading filter, in samples to either side. */
  reach: number;
}

function designFilters(fromHz: number, toHz: number): Filters {
  // The reading filter needs room between the sound and its first image.
  const stuffing = fromHz >= 1.5 * toHz ? 1 : 2;
  const stuffedHz = fromHz * stuffing;
  const divisor = greatestCommonDivisor(stuffedHz, toHz);
  const ratio = { step: stuffedHz / divisor, phases: toHz / divisor };
  const nyquist = Math.min(fromHz, toHz) / 2 / stuffedHz;
  const kernel =
    ratio.phases === 1
      ? sampleItself
      : windowedSinc({
          passEnd: nyquist,
          stopStart: 1 - nyquist,
          attenuationDb: readingAttenuationDb,
        });
  const reach = polyphaseReach(kernel);
  const sharp = windowedSinc({
    passEnd: passBandEnd * nyquist,
    stopStart: nyquist,
    attenuationDb: sharpAttenuationDb,
  });
  return {
    stuffing,
    sharp: new BlockFilter(symmetricTaps(sharp, stuffing), reach),
    reading: new PolyphaseFilter(ratio, kernel),
    reach,
  };
}

/** Where every output instant is that of an input sample, there is nothing to interpolate. */
const sampleItself: WindowedSinc = {
  halfLength: 1,
  at: (distance) => (distance === 0 ? 1 : 0),
};

/** An odd number of weights that sum up to `gain`. */
function symmetricTaps(kernel: WindowedSinc, gain: number): Float64Array {
  const halfTaps = Math.ceil(kernel.halfLength);
  const taps = Float64Array.from({ length: 2 * halfTaps + 1 }, (_, i) => kernel.at(i - halfTaps));
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => (tap / sum) * gain);
}

function stuffed(samples: Float32Array, factor: number): Float32Array {
  if (factor === 1) return samples;
  const result = new Float32Array(samples.length * factor);
  samples.forEach((sample, i) => (result[i * factor] = sample));
  return result;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
