import type { Utterance } from '../recogniser/recogniserThread.ts';
import { LiveResampler } from './liveResampler.ts';

/** An utterance whose audio comes at any rate. */
export class SpeechInput {
  readonly rateHz: number;
  readonly #utterance: Utterance;
  readonly #resampler: LiveResampler;
  #samples = 0;
  #recogniserSamples = 0;

  /** @param rateHz a rate that can be resampled */
  constructor(utterance: Utterance, rateHz: number) {
    this.rateHz = rateHz;
    this.#utterance = utterance;
    this.#resampler = new LiveResampler(rateHz);
  }

  /** Of the audio added so far. */
  get seconds(): number {
    return this.#samples / this.rateHz;
  }

  /** How many samples the recogniser has got, at its own rate. */
  get recogniserSamples(): number {
    return this.#recogniserSamples;
  }

  add(samples: Int16Array<ArrayBuffer>): void {
    this.#samples += samples.length;
    this.#pass(this.#resampler.push(samples));
  }

  end(): void {
    this.#pass(this.#resampler.finish());
    this.#utterance.endAudio();
  }

  drop(): void {
    this.#utterance.drop();
  }

  #pass(samples: Int16Array<ArrayBuffer>): void {
    if (samples.length === 0) return;
    this.#recogniserSamples += samples.length;
    this.#utterance.addAudio(samples);
  }
}
