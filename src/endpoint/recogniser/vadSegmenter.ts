import { vadFrameSamples } from './sileroVad.ts';

const sampleRateHz = 16_000;
const speechThreshold = 0.5;
const silenceThreshold = 0.35;
const framesToStart = 2;
const minSpeechSamples = framesToStart * vadFrameSamples;
const preRollSamples = 0.25 * sampleRateHz;
/** Silence that ends a segment; less once it is long, since decoding again costs by length. */
const framesToEnd = Math.round((0.45 * sampleRateHz) / vadFrameSamples);
const framesToEndLong = Math.round((0.25 * sampleRateHz) / vadFrameSamples);
const longSegmentSamples = 3.5 * sampleRateHz;
const maxSegmentSamples = 8 * sampleRateHz;
const cutSearchFrames = Math.round((3 * sampleRateHz) / vadFrameSamples);

/** How much of the silence after speech belongs to a segment. More makes the model falter. */
export const postRollSamples = 0.25 * sampleRateHz;

/** A stretch of speech, half-open in samples. */
export interface Segment {
  startSample: number;
  endSample: number;
  /** From here on it is silence. */
  speechEndSample: number;
  /** Speech goes on in the next segment: this one was cut because it became too long. */
  cut: boolean;
}

/** The stretch being spoken. */
export interface OpenSegment {
  startSample: number;
  /** One past the newest frame that is not silence. */
  speechEndSample: number;
}

interface Frame {
  startSample: number;
  speech: boolean;
  energy: number;
}

/**
 * Cuts a stream into stretches of speech, from each frame's speech probability and energy. Starts
 * on two frames of speech, ends on 0.45 s of silence (0.25 s once it is 3.5 s long); what grows to
 * 8 s is cut at the quietest frame of its last 3 s.
 */
export class VadSegmenter {
  #positionSample = 0;
  #lastEndSample = 0;
  #speechRun = 0;
  #silenceRun = 0;
  #open: OpenSegment | null = null;
  #frames: Frame[] = [];

  get open(): Readonly<OpenSegment> | null {
    return this.#open;
  }

  /** One past the newest sample seen. */
  get positionSample(): number {
    return this.#positionSample;
  }

  /** The oldest sample that a segment may still need. */
  get neededFromSample(): number {
    if (this.#open !== null) return this.#open.startSample;
    const startable = this.#positionSample - framesToStart * vadFrameSamples - preRollSamples;
    return Math.max(this.#lastEndSample, startable);
  }

  /**
   * Takes the next frame of `vadFrameSamples`; gives the segment that ended with it, if any.
   *
   * @param energy any measure that grows with loudness, such as the mean square.
   */
  push(probability: number, energy: number): Segment | null {
    const startSample = this.#positionSample;
    this.#positionSample += vadFrameSamples;
    if (this.#open === null) {
      this.#waitForSpeech(probability);
      return null;
    }
    const speech = probability >= silenceThreshold;
    this.#frames.push({ startSample, speech, energy });
    this.#silenceRun = speech ? 0 : this.#silenceRun + 1;
    if (speech) this.#open.speechEndSample = this.#positionSample;
    const lengthSamples = this.#positionSample - this.#open.startSample;
    const enough = lengthSamples < longSegmentSamples ? framesToEnd : framesToEndLong;
    if (this.#silenceRun >= enough) return this.#end(this.#open, this.#positionSample);
    if (lengthSamples >= maxSegmentSamples) {
      return this.#cut(this.#open);
    }
    return null;
  }

  /** Ends the open segment, if any, at the end of the audio. */
  flush(endSample: number): Segment | null {
    return this.#open === null ? null : this.#end(this.#open, endSample);
  }

  #waitForSpeech(probability: number): void {
    this.#speechRun = probability >= speechThreshold ? this.#speechRun + 1 : 0;
    if (this.#speechRun < framesToStart) return;
    const speechStart = this.#positionSample - framesToStart * vadFrameSamples;
    this.#open = {
      startSample: Math.max(this.#lastEndSample, speechStart - preRollSamples),
      speechEndSample: this.#positionSample,
    };
    this.#speechRun = 0;
    this.#silenceRun = 0;
  }

  /** Null for what is left after a cut when it holds no speech worth the name. */
  #end(open: OpenSegment, limitSample: number): Segment | null {
    const endSample = Math.min(open.speechEndSample + postRollSamples, limitSample);
    const isSpeech = open.speechEndSample - open.startSample >= minSpeechSamples;
    this.#open = null;
    this.#frames = [];
    this.#speechRun = 0;
    if (!isSpeech) return null;
    this.#lastEndSample = endSample;
    const { startSample, speechEndSample } = open;
    return { startSample, endSample, speechEndSample, cut: false };
  }

  #cut(open: OpenSegment): Segment {
    const searched = this.#frames.slice(-cutSearchFrames);
    const quietest = searched.reduce((best, frame) => (frame.energy < best.energy ? frame : best));
    const endSample = quietest.startSample + vadFrameSamples / 2;
    this.#frames = this.#frames.filter((frame) => frame.startSample >= endSample);
    const lastSpeech = this.#frames.findLast((frame) => frame.speech);
    this.#open = {
      startSample: endSample,
      speechEndSample:
        lastSpeech === undefined ? endSample : lastSpeech.startSample + vadFrameSamples,
    };
    this.#lastEndSample = endSample;
    return { startSample: open.startSample, endSample, speechEndSample: endSample, cut: true };
  }
}
