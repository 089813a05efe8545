import { AudioError } from '../../audio/audioError.ts';
import { defaultAudioLimits } from '../../audio/audioLimits.ts';
import { readAudioBytes } from '../../audio/readAudioBytes.ts';
import { AudioCache } from './audioCache.ts';
import { LaneAudio } from './laneAudio.ts';
import type {
  AudioSearch,
  TimelineAnswers,
  TimelineNews,
  WantedAudio,
} from './timelineReaderMessages.ts';

/** The audio of all lanes, by its key. */
export class LaneSounds {
  readonly #tell: (news: TimelineNews) => void;
  readonly #sounds = new Map<string, LaneAudio>();

  constructor(tell: (news: TimelineNews) => void) {
    this.#tell = tell;
  }

  /** Prepares audio and tells the news of it; tells all anew where it is prepared already. */
  async prepare(wanted: WantedAudio, folder: string, search: AudioSearch): Promise<null> {
    const cache = new AudioCache(folder);
    const sound = this.#sounds.get(wanted.audioKey) ?? new LaneAudio(wanted, cache, this.#tell);
    this.#sounds.set(wanted.audioKey, sound);
    await sound.prepare(search);
    const inUse = [...this.#sounds.values()].flatMap(({ cacheName }) => cacheName ?? []);
    await cache.trim(new Set(inUse));
    return null;
  }

  /** Null where the audio cannot be had. */
  async samples(
    audioKey: string,
    fromSample: number,
    count: number,
  ): Promise<TimelineAnswers['samples']> {
    return (await this.#sounds.get(audioKey)?.samples(fromSample, count)) ?? null;
  }

  /** Null where the audio cannot be had. */
  async spectrogram(
    audioKey: string,
    { fromMs, toMs, columns }: { fromMs: number; toMs: number; columns: number },
  ): Promise<TimelineAnswers['spectrogram']> {
    return (await this.#sounds.get(audioKey)?.spectrogram(fromMs, toMs, columns)) ?? null;
  }

  /** Forgets all other audio, and stops what prepares it. */
  async keep(audioKeys: readonly string[]): Promise<void> {
    for (const [key, sound] of this.#sounds) {
      if (audioKeys.includes(key)) continue;
      this.#sounds.delete(key);
      await sound.dispose();
    }
  }
}

/** What is wrong with a file as the audio that was measured; null where nothing is. */
export async function checkAudio(file: string, sha256: string | null): Promise<string | null> {
  try {
    const found = await readAudioBytes(file, defaultAudioLimits.maxFileBytes);
    if (sha256 === null || found.sha256 === sha256) return null;
    return `${file} is not the audio that was measured: its content is another. Choose the original.`;
  } catch (error) {
    if (error instanceof AudioError) return error.message;
    throw error;
  }
}
