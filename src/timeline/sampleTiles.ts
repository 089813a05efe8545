import type { MinMax } from './peakLevels.ts';

/** Samples that are asked for at once: 4 s of audio at 16 kHz. */
export const samplesPerTile = 65_536;

/** Tiles kept; the least lately used goes first. 8 MB. */
const tilesKept = 64;

/**
 * Samples as they are, for views too close for peaks. Asks for the stretches it lacks, once each,
 * and keeps those that were used last.
 */
export class SampleTiles {
  readonly #totalSamples: number;
  readonly #ask: (fromSample: number, count: number) => void;
  readonly #asked = new Set<number>();
  /** In the order of use. */
  readonly #tiles = new Map<number, Int16Array>();

  constructor(totalSamples: number, ask: (fromSample: number, count: number) => void) {
    this.#totalSamples = totalSamples;
    this.#ask = ask;
  }

  /** Takes in an answer. It has to begin where a tile does, as all that is asked for does. */
  add(fromSample: number, samples: Int16Array): void {
    if (fromSample % samplesPerTile !== 0) return;
    for (let offset = 0; offset < samples.length; offset += samplesPerTile) {
      const tile = (fromSample + offset) / samplesPerTile;
      this.#asked.delete(tile);
      this.#tiles.delete(tile);
      this.#tiles.set(tile, samples.subarray(offset, offset + samplesPerTile));
    }
    for (const oldest of this.#tiles.keys()) {
      if (this.#tiles.size <= tilesKept) break;
      this.#tiles.delete(oldest);
    }
  }

  /**
   * Whether all samples of the stretch are here; asks for those that are not.
   *
   * @param toSample the first sample that does not count
   */
  prepare(fromSample: number, toSample: number): boolean {
    const first = Math.floor(Math.max(0, fromSample) / samplesPerTile);
    const last = Math.ceil(Math.min(this.#totalSamples, toSample) / samplesPerTile) - 1;
    let isComplete = true;
    for (let tile = first; tile <= last; tile += 1) {
      const samples = this.#tiles.get(tile);
      if (samples) {
        this.#tiles.delete(tile);
        this.#tiles.set(tile, samples);
      } else {
        isComplete = false;
        this.#askFor(tile);
      }
    }
    return isComplete;
  }

  /** Asks again for what has not arrived. */
  forgetQuestions(): void {
    this.#asked.clear();
  }

  /** One sample; null where it has not arrived. */
  at(sample: number): number | null {
    const tile = this.#tiles.get(Math.floor(sample / samplesPerTile));
    return tile?.[sample % samplesPerTile] ?? null;
  }

  /** Of the samples that have arrived; null where none has. */
  minMaxOf(fromSample: number, toSample: number): MinMax | null {
    const found: MinMax = { min: 32767, max: -32768 };
    const to = Math.min(this.#totalSamples, Math.ceil(toSample));
    let sample = Math.max(0, Math.floor(fromSample));
    while (sample < to) {
      const tile = Math.floor(sample / samplesPerTile);
      const start = tile * samplesPerTile;
      const end = Math.min(to, start + samplesPerTile);
      const samples = this.#tiles.get(tile);
      if (samples) includeAll(found, samples.subarray(sample - start, end - start));
      sample = end;
    }
    return found.min > found.max ? null : found;
  }

  #askFor(tile: number): void {
    if (this.#asked.has(tile)) return;
    this.#asked.add(tile);
    const from = tile * samplesPerTile;
    this.#ask(from, Math.min(samplesPerTile, this.#totalSamples - from));
  }
}

function includeAll(found: MinMax, samples: Int16Array): void {
  for (const value of samples) {
    if (value < found.min) found.min = value;
    if (value > found.max) found.max = value;
  }
}
