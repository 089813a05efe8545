import { setTimeout as sleep } from 'node:timers/promises';
import { decodeAudioFile, type DecodedAudioFile } from '../../audio/decodeAudioFile.ts';
import { mixDown } from '../../audio/mixDown.ts';
import { PeakFinder } from '../../audio/peaks.ts';
import { pcm16FromSamples } from '../../audio/pcm16.ts';
import { Resampler } from '../../audio/resampler.ts';
import { samplesPerPeak } from '../../timeline/timelineMessages.ts';
import type { AudioCache, NewAudio } from './audioCache.ts';
import type { WantedAudio } from './timelineReaderMessages.ts';

/** More is not worth waiting for before something is drawn. */
const tellEveryMs = 500;
const tellEveryPeaks = 65_536;

/** Of decoding gently. */
const restPerWork = 4;

export interface DecodeOptions {
  cache: AudioCache;
  /** Name in the cache. */
  name: string;
  /** Takes peaks as they come: the place of the first, and least and greatest in turn. */
  onPeaks: (from: number, minMax: Int16Array<ArrayBuffer>) => void;
  signal: AbortSignal;
  /** Rests after each block, so that it takes a fifth of the time only. */
  gently: boolean;
}

/** The file's content is not what was measured. */
export class ChangedAudioError extends Error {}

/**
 * Decodes a file as it was decoded for sending: the same samples at the same rate.
 * Throws an AudioError, a {@link ChangedAudioError}, an AbortError, or the system's error where
 * the cache cannot be written.
 */
export async function decodeIntoCache(
  file: string,
  { sha256, sampleRateHz }: WantedAudio,
  options: DecodeOptions,
): Promise<void> {
  const decoded = await decodeAudioFile(file);
  if (sha256 !== null && decoded.source.sha256 !== sha256) throw new ChangedAudioError();
  const entry = await options.cache.begin(options.name, sampleRateHz);
  try {
    await entry.keep(await decode(decoded, sampleRateHz, entry, options));
  } catch (error) {
    await entry.abandon();
    throw error;
  }
}

/** Returns all peaks. */
async function decode(
  { source, blocks }: DecodedAudioFile,
  sampleRateHz: number,
  { writer }: NewAudio,
  { onPeaks, signal, gently }: DecodeOptions,
): Promise<Int16Array> {
  const resampler = new Resampler(source.sampleRateHz, sampleRateHz);
  const peaks = new PeakReporter(onPeaks);
  const take = async (samples: Float32Array): Promise<void> => {
    const pcm = pcm16FromSamples(samples);
    await writer.append(pcm);
    peaks.push(pcm);
  };
  let startMs = performance.now();
  for await (const block of blocks) {
    signal.throwIfAborted();
    await take(resampler.push(mixDown(block)));
    if (gently) await sleep(restPerWork * (performance.now() - startMs));
    startMs = performance.now();
  }
  await take(resampler.finish());
  return peaks.finish();
}

/** Tells peaks in larger parts, and keeps them all. */
class PeakReporter {
  readonly #finder = new PeakFinder(samplesPerPeak);
  readonly #report: (from: number, minMax: Int16Array<ArrayBuffer>) => void;
  readonly #parts: Int16Array[] = [];
  /** Peaks told, and places of `#parts` told. */
  #told = 0;
  #partsTold = 0;
  #toldAtMs = performance.now();
  #waiting = 0;

  constructor(report: (from: number, minMax: Int16Array<ArrayBuffer>) => void) {
    this.#report = report;
  }

  push(samples: Int16Array): void {
    this.#add(this.#finder.push(samples));
    const isTime = performance.now() - this.#toldAtMs > tellEveryMs;
    if (isTime || this.#waiting >= tellEveryPeaks) this.#tell();
  }

  finish(): Int16Array {
    this.#add(this.#finder.finish());
    this.#tell();
    return joined(this.#parts);
  }

  #add(minMax: Int16Array<ArrayBuffer>): void {
    if (minMax.length === 0) return;
    this.#parts.push(minMax);
    this.#waiting += minMax.length / 2;
  }

  #tell(): void {
    this.#toldAtMs = performance.now();
    if (this.#waiting === 0) return;
    this.#report(this.#told, joined(this.#parts.slice(this.#partsTold)));
    this.#told += this.#waiting;
    this.#partsTold = this.#parts.length;
    this.#waiting = 0;
  }
}

function joined(parts: readonly Int16Array[]): Int16Array<ArrayBuffer> {
  const whole = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
