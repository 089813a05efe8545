import { FourierTransform } from './fourierTransform.ts';
import { SampleQueue } from './sampleQueue.ts';

/**
 * A long symmetric filter over a stream, by multiplying spectra (overlap-save; Oppenheim and
 * Schafer, "Discrete-Time Signal Processing", section 8.7.3). The output is aligned with the input:
 * sample for sample the same time. As the filter is real, two frames are filtered in one go, one as
 * the real and one as the imaginary part.
 */
export class BlockFilter {
  readonly #halfTaps: number;
  readonly #size: number;
  /** Output samples of one frame. */
  readonly #valid: number;
  readonly #fourier: FourierTransform;
  /** Of the filter, divided by the frame size: real and imaginary part. */
  readonly #spectrum: [Float64Array, Float64Array];
  readonly #queue = new SampleQueue();
  /** Number of the next output sample, counted from the first input sample. */
  #position: number;

  /**
   * @param taps an odd number of weights; the middle one belongs to the output's own time
   * @param lead how many samples before the first input the output begins (silence comes before)
   */
  constructor(taps: Float64Array, lead: number) {
    this.#halfTaps = (taps.length - 1) / 2;
    this.#size = 2 ** Math.ceil(Math.log2(4 * taps.length));
    this.#valid = this.#size - 2 * this.#halfTaps;
    this.#fourier = new FourierTransform(this.#size);
    const real = new Float64Array(this.#size);
    const imaginary = new Float64Array(this.#size);
    taps.forEach((tap, i) => (real[i] = tap / this.#size));
    this.#fourier.transform(real, imaginary);
    this.#spectrum = [real, imaginary];
    this.#queue.append(new Float64Array(this.#halfTaps + lead));
    this.#position = -lead;
  }

  /** Takes the next samples and returns what has become computable, possibly nothing. */
  push(samples: Float32Array): Float64Array {
    this.#queue.append(samples);
    const pairs = Math.max(
      0,
      Math.floor((this.#queue.length - 2 * this.#halfTaps) / this.#valid / 2),
    );
    const output = new Float64Array(pairs * 2 * this.#valid);
    for (let pair = 0; pair < pairs; pair++) {
      this.#filterPair(output, pair * 2 * this.#valid);
    }
    this.#queue.drop(output.length);
    this.#position += output.length;
    return output;
  }

  /** Returns the rest up to (not including) sample number `end`, with silence after the input. */
  finishAt(end: number): Float64Array {
    const count = end - this.#position;
    const frames = 2 * Math.ceil(count / this.#valid / 2);
    const needed = frames * this.#valid + 2 * this.#halfTaps;
    const silence = new Float32Array(Math.max(0, needed - this.#queue.length));
    return this.push(silence).subarray(0, count);
  }

  #filterPair(output: Float64Array, outputStart: number): void {
    const { samples } = this.#queue;
    const secondStart = outputStart + this.#valid;
    const real = samples.slice(outputStart, outputStart + this.#size);
    const imaginary = samples.slice(secondStart, secondStart + this.#size);
    this.#fourier.transform(real, imaginary);
    const [spectrumReal, spectrumImaginary] = this.#spectrum;
    for (let k = 0; k < this.#size; k++) {
      const re = real[k]!;
      const im = imaginary[k]!;
      real[k] = re * spectrumReal[k]! - im * spectrumImaginary[k]!;
      imaginary[k] = re * spectrumImaginary[k]! + im * spectrumReal[k]!;
    }
    this.#fourier.transform(imaginary, real);
    // The first samples are wrapped round from the end of the frame.
    output.set(real.subarray(2 * this.#halfTaps), outputStart);
    output.set(imaginary.subarray(2 * this.#halfTaps), secondStart);
  }
}
