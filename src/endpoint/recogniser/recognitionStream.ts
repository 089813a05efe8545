import { LocalAgreement } from './localAgreement.ts';
import type { DecodeResult } from './moonshineDecoder.ts';
import { PcmBuffer } from './pcmBuffer.ts';
import { vadFrameSamples } from './sileroVad.ts';
import { TurnTracker } from './turnTracker.ts';
import type { StreamProgress } from './turnTracker.ts';
import { postRollSamples, VadSegmenter } from './vadSegmenter.ts';
import type { OpenSegment, Segment } from './vadSegmenter.ts';
import type { Vocabulary } from './vocabulary.ts';

const sampleRateHz = 16_000;
/** With less to go by the model often mishears, and twice the same way. */
const firstDecodeSamples = 1.2 * sampleRateHz;
/** How far short of a segment's end a hypothesis may stop and still be its final text: silence only. */
const finalToleranceSamples = 0.1 * sampleRateHz;

/** Audio of a stream to be decoded. */
export interface DecodeJob {
  kind: 'partial' | 'final';
  startSample: number;
  endSample: number;
  /** From here on it is silence. */
  speechEndSample: number;
}

/**
 * How much audio must be new before a segment is decoded again: the longer the window, the more,
 * since each decode costs in proportion to it.
 */
export interface DecodePace {
  baseMs: number;
  /** For each second of the window. */
  perWindowSecondMs: number;
}

/** What a finished utterance came to. */
export interface UtteranceResult {
  /** All that was said, joined: it never differs from the deltas. */
  text: string;
  /** Tokens of the segments' final decodes. */
  tokens: number;
  /** Encoder frames (24 ms) of the segments. */
  audioFrames: number;
}

interface Hypothesis {
  startSample: number;
  endSample: number;
  tokens: number[];
}

const encoderFrameSamples = 384;

/**
 * One utterance being recognised: its audio, where it is speech, and what has been said. Decides
 * what to decode next; the decoding itself and its order among streams are others' business.
 */
export class RecognitionStream {
  readonly #vocabulary: Vocabulary;
  readonly #pace: DecodePace;
  readonly #buffer = new PcmBuffer();
  readonly #segmenter = new VadSegmenter();
  readonly #agreement = new LocalAgreement();
  readonly #turns = new TurnTracker();
  #complete: Segment[] = [];
  #said = '';
  #hypothesis: Hypothesis | null = null;
  #draft: number[] = [];
  #ended = false;
  #flushed = false;
  #tokens = 0;
  #audioFrames = 0;

  constructor(vocabulary: Vocabulary, pace: DecodePace) {
    this.#vocabulary = vocabulary;
    this.#pace = pace;
  }

  addAudio(samples: Int16Array): void {
    this.#buffer.append(samples);
  }

  endAudio(): void {
    this.#ended = true;
  }

  /** The audio is over, and its text is not complete yet. */
  get isEnding(): boolean {
    return this.#ended;
  }

  /** Frames whose speech probability is not known yet; at the end, a last part frame counts. */
  get pendingFrames(): number {
    const samples = this.#buffer.endSample - this.#segmenter.positionSample;
    const frames = samples / vadFrameSamples;
    return Math.max(0, this.#ended ? Math.ceil(frames) : Math.floor(frames));
  }

  /** The next frame whose speech probability is needed, filled up with silence at the end. */
  nextFrame(): Float32Array {
    const start = this.#segmenter.positionSample;
    return this.#buffer.slice(start, start + vadFrameSamples);
  }

  /** Takes the speech probability of `frame`, the one that {@link nextFrame} gave. */
  addProbability(probability: number, frame: Float32Array): void {
    const energy = frame.reduce((sum, sample) => sum + sample * sample, 0);
    const wasOpen = this.#segmenter.open !== null;
    this.#takeSegment(this.#segmenter.push(probability, energy), wasOpen);
    this.#letGo();
  }

  #takeSegment(segment: Segment | null, wasOpen: boolean): void {
    if (segment !== null) {
      this.#complete.push(segment);
      this.#turns.segmentSeen();
    }
    const { open, positionSample } = this.#segmenter;
    if (!wasOpen && open !== null) this.#turns.started(open.startSample);
    if (wasOpen && open === null) this.#turns.stopped(segment?.endSample ?? positionSample);
  }

