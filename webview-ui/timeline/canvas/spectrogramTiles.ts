import type { Stretch } from '../../../src/timeline/timelineSession.ts';

/** Levels of a stretch, column by column, low to high frequency; 0 quietest, 255 loudest. */
export interface SpectrogramLevels {
  fromMs: number;
  toMs: number;
  columns: number;
  bins: number;
  levels: Uint8Array;
}

export interface SpectrogramTile extends Stretch {
  levels: SpectrogramLevels | null;
}

const columnsPerTile = 256;
/** No column is shorter: windows of speech spectra are some 25 ms long. */
const leastColumnMs = 2;
const tilesKept = 96;

/**
 * The spectrogram in tiles of 256 columns at lengths that double, so that zooming a little asks
 * for nothing. Asks once for each tile that is shown; keeps those that were used last.
 */
export class SpectrogramTiles {
  readonly #ask: (fromMs: number, toMs: number, columns: number) => void;
  readonly #asked = new Set<string>();
  /** In the order of use. */
  readonly #tiles = new Map<string, SpectrogramLevels>();

  constructor(ask: (fromMs: number, toMs: number, columns: number) => void) {
    this.#ask = ask;
  }

  add(levels: SpectrogramLevels): void {
    const key = keyOf(levels.fromMs, levels.toMs);
    this.#asked.delete(key);
    this.#tiles.set(key, levels);
    for (const oldest of this.#tiles.keys()) {
      if (this.#tiles.size <= tilesKept) break;
      this.#tiles.delete(oldest);
    }
  }

  /** Asks again for what has not arrived. */
  forgetQuestions(): void {
    this.#asked.clear();
  }

  /**
   * Tiles that cover the part of the audio in a view, for columns of about a pixel; those that
   * have not arrived are asked for and come without levels.
   */
  tilesFor(view: Stretch, msPerPx: number, audioMs: number): SpectrogramTile[] {
    const columnMs =
      leastColumnMs * 2 ** Math.max(0, Math.ceil(Math.log2(msPerPx / leastColumnMs)));
    const tileMs = columnMs * columnsPerTile;
    const first = Math.floor(Math.max(0, view.startMs) / tileMs);
    const last = Math.ceil(Math.min(audioMs, view.endMs) / tileMs) - 1;
    const tiles: SpectrogramTile[] = [];
    for (let tile = first; tile <= last; tile += 1) {
      tiles.push(this.#tile(tile * tileMs, (tile + 1) * tileMs));
    }
    return tiles;
  }

  #tile(startMs: number, endMs: number): SpectrogramTile {
    const key = keyOf(startMs, endMs);
    const levels = this.#tiles.get(key) ?? null;
    if (levels) {
      this.#tiles.delete(key);
      this.#tiles.set(key, levels);
    } else if (!this.#asked.has(key)) {
      this.#asked.add(key);
      this.#ask(startMs, endMs, columnsPerTile);
    }
    return { startMs, endMs, levels };
  }
}

function keyOf(fromMs: number, toMs: number): string {
  return `${fromMs} ${toMs}`;
}
