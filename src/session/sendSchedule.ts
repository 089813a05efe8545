import type { Micros, Pacing } from '../trace/sessionTrace.ts';

/** A half-open span of audio, in samples from the start of the utterance. */
export interface AudioSpan {
  startSample: number;
  endSample: number;
}

/**
 * Ideal send times on an absolute schedule, so that no delay adds up.
 * Times are microseconds after the instant sample 0 is spoken; null means as soon as the
 * previous frame was accepted.
 */
export class SendSchedule {
  readonly #pacing: Pacing;
  readonly #sampleRateHz: number;

  constructor(pacing: Pacing, sampleRateHz: number) {
    this.#pacing = pacing;
    this.#sampleRateHz = sampleRateHz;
  }

  /** `capture`: when the chunk's last sample has been spoken; `lead`: when its first one is. */
  chunkDueUs(span: AudioSpan): Micros | null {
    return this.#offsetUs(this.#pacing.mode === 'lead' ? span.startSample : span.endSample);
  }

  /** The end of the audio, in either convention. */
  endDueUs(totalSamples: number): Micros | null {
    return this.#offsetUs(totalSamples);
  }

  #offsetUs(sample: number): Micros | null {
    const { mode, speed } = this.#pacing;
    return mode === 'burst' ? null : Math.round((sample * 1e6) / (this.#sampleRateHz * speed));
  }
}
