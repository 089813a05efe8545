import { setImmediate as yieldToMessages } from 'node:timers/promises';
import { errorText } from '../../common/benchError.ts';
import type { MoonshineDecoder } from './moonshineDecoder.ts';
import { RecognitionStream } from './recognitionStream.ts';
import type { DecodeJob, DecodePace, UtteranceResult } from './recognitionStream.ts';
import { chooseWork } from './scheduler.ts';
import type { SileroVad, VadState } from './sileroVad.ts';
import type { StreamProgress } from './turnTracker.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Speech detection is done in slices this long, so that it never holds up a final decode. */
const framesPerSlice = 32;

export interface RecogniserModels {
  decoder: MoonshineDecoder;
  vad: SileroVad;
  vocabulary: Vocabulary;
}

export interface RecogniserEvents {
  delta(stream: number, text: string): void;
  /** For streams opened with progress only. */
  progress(stream: number, progress: StreamProgress): void;
  done(stream: number, result: UtteranceResult): void;
  failed(stream: number, message: string): void;
}

interface ActiveStream {
  id: number;
  recognition: RecognitionStream;
  vadState: VadState;
  tellsProgress: boolean;
}

/** All utterances under way on one inference thread, one piece of work at a time. */
export class Recogniser {
  readonly #models: RecogniserModels;
  readonly #events: RecogniserEvents;
  readonly #pace: DecodePace;
  readonly #streams = new Map<number, ActiveStream>();
  #working = false;

  constructor(models: RecogniserModels, pace: DecodePace, events: RecogniserEvents) {
    this.#models = models;
    this.#pace = pace;
    this.#events = events;
  }

  open(id: number, tellsProgress: boolean): void {
    const recognition = new RecognitionStream(this.#models.vocabulary, this.#pace);
    const vadState = this.#models.vad.newState();
    this.#streams.set(id, { id, recognition, vadState, tellsProgress });
  }

  addAudio(id: number, samples: Int16Array): void {
    this.#streams.get(id)?.recognition.addAudio(samples);
    this.#wake();
  }

  end(id: number): void {
    this.#streams.get(id)?.recognition.endAudio();
    this.#wake();
  }

  /** Forgets an utterance whose result nobody waits for. */
  drop(id: number): void {
    this.#streams.delete(id);
  }

  #wake(): void {
    if (this.#working) return;
    this.#working = true;
    void this.#work();
  }

  async #work(): Promise<void> {
    while (await this.#workOnce()) await yieldToMessages();
    this.#working = false;
  }

  /** Does the most urgent piece of work; false when there is none. */
  async #workOnce(): Promise<boolean> {
    this.#finishUtterances();
    const byRecognition = new Map(
      [...this.#streams.values()].map((stream) => [stream.recognition, stream]),
    );
    const choice = chooseWork(byRecognition.keys());
    const stream = choice === null ? undefined : byRecognition.get(choice.stream);
    if (choice === null || stream === undefined) return false;
    try {
      if (choice.kind === 'frames') await this.#detectSpeech(stream);
      else await this.#decode(stream, choice.job);
      this.#tellProgress(stream);
    } catch (error) {
      this.#streams.delete(stream.id);
      this.#events.failed(stream.id, errorText(error));
    }
    return true;
  }

  #finishUtterances(): void {
    for (const stream of this.#streams.values()) {
      const { id, recognition } = stream;
      const result = recognition.result();
      if (result === null) continue;
      this.#tellProgress(stream);
      this.#streams.delete(id);
      this.#events.done(id, result);
    }
  }

  #tellProgress({ id, recognition, tellsProgress }: ActiveStream): void {
    const progress = recognition.takeProgress();
    if (!tellsProgress || !this.#streams.has(id)) return;
    for (const one of progress) this.#events.progress(id, one);
  }

  async #detectSpeech({ recognition, vadState }: ActiveStream): Promise<void> {
    const count = Math.min(recognition.pendingFrames, framesPerSlice);
    for (let index = 0; index < count; index += 1) {
      const frame = recognition.nextFrame();
      const probability = await this.#models.vad.probability(vadState, frame);
      recognition.addProbability(probability, frame);
    }
  }

  async #decode(stream: ActiveStream, job: DecodeJob): Promise<void> {
    const { id, recognition } = stream;
    if (job.kind === 'final' && recognition.isCovered(job)) {
      this.#emit(id, recognition.finishSegment());
      return;
    }
    const shouldStop = (): Promise<boolean> =>
      job.kind === 'final' ? this.#isDropped(id) : this.#isOvertaken(id);
    const result = await this.#models.decoder.decode({ ...recognition.inputFor(job), shouldStop });
    if (!this.#streams.has(id)) return;
    if (job.kind === 'partial') this.#emit(id, recognition.addHypothesis(job, result));
    else this.#emit(id, recognition.finishSegment(result.tokens));
  }

  #emit(id: number, text: string): void {
    if (text !== '') this.#events.delta(id, text);
  }

  async #isDropped(id: number): Promise<boolean> {
    await yieldToMessages();
    return !this.#streams.has(id);
  }

  /** A partial decode gives way as soon as anyone waits for the end of an utterance. */
  async #isOvertaken(id: number): Promise<boolean> {
    if (await this.#isDropped(id)) return true;
    return [...this.#streams.values()].some(({ recognition }) => recognition.isEnding);
  }
}
