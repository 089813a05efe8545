import path from 'node:path';
import { AudioError } from '../../audio/audioError.ts';
import { Spectrogram, spectrogramBins } from '../../audio/spectrogram.ts';
import { yieldToEventLoop } from '../../audio/yieldToEventLoop.ts';
import { errorText } from '../../common/benchError.ts';
import type { AudioCache, CachedAudio } from './audioCache.ts';
import { ChangedAudioError, decodeIntoCache } from './decodeIntoCache.ts';
import type {
  AudioSearch,
  TimelineAnswers,
  TimelineNews,
  WantedAudio,
} from './timelineReaderMessages.ts';

/** Spectra that a column is the mean of where it stands for a long time. */
const windowsPerColumn = 2;
const columnsPerTurn = 64;

const unreadProblem = 'The audio could not be read when it was to be measured: nothing was sent.';

/** The audio that lanes with one key heard: found, decoded into the cache, and read from there. */
export class LaneAudio {
  readonly wanted: WantedAudio;
  readonly #cache: AudioCache;
  readonly #tell: (news: TimelineNews) => void;
  readonly #stop = new AbortController();
  /** What has been decoded, until all is cached. */
  readonly #decoded: { from: number; minMax: Int16Array<ArrayBuffer> }[] = [];
  #cached: CachedAudio | null = null;
  #problem: string | null = null;
  #ready: Promise<void> | null = null;

  constructor(wanted: WantedAudio, cache: AudioCache, tell: (news: TimelineNews) => void) {
    this.wanted = wanted;
    this.#cache = cache;
    this.#tell = tell;
  }

  /** Name in the cache; null where the content is not known. */
  get cacheName(): string | null {
    const { sha256, sampleRateHz } = this.wanted;
    return sha256 === null ? null : `${sha256}-${sampleRateHz}`;
  }

  get #totalSamples(): number {
    return this.#cached?.wav.totalSamples ?? this.wanted.totalSamples;
  }

  /** Tells all there is to know, now and as more comes. */
  async prepare(search: AudioSearch): Promise<void> {
    this.#tellState();
    for (const { from, minMax } of this.#decoded) this.#tellPeaks(from, minMax);
    if (this.#cached) this.#tellPeaks(0, this.#cached.minMax);
    const isUnderWay = this.#ready !== null && this.#problem === null;
    if (!isUnderWay) this.#ready = this.#find(search);
    await this.#ready;
  }

  async samples(fromSample: number, count: number): Promise<TimelineAnswers['samples']> {
    await this.#ready;
    if (!this.#cached) return null;
    const samples = await this.#cached.wav.read(fromSample, count);
    return { type: 'samples', audioKey: this.wanted.audioKey, fromSample, samples };
  }

  async spectrogram(
    fromMs: number,
    toMs: number,
    columns: number,
  ): Promise<TimelineAnswers['spectrogram']> {
    await this.#ready;
    if (!this.#cached) return null;
    const { audioKey, sampleRateHz } = this.wanted;
    const spectrogram = new Spectrogram(sampleRateHz);
    const levels = new Uint8Array(columns * spectrogramBins);
    const columnMs = (toMs - fromMs) / columns;
    const windowMs = (spectrogram.windowSamples / sampleRateHz) * 1000;
    const windows = columnMs > windowMs ? windowsPerColumn : 1;
    for (let column = 0; column < columns; column++) {
      const sums = new Float64Array(spectrogramBins);
      for (let i = 0; i < windows; i++) {
        const middleMs = fromMs + (column + (i + 0.5) / windows) * columnMs;
        const spectrum = await this.#spectrumAt(middleMs, spectrogram);
        spectrum.forEach((level, bin) => (sums[bin]! += level));
      }
      levels.set(
        sums.map((sum) => Math.round(sum / windows)),
        column * spectrogramBins,
      );
      if (column % columnsPerTurn === 0) await yieldToEventLoop();
    }
    return { type: 'spectrogram', audioKey, fromMs, toMs, columns, bins: spectrogramBins, levels };
  }

  async dispose(): Promise<void> {
    this.#stop.abort();
    await this.#ready?.catch(() => undefined);
    await this.#cached?.wav.close();
  }

  async #find(search: AudioSearch): Promise<void> {
    this.#problem = null;
    this.#decoded.length = 0;
    const name = this.cacheName;
    this.#cached = name === null ? null : await this.#cache.find(name);
    const wasCached = this.#cached !== null;
    if (name === null) this.#problem = unreadProblem;
    else if (!wasCached) await this.#decodeFirst(search, name);
    this.#tellState();
    // Another length than was sent makes a new picture, for which all is needed anew.
    const isTold = !wasCached && this.#totalSamples === this.wanted.totalSamples;
    if (this.#cached && !isTold) this.#tellPeaks(0, this.#cached.minMax);
  }

  /** From the first place that has it; the problem is that of the first place. */
  async #decodeFirst({ places, gently }: AudioSearch, name: string): Promise<void> {
    let problem: string | null = null;
    for (const place of places) {
      const found = await this.#decode(place, { name, gently });
      if (found === null) return;
      problem ??= found;
    }
    this.#problem = problem;
  }

  /** Null where it went well, else why it did not. */
  async #decode(
    file: string,
    { name, gently }: { name: string; gently: boolean },
  ): Promise<string | null> {
    try {
      await decodeIntoCache(file, this.wanted, {
        cache: this.#cache,
        name,
        gently,
        signal: this.#stop.signal,
        onPeaks: (from, minMax) => {
          this.#decoded.push({ from, minMax });
          this.#tellPeaks(from, minMax);
        },
      });
      this.#cached = await this.#cache.find(name);
      return this.#cached ? null : 'The decoded audio could not be read again. Open it anew.';
    } catch (error) {
      this.#decoded.length = 0;
      return problemOf(error, file);
    }
  }

  async #spectrumAt(middleMs: number, spectrogram: Spectrogram): Promise<Uint8Array> {
    const size = spectrogram.windowSamples;
    const middle = Math.round((middleMs / 1000) * this.wanted.sampleRateHz);
    const start = middle - size / 2;
    const window = new Int16Array(size);
    // Before the first sample and after the last there is silence.
    const samples = await this.#cached!.wav.read(start, size);
    window.set(samples, Math.min(size, Math.max(0, -start)));
    return spectrogram.column(window);
  }

  #tellPeaks(from: number, minMax: Int16Array<ArrayBuffer>): void {
    const { audioKey } = this.wanted;
    this.#tell({ type: 'peaks', peaks: { type: 'peaks', audioKey, from, minMax } });
  }

  #tellState(): void {
    const { audioKey, sampleRateHz } = this.wanted;
    this.#tell({
      type: 'audio',
      audioKey,
      file: this.#cached?.file ?? null,
      sampleRateHz,
      totalSamples: this.#totalSamples,
      problem: this.#problem,
    });
  }
}

function problemOf(error: unknown, file: string): string {
  if (error instanceof ChangedAudioError) {
    return `${path.basename(file)} has changed since it was measured. Locate the original to hear it.`;
  }
  if (error instanceof AudioError && error.reason === 'not_found') {
    return `${file} is not there any more. Locate the file to hear it.`;
  }
  if (error instanceof AudioError) return error.message;
  return `${path.basename(file)} could not be prepared for playing: ${errorText(error)}.`;
}
