import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { WavSamples } from '../../audio/wavSamples.ts';
import { WavWriter } from '../../audio/wavWriter.ts';
import { samplesPerPeak } from '../../timeline/timelineMessages.ts';

/** Audio that was decoded before. */
export interface CachedAudio {
  /** The WAV file, for playing. */
  file: string;
  wav: WavSamples;
  /** Least and greatest sample of each {@link samplesPerPeak}, in turn. */
  minMax: Int16Array<ArrayBuffer>;
}

/** Audio on its way into the cache. */
export interface NewAudio {
  writer: WavWriter;
  /** Puts it into the cache, whole or not at all. */
  keep(minMax: Int16Array): Promise<void>;
  /** Leaves nothing behind. */
  abandon(): Promise<void>;
}

const wavEnding = '.wav';
const peaksEnding = '.peaks';
const temporaryEnding = '.part';

/** Nobody decodes as long as this: what is older was left by a process that was killed. */
const abandonedAfterMs = 24 * 3600 * 1000;

/**
 * Decoded audio, kept in a folder: `<name>.wav` to be played and read from, `<name>.peaks` to be
 * drawn. The WAV file comes last and in one piece, so where it is there, all is there.
 */
export class AudioCache {
  readonly #folder: string;
  readonly #mostBytes: number;

  constructor(folder: string, mostBytes = 2 ** 30) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
  }

  /** Null where it is not there whole. To be closed by the caller. */
  async find(name: string): Promise<CachedAudio | null> {
    const file = this.#place(name, wavEnding);
    const wav = await WavSamples.open(file);
    if (!wav) return null;
    const minMax = await readPeaks(this.#place(name, peaksEnding), wav.totalSamples);
    if (!minMax) {
      await wav.close();
      return null;
    }
    await this.#touch(name);
    return { file, wav, minMax };
  }

  /** Throws the system's error where the folder cannot be written to. */
  async begin(name: string, sampleRateHz: number): Promise<NewAudio> {
    await mkdir(this.#folder, { recursive: true });
    const temporary = this.#place(`${name}.${randomUUID()}`, temporaryEnding);
    const writer = await WavWriter.create(temporary, sampleRateHz);
    return {
      writer,
      keep: async (minMax) => {
        await writer.finish();
        await this.#writePeaks(name, minMax);
        await rename(temporary, this.#place(name, wavEnding));
      },
      abandon: async () => {
        await writer.abandon();
        await rm(temporary, { force: true });
      },
    };
  }

  /** Removes what was used longest ago, beyond the bound; never what is in use. */
  async trim(inUse: ReadonlySet<string>): Promise<void> {
    const entries = await this.#entries();
    entries.sort((a, b) => b.usedMs - a.usedMs);
    let bytes = 0;
    for (const entry of entries) {
      bytes += entry.bytes;
      const isKept = inUse.has(entry.name) || bytes <= this.#mostBytes;
      if (isKept) continue;
      bytes -= entry.bytes;
      await rm(this.#place(entry.name, wavEnding), { force: true });
      await rm(this.#place(entry.name, peaksEnding), { force: true });
    }
  }

  #place(name: string, ending: string): string {
    return path.join(this.#folder, name + ending);
  }

  async #touch(name: string): Promise<void> {
    const now = new Date();
    // A folder that cannot be written to is still good to read from.
    await utimes(this.#place(name, wavEnding), now, now).catch(() => undefined);
  }

  async #writePeaks(name: string, minMax: Int16Array): Promise<void> {
    const temporary = this.#place(`${name}.${randomUUID()}`, temporaryEnding);
    await writeFile(temporary, new Uint8Array(minMax.buffer, 0, minMax.byteLength));
    await rename(temporary, this.#place(name, peaksEnding));
  }

  async #entries(): Promise<{ name: string; bytes: number; usedMs: number }[]> {
    const files = await readdir(this.#folder).catch(() => []);
    const entries: { name: string; bytes: number; usedMs: number }[] = [];
    for (const file of files) {
      const found = await stat(path.join(this.#folder, file)).catch(() => null);
      if (!found) continue;
      const isAbandoned = Date.now() - found.mtimeMs > abandonedAfterMs;
      if (file.endsWith(temporaryEnding) && isAbandoned) {
        await rm(path.join(this.#folder, file), { force: true });
      }
      if (!file.endsWith(wavEnding)) continue;
      const name = file.slice(0, -wavEnding.length);
      entries.push({ name, bytes: found.size, usedMs: found.mtimeMs });
    }
    return entries;
  }
}

/** Null where they are not there or not of that many samples. */
async function readPeaks(
  file: string,
  totalSamples: number,
): Promise<Int16Array<ArrayBuffer> | null> {
  const bytes = await readFile(file).catch(() => null);
  const entries = Math.ceil(totalSamples / samplesPerPeak);
  if (bytes?.length !== entries * 4) return null;
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