  /** How speech detection and decoding got on since this was asked last. */
  takeProgress(): StreamProgress[] {
    return [...this.#turns.take(), { kind: 'heard', sample: this.#segmenter.positionSample }];
  }

  /** Speech at hand that no hypothesis covers yet, in samples. */
  get undecodedSamples(): number {
    const from = this.#complete[0]?.startSample ?? this.#segmenter.open?.startSample;
    if (from === undefined) return 0;
    return this.#segmenter.positionSample - Math.max(from, this.#hypothesis?.endSample ?? 0);
  }

  /** What to decode next, if anything. Complete only once there are no {@link pendingFrames}. */
  nextJob(): DecodeJob | null {
    this.#flushAtEnd();
    const [segment] = this.#complete;
    if (segment !== undefined) {
      const { startSample, endSample, speechEndSample } = segment;
      return { kind: 'final', startSample, endSample, speechEndSample };
    }
    const open = this.#segmenter.open;
    if (open === null || this.pendingFrames > 0) return null;
    const job = this.#partialJob(open);
    return this.#isDue(job, open) ? job : null;
  }

  #partialJob({ startSample, speechEndSample }: OpenSegment): DecodeJob {
    const endSample = Math.min(this.#segmenter.positionSample, speechEndSample + postRollSamples);
    return { kind: 'partial', startSample, endSample, speechEndSample };
  }

  /**
   * In a pause the hypothesis is brought up to it at once: should the pause turn out to be the
   * segment's end, the final text is there already.
   */
  #isDue(job: DecodeJob, open: OpenSegment): boolean {
    if (open.speechEndSample === open.startSample) return false;
    const inPause = job.endSample === open.speechEndSample + postRollSamples;
    if (inPause) return !this.isCovered(job);
    const known = this.#hypothesis;
    const windowSamples = job.endSample - job.startSample;
    if (known === null) return windowSamples >= firstDecodeSamples;
    const hasSpeech = open.speechEndSample > known.endSample;
    return hasSpeech && job.endSample - known.endSample >= this.#stepSamples(windowSamples);
  }

  #stepSamples(windowSamples: number): number {
    const { baseMs, perWindowSecondMs } = this.#pace;
    return (baseMs / 1000) * sampleRateHz + (perWindowSecondMs / 1000) * windowSamples;
  }

  /** Whether the hypothesis at hand already covers `job`, so that it need not be decoded. */
  isCovered(job: DecodeJob): boolean {
    const known = this.#hypothesis;
    if (known?.startSample !== job.startSample) return false;
    const off = job.endSample - known.endSample;
    const hasAllSpeech = known.endSample >= job.speechEndSample;
    return hasAllSpeech && off >= 0 && off <= finalToleranceSamples;
  }

  /** Audio and draft for `job`. */
  inputFor(job: DecodeJob): { samples: Float32Array; draft: number[] } {
    return {
      samples: this.#buffer.slice(job.startSample, job.endSample),
      draft: this.#draft,
    };
  }

  /** Takes the outcome of a partial decode; gives the text to append. */
  addHypothesis(job: DecodeJob, result: DecodeResult): string {
    if (!result.complete) {
      if (result.tokens.length > this.#draft.length) this.#draft = result.tokens;
      return '';
    }
    this.#draft = result.tokens;
    this.#hypothesis = {
      startSample: job.startSample,
      endSample: job.endSample,
      tokens: result.tokens,
    };
    const hypothesis = this.#vocabulary.text(result.tokens);
    this.#turns.hypothesis(hypothesis);
    return this.#say(this.#agreement.update(hypothesis));
  }

  /**
   * Ends the oldest complete segment with `tokens`, or with the hypothesis at hand where it
   * {@link isCovered}; gives the text to append.
   */
  finishSegment(tokens: readonly number[] = this.#hypothesis?.tokens ?? []): string {
    const segment = this.#complete.shift();
    if (segment === undefined) return '';
    const samples = segment.endSample - segment.startSample;
    const audioFrames = Math.round(samples / encoderFrameSamples);
    this.#tokens += tokens.length;
    this.#audioFrames += audioFrames;
    this.#hypothesis = null;
    this.#draft = [];
    this.#letGo();
    const lastText = this.#vocabulary.text(tokens);
    const text = this.#say(this.#agreement.endSegment(lastText, segment.cut));
    this.#turns.segmentFinished(lastText, tokens.length, audioFrames);
    return text;
  }

  #say(text: string): string {
    this.#said += text;
    this.#turns.said(text);
    return text;
  }

  /** The whole result, once the audio has ended and all of it is decoded. */
  result(): UtteranceResult | null {
    this.#flushAtEnd();
    if (!this.#flushed || this.#complete.length > 0) return null;
    return { text: this.#said, tokens: this.#tokens, audioFrames: this.#audioFrames };
  }

  #flushAtEnd(): void {
    if (!this.#ended || this.#flushed || this.pendingFrames > 0) return;
    const wasOpen = this.#segmenter.open !== null;
    this.#takeSegment(this.#segmenter.flush(this.#buffer.endSample), wasOpen);
    this.#flushed = true;
  }

  #letGo(): void {
    const needed = this.#complete[0]?.startSample ?? this.#segmenter.neededFromSample;
    this.#buffer.discardBefore(needed);
  }
}
