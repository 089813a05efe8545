/** Finds the least and the greatest of every so many samples, block by block. */
export class PeakFinder {
  readonly #samplesPerPeak: number;
  /** Of the entry under way. */
  #least = 0;
  #greatest = 0;
  #count = 0;

  constructor(samplesPerPeak: number) {
    this.#samplesPerPeak = samplesPerPeak;
  }

  /** The entries that these samples complete: least and greatest in turn. */
  push(samples: Int16Array): Int16Array<ArrayBuffer> {
    const entries = Math.floor((this.#count + samples.length) / this.#samplesPerPeak);
    const minMax = new Int16Array(2 * entries);
    let place = 0;
    for (const sample of samples) {
      if (this.#count === 0 || sample < this.#least) this.#least = sample;
      if (this.#count === 0 || sample > this.#greatest) this.#greatest = sample;
      this.#count += 1;
      if (this.#count < this.#samplesPerPeak) continue;
      minMax[place++] = this.#least;
      minMax[place++] = this.#greatest;
      this.#count = 0;
    }
    return minMax;
  }

  /** The entry of the samples that are left; empty where none are. */
  finish(): Int16Array<ArrayBuffer> {
    if (this.#count === 0) return new Int16Array(0);
    this.#count = 0;
    return Int16Array.of(this.#least, this.#greatest);
  }
}
