import type { Clock } from '../common/clock.ts';
import type { OutgoingFrame } from '../dialects/dialect.ts';
import type { Micros, SentChunk } from '../trace/sessionTrace.ts';
import type { AudioSpan, SendSchedule } from './sendSchedule.ts';

export interface ChunkFrame extends AudioSpan {
  frame: OutgoingFrame;
}

/** Where the frames go. */
export interface FrameSocket {
  readonly queuedBytes: number;
  send(data: string | Uint8Array, accepted?: () => void): void;
}

export interface AudioSenderOptions {
  clock: Clock;
  schedule: SendSchedule;
  totalSamples: number;
  /** Encoded on demand, one frame ahead of the one that is waiting to be sent. */
  frames: Iterator<ChunkFrame>;
  socket: FrameSocket;
  onChunk: (chunk: SentChunk) => void;
  /** Calls back at an instant of the clock; returns what cancels that. */
  wakeAt: (dueUs: Micros, callback: () => void) => () => void;
  /** All audio has been sent and its end has come. */
  onEnd: () => void;
}

/**
 * Sends an utterance on its schedule. A frame that is late leaves at once and the schedule stays
 * as it is, so lateness shows in the trace and never shifts the audio clock.
 */
export class AudioSender {
  readonly #options: AudioSenderOptions;
  #next: ChunkFrame | null;
  #originUs: Micros = 0;
  #stopped = false;
  #cancelWait: (() => void) | null = null;

  constructor(options: AudioSenderOptions) {
    this.#options = options;
    // Encoded here, before the audio clock starts.
    this.#next = this.#encodeNext();
  }

  /** `originUs` is the instant sample 0 is spoken. */
  start(originUs: Micros): void {
    this.#originUs = originUs;
    this.#waitForNext();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelWait?.();
    this.#cancelWait = null;
  }

  #encodeNext(): ChunkFrame | null {
    const next = this.#options.frames.next();
    return next.done ? null : next.value;
  }

  #waitForNext(): void {
    const { schedule, totalSamples, wakeAt } = this.#options;
    const offsetUs = this.#next ? schedule.chunkDueUs(this.#next) : schedule.endDueUs(totalSamples);
    const dueUs = this.#originUs + (offsetUs ?? 0);
    this.#cancelWait = wakeAt(dueUs, () => {
      this.#cancelWait = null;
      this.#act(offsetUs === null ? null : dueUs);
    });
  }

  #act(dueUs: Micros | null): void {
    const chunk = this.#next;
    if (this.#stopped) {
      return;
    }
    if (!chunk) {
      this.#options.onEnd();
      return;
    }
    if (dueUs === null) {
      this.#send(chunk, null, () => {
        // Through the timer, not at once: a long burst must not keep messages from being read.
        if (!this.#stopped) {
          this.#waitForNext();
        }
      });
    } else {
      this.#send(chunk, dueUs);
      this.#waitForNext();
    }
  }

  #send(chunk: ChunkFrame, dueUs: Micros | null, accepted?: () => void): void {
    const { clock, socket, onChunk } = this.#options;
    const { startSample, endSample, frame } = chunk;
    const queuedBytes = socket.queuedBytes;
    const sentUs = clock.nowUs();
    socket.send(frame.data, accepted);
    this.#next = this.#encodeNext();
    onChunk({ dueUs: dueUs ?? sentUs, sentUs, startSample, endSample, queuedBytes });
  }
}
