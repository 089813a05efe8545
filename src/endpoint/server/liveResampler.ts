import { pcm16FromSamples } from '../../audio/pcm16.ts';
import { PolyphaseFilter, polyphaseReach } from '../../audio/polyphaseFilter.ts';
import { resampledLength } from '../../audio/resampler.ts';
import { windowedSinc } from '../../audio/windowedSinc.ts';

/** What the recogniser hears. */
export const recogniserHz = 16_000;

/** Rates are multiples of this, so that the filter has not too many phases. */
const rateStepHz = 25;
const passBandEnd = 0.9;
const attenuationDb = 80;
const fullScale = 2 ** 15;

/** Whether audio of this rate can be resampled as it comes. */
export function canResample(rateHz: number): boolean {
  return rateHz >= 8000 && rateHz <= 48_000 && rateHz % rateStepHz === 0;
}

/**
 * Brings 16-bit audio to the recogniser's rate as it comes. One short filter, applied in the time
 * domain, holds back a few milliseconds only, where src/audio's `Resampler` gathers up to 0.2 s of
 * audio for its larger and sharper one: too late for text that is timed.
 */
export class LiveResampler {
  readonly #fromHz: number;
  readonly #filter: PolyphaseFilter | null;
  readonly #reach: number = 0;
  #inputCount = 0;
  #outputCount = 0;

  /** @param fromHz a rate that {@link canResample} */
  constructor(fromHz: number) {
    this.#fromHz = fromHz;
    if (fromHz === recogniserHz) {
      this.#filter = null;
      return;
    }
    const divisor = greatestCommonDivisor(fromHz, recogniserHz);
    const stopStart = Math.min(fromHz, recogniserHz) / 2 / fromHz;
    const kernel = windowedSinc({ passEnd: passBandEnd * stopStart, stopStart, attenuationDb });
    this.#reach = polyphaseReach(kernel);
    const ratio = { step: fromHz / divisor, phases: recogniserHz / divisor };
    this.#filter = new PolyphaseFilter(ratio, kernel);
    this.#filter.push(new Float64Array(this.#reach));
  }

  /** Takes the next samples and returns what has become computable, in memory of its own. */
  push(samples: Int16Array<ArrayBuffer>): Int16Array<ArrayBuffer> {
    if (this.#filter === null) return samples;
    this.#inputCount += samples.length;
    return this.#rounded(this.#filter.push(Float64Array.from(samples, (s) => s / fullScale)));
  }

  /** Returns the rest, filtered with silence after the end. */
  finish(): Int16Array<ArrayBuffer> {
    if (this.#filter === null) return new Int16Array(0);
    const length = resampledLength(this.#inputCount, this.#fromHz, recogniserHz);
    const output = this.#filter.push(new Float64Array(this.#reach + 1));
    return this.#rounded(output.subarray(0, Math.max(0, length - this.#outputCount)));
  }

  #rounded(output: Float64Array): Int16Array<ArrayBuffer> {
    this.#outputCount += output.length;
    return Int16Array.from(pcm16FromSamples(Float32Array.from(output)));
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
