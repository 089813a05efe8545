import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PcmAudio } from '../audio/pcmAudio.ts';

interface SpilledAudio {
  file: string;
  sampleRateHz: number;
  source: PcmAudio['source'];
}

/**
 * Decoded audio of a run. It is prepared before the first session starts, because decoding
 * during a session would delay its chunks. Audio beyond `memoryLimitBytes` waits in
 * temporary files, from which reading costs next to nothing.
 */
export class AudioStore {
  readonly #memoryLimitBytes: number;
  readonly #held = new Map<string, PcmAudio>();
  readonly #spilled = new Map<string, SpilledAudio>();
  #heldBytes = 0;
  #directory: string | null = null;

  constructor(memoryLimitBytes = 512 * 1024 * 1024) {
    this.#memoryLimitBytes = memoryLimitBytes;
  }

  async put(key: string, audio: PcmAudio): Promise<void> {
    const bytes = audio.samples.byteLength;
    if (this.#heldBytes + bytes <= this.#memoryLimitBytes) {
      this.#held.set(key, audio);
      this.#heldBytes += bytes;
      return;
    }
    this.#directory ??= await mkdtemp(path.join(tmpdir(), 'rtbench-audio-'));
    const file = path.join(this.#directory, `${this.#spilled.size}.pcm`);
    const { samples, sampleRateHz, source } = audio;
    await writeFile(file, new Uint8Array(samples.buffer, samples.byteOffset, bytes));
    this.#spilled.set(key, { file, sampleRateHz, source });
  }

  /** Null when nothing was put under `key`. */
  async get(key: string): Promise<PcmAudio | null> {
    const spilled = this.#spilled.get(key);
    if (!spilled) return this.#held.get(key) ?? null;
    const bytes = await readFile(spilled.file);
    const samples = new Int16Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    );
    return { samples, sampleRateHz: spilled.sampleRateHz, source: spilled.source };
  }

  /** Removes the temporary files. */
  async dispose(): Promise<void> {
    this.#held.clear();
    this.#spilled.clear();
    if (this.#directory) await rm(this.#directory, { recursive: true, force: true });
  }
}
