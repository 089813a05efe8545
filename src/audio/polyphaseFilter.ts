import type { WindowedSinc } from './windowedSinc.ts';
import { SampleQueue } from './sampleQueue.ts';

/**
 * Reads a band-limited stream at instants between its samples, at a fixed rational ratio of rates:
 * output k lies at input sample k · `step` / `phases`. There is one row of weights per phase, each
 * scaled to a sum of 1 so that a constant stays that constant.
 */
export class PolyphaseFilter {
  readonly #phases: number;
  readonly #step: number;
  readonly #halfTaps: number;
  readonly #weights: Float64Array;
  readonly #queue = new SampleQueue();
  /** Number of the input sample at the start of the queue. */
  #firstIndex: number;
  #centre = 0;
  #phase = 0;

  /**
   * @param ratio input rate over output rate, as `step` over `phases` in lowest terms
   * @param kernel the impulse response, in input samples
   */
  constructor(ratio: { step: number; phases: number }, kernel: WindowedSinc) {
    this.#phases = ratio.phases;
    this.#step = ratio.step;
    this.#halfTaps = polyphaseReach(kernel);
    this.#weights = phaseWeights(ratio.phases, this.#halfTaps, kernel);
    this.#firstIndex = -this.#halfTaps;
  }

  /**
   * Takes the next samples; the very first is `polyphaseReach` samples before time 0. Returns what
   * has become computable, possibly nothing.
   */
  push(samples: Float64Array): Float64Array {
    this.#queue.append(samples);
    const lastCentre = this.#firstIndex + this.#queue.length - 1 - this.#halfTaps;
    const phasesLeft = (lastCentre + 1 - this.#centre) * this.#phases - this.#phase;
    const output = new Float64Array(Math.max(0, Math.ceil(phasesLeft / this.#step)));
    for (let k = 0; k < output.length; k++) {
      output[k] = this.#weighted();
      this.#phase += this.#step;
      this.#centre += Math.floor(this.#phase / this.#phases);
      this.#phase %= this.#phases;
    }
    const passed = Math.min(this.#centre - this.#halfTaps - this.#firstIndex, this.#queue.length);
    if (passed > 0) {
      this.#queue.drop(passed);
      this.#firstIndex += passed;
    }
    return output;
  }

  #weighted(): number {
    const width = 2 * this.#halfTaps;
    const { samples } = this.#queue;
    const start = this.#centre - this.#halfTaps + 1 - this.#firstIndex;
    const row = this.#phase * width;
    let sum = 0;
    for (let tap = 0; tap < width; tap++) sum += samples[start + tap]! * this.#weights[row + tap]!;
    return sum;
  }
}

/** How far a kernel reaches to either side, in whole input samples. */
export function polyphaseReach(kernel: WindowedSinc): number {
  return Math.ceil(kernel.halfLength);
}

/** Tap j of a row belongs to the input sample `halfTaps - 1 - j` before the centre. */
function phaseWeights(phases: number, halfTaps: number, kernel: WindowedSinc): Float64Array {
  const width = 2 * halfTaps;
  const weights = new Float64Array(phases * width);
  for (let phase = 0; phase < phases; phase++) {
    const row = weights.subarray(phase * width, (phase + 1) * width);
    row.forEach((_, tap) => (row[tap] = kernel.at(phase / phases - (tap - halfTaps + 1))));
    const sum = row.reduce((total, weight) => total + weight, 0);
    row.forEach((weight, tap) => (row[tap] = weight / sum));
  }
  return weights;
}
