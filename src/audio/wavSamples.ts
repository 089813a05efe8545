import { open, type FileHandle } from 'node:fs/promises';
import { wavHeader, wavHeaderBytes } from './wavWriter.ts';

/** Reads stretches of a file that a {@link WavWriter} finished, without holding it in memory. */
export class WavSamples {
  readonly sampleRateHz: number;
  readonly totalSamples: number;
  readonly #file: FileHandle;

  private constructor(file: FileHandle, sampleRateHz: number, totalSamples: number) {
    this.#file = file;
    this.sampleRateHz = sampleRateHz;
    this.totalSamples = totalSamples;
  }

  /** Null where the file is not there or is not, whole, what a {@link WavWriter} leaves. */
  static async open(path: string): Promise<WavSamples | null> {
    const file = await open(path, 'r').catch(() => null);
    if (!file) return null;
    const head = new Uint8Array(wavHeaderBytes);
    await file.read(head, 0, wavHeaderBytes, 0);
    const { size } = await file.stat();
    const sampleRateHz = new DataView(head.buffer).getUint32(24, true);
    const totalSamples = (size - wavHeaderBytes) / 2;
    const expected = totalSamples > 0 ? wavHeader(sampleRateHz, totalSamples) : null;
    if (expected?.every((byte, i) => byte === head[i]) === true) {
      return new WavSamples(file, sampleRateHz, totalSamples);
    }
    await file.close();
    return null;
  }

  /** The samples from `from` on, `count` or as many as there are; none before the first. */
  async read(from: number, count: number): Promise<Int16Array<ArrayBuffer>> {
    const start = Math.max(0, from);
    const end = Math.min(this.totalSamples, from + count);
    const samples = new Int16Array(Math.max(0, end - start));
    if (samples.length === 0) return samples;
    const bytes = new Uint8Array(samples.buffer);
    await this.#file.read(bytes, 0, bytes.length, wavHeaderBytes + start * 2);
    return samples;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
