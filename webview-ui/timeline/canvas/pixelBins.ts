/**
 * Counts what falls on each pixel column, for tracks whose items are closer than pixels. Flags
 * say what kinds of items are among them.
 */
export class PixelBins {
  #counts = new Uint32Array(0);
  #flags = new Uint8Array(0);
  #left = 0;
  #isEmpty = true;

  /** Forgets all and covers these columns, CSS pixels. */
  reset(left: number, width: number): void {
    const columns = Math.ceil(width) + 1;
    this.#left = Math.floor(left);
    if (this.#counts.length < columns) {
      this.#counts = new Uint32Array(columns);
      this.#flags = new Uint8Array(columns);
    } else if (!this.#isEmpty) {
      this.#counts.fill(0);
      this.#flags.fill(0);
    }
    this.#isEmpty = true;
  }

  /** Counts an item at a place; those outside are left out. */
  add(x: number, flags: number): void {
    const column = Math.floor(x) - this.#left;
    if (column < 0 || column >= this.#counts.length) return;
    this.#counts[column]! += 1;
    this.#flags[column]! |= flags;
    this.#isEmpty = false;
  }

  /** The largest count. */
  get most(): number {
    let most = 0;
    if (this.#isEmpty) return most;
    for (const count of this.#counts) if (count > most) most = count;
    return most;
  }

  /** Tells runs of columns with equal count and flags, left to right, without the empty ones. */
  eachRun(tell: (x: number, width: number, count: number, flags: number) => void): void {
    if (this.#isEmpty) return;
    const counts = this.#counts;
    const flags = this.#flags;
    let start = 0;
    for (let column = 1; column <= counts.length; column += 1) {
      const isSame = counts[column] === counts[start] && flags[column] === flags[start];
      if (isSame && column < counts.length) continue;
      if (counts[start]! > 0) {
        tell(this.#left + start, column - start, counts[start]!, flags[start]!);
      }
      start = column;
    }
  }
}
