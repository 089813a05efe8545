const smallestCapacity = 16_000;

/**
 * Audio by absolute sample number, of which the oldest part can be let go. Holds mono samples in
 * [-1, 1].
 */
export class PcmBuffer {
  #data = new Float32Array(smallestCapacity);
  #startSample = 0;
  #length = 0;

  /** The oldest sample still held. */
  get startSample(): number {
    return this.#startSample;
  }

  /** One past the newest sample. */
  get endSample(): number {
    return this.#startSample + this.#length;
  }

  append(samples: Int16Array): void {
    this.#reserve(this.#length + samples.length);
    for (let index = 0; index < samples.length; index += 1) {
      this.#data[this.#length + index] = (samples[index] ?? 0) / 32_768;
    }
    this.#length += samples.length;
  }

  /** Lets go of everything before `sample`. */
  discardBefore(sample: number): void {
    const count = Math.min(Math.max(sample - this.#startSample, 0), this.#length);
    // Moving the rest is put off until it is worth it, so that each sample is moved rarely.
    if (count < this.#length / 2) return;
    this.#data.copyWithin(0, count, this.#length);
    this.#startSample += count;
    this.#length -= count;
  }

  /**
   * A copy of the half-open span; the parts of it that are not held (let go, or not there yet)
   * are silence.
   */
  slice(startSample: number, endSample: number): Float32Array {
    const copy = new Float32Array(endSample - startSample);
    const from = Math.max(startSample, this.#startSample);
    const to = Math.min(endSample, this.endSample);
    if (from < to) {
      const held = this.#data.subarray(from - this.#startSample, to - this.#startSample);
      copy.set(held, from - startSample);
    }
    return copy;
  }

  #reserve(length: number): void {
    if (length <= this.#data.length) return;
    const grown = new Float32Array(Math.max(length, this.#data.length * 2));
    grown.set(this.#data.subarray(0, this.#length));
    this.#data = grown;
  }
}
