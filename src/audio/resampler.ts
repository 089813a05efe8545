import { resamplingFilter } from './resamplingFilter.ts';
import type { ResamplingFilter } from './resamplingFilter.ts';

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
 * Changes the sample rate of one channel, block by block, with a band-limited linear-phase filter.
 * The filter is centred: output sample k speaks of the instant k / `toHz`, so no sound moves in
 * time, and outside the signal there is silence. Push every block, then call `finish` once; the
 * samples returned by all those calls, one after another, are `resampledLength` many.
 */
export class Resampler {
  readonly #fromHz: number;
  readonly #toHz: number;
  readonly #filter: ResamplingFilter | null;
  /** Input still needed, from input sample `#firstIndex` on. Starts with the silence before. */
  #window: Float64Array;
  #windowLength: number;
  #firstIndex: number;
  #inputCount = 0;
  #outputCount = 0;

  /**
   * @param fromHz input rate, a positive integer
   * @param toHz output rate, a positive integer
   */
  constructor(fromHz: number, toHz: number) {
    this.#fromHz = fromHz;
    this.#toHz = toHz;
    this.#filter = fromHz === toHz ? null : resamplingFilter(fromHz, toHz);
    this.#windowLength = this.#filter ? this.#filter.halfTaps - 1 : 0;
    this.#window = new Float64Array(this.#windowLength);
    this.#firstIndex = -this.#windowLength;
  }

  /** Takes the next samples and returns what has become computable, possibly nothing. */
  push(samples: Float32Array): Float32Array {
    this.#inputCount += samples.length;
    if (!this.#filter) return samples;
    this.#append(samples);
    return this.#filtered(this.#filter, this.#computableLength(this.#filter));
  }

  /** Returns the rest, filtered with silence after the end. */
  finish(): Float32Array {
    if (!this.#filter) return new Float32Array(0);
    this.#append(new Float32Array(this.#filter.halfTaps));
    return this.#filtered(
      this.#filter,
      resampledLength(this.#inputCount, this.#fromHz, this.#toHz),
    );
  }

  #append(samples: Float32Array): void {
    const needed = this.#windowLength + samples.length;
    if (needed > this.#window.length) {
      const larger = new Float64Array(needed);
      larger.set(this.#window.subarray(0, this.#windowLength));
      this.#window = larger;
    }
    this.#window.set(samples, this.#windowLength);
    this.#windowLength = needed;
  }

  /** How many output samples in all can be computed from the input so far. */
  #computableLength(filter: ResamplingFilter): number {
    const lastCentre = this.#firstIndex + this.#windowLength - 1 - filter.halfTaps;
    if (lastCentre < 0) return 0;
    return Math.floor(((lastCentre + 1) * filter.phases - 1) / filter.step) + 1;
  }

  /** Output samples up to (not including) number `end`; forgets the input they leave behind. */
  #filtered(filter: ResamplingFilter, end: number): Float32Array {
    const count = Math.max(0, end - this.#outputCount);
    const output = new Float32Array(count);
    const { phases, step } = filter;
    let centre = Math.floor((this.#outputCount * step) / phases);
    let phase = this.#outputCount * step - centre * phases;
    for (let k = 0; k < count; k++) {
      const from = centre - filter.halfTaps + 1 - this.#firstIndex;
      output[k] = dotProduct(this.#window, from, filter, phase);
      phase += step;
      centre += Math.floor(phase / phases);
      phase %= phases;
    }
    this.#outputCount += count;
    this.#forgetBefore(centre - filter.halfTaps + 1);
    return output;
  }

  #forgetBefore(index: number): void {
    const forgotten = Math.min(Math.max(0, index - this.#firstIndex), this.#windowLength);
    this.#window.copyWithin(0, forgotten, this.#windowLength);
    this.#windowLength -= forgotten;
    this.#firstIndex += forgotten;
  }
}

/** Four sums at a time: independent additions keep the processor's pipeline full. */
function dotProduct(
  window: Float64Array,
  from: number,
  filter: ResamplingFilter,
  phase: number,
): number {
  const { taps, tapsPerPhase } = filter;
  const row = phase * tapsPerPhase;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let j = 0; j < tapsPerPhase; j += 4) {
    a += window[from + j]! * taps[row + j]!;
    b += window[from + j + 1]! * taps[row + j + 1]!;
    c += window[from + j + 2]! * taps[row + j + 2]!;
    d += window[from + j + 3]! * taps[row + j + 3]!;
  }
  return a + b + (c + d);
}
