/** Samples of a stream that are still needed: appended at the end, dropped from the start. */
export class SampleQueue {
  /** Valid up to `length`. */
  samples = new Float64Array(0);
  length = 0;

  append(more: ArrayLike<number>): void {
    const needed = this.length + more.length;
    if (needed > this.samples.length) {
      const larger = new Float64Array(Math.max(needed, 2 * this.samples.length));
      larger.set(this.samples.subarray(0, this.length));
      this.samples = larger;
    }
    this.samples.set(more, this.length);
    this.length = needed;
  }

  drop(count: number): void {
    this.samples.copyWithin(0, count, this.length);
    this.length -= count;
  }
}
