import { PeakLevels } from '../../../src/timeline/peakLevels.ts';
import { SampleTiles } from '../../../src/timeline/sampleTiles.ts';
import type { TimelineAudio, ToTimeline } from '../../../src/timeline/timelineMessages.ts';
import { SpectrogramTiles } from './spectrogramTiles.ts';

/** What is known of one audio, as it can be drawn so far. */
export interface AudioPicture {
  audio: TimelineAudio;
  peaks: PeakLevels;
  samples: SampleTiles;
  spectrogram: SpectrogramTiles;
}

/** How to ask the extension for more; answers go to {@link AudioPictures.receive}. */
export interface AudioRequests {
  requestSamples: (audioKey: string, fromSample: number, count: number) => void;
  requestSpectrogram: (audioKey: string, fromMs: number, toMs: number, columns: number) => void;
}

/** Peaks, samples and spectrograms of all audios, as they arrive. */
export class AudioPictures {
  readonly #requests: AudioRequests;
  readonly #pictures = new Map<string, AudioPicture>();
  readonly #listeners = new Set<() => void>();

  constructor(requests: AudioRequests) {
    this.#requests = requests;
  }

  get(audioKey: string): AudioPicture | undefined {
    return this.#pictures.get(audioKey);
  }

  /** Takes in what a message says of audio; others do nothing. */
  receive(message: ToTimeline): void {
    if (message.type === 'audio') this.#receiveAudio(message);
    else if (message.type === 'peaks') {
      this.#pictures.get(message.audioKey)?.peaks.add(message.from, message.minMax);
    } else if (message.type === 'samples') {
      this.#pictures.get(message.audioKey)?.samples.add(message.fromSample, message.samples);
    } else if (message.type === 'spectrogram') {
      this.#pictures.get(message.audioKey)?.spectrogram.add(message);
    } else return;
    for (const listener of this.#listeners) listener();
  }

  /** Tells after each message that may change a picture. Returns what ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Keeps what has arrived unless it turns out to be of another length. */
  #receiveAudio(audio: TimelineAudio): void {
    const { audioKey, totalSamples } = audio;
    const known = this.#pictures.get(audioKey);
    if (known?.audio.totalSamples === totalSamples) {
      known.audio = audio;
      if (audio.playUri !== null) {
        // What was asked for before the audio was there had no answer.
        known.samples.forgetQuestions();
        known.spectrogram.forgetQuestions();
      }
      return;
    }
    const { requestSamples, requestSpectrogram } = this.#requests;
    this.#pictures.set(audioKey, {
      audio,
      peaks: new PeakLevels(totalSamples),
      samples: new SampleTiles(totalSamples, (fromSample, count) => {
        requestSamples(audioKey, fromSample, count);
      }),
      spectrogram: new SpectrogramTiles((fromMs, toMs, columns) => {
        requestSpectrogram(audioKey, fromMs, toMs, columns);
      }),
    });
  }
}
