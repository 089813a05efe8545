import * as z from 'zod';
import type { TranscriptEvent } from '../../trace/transcriptEvent.ts';
import { toBase64 } from '../base64.ts';
import type { ConnectionEnd, DialectSession, Interpretation, OutgoingFrame } from '../dialect.ts';
import { DialectError } from '../dialectError.ts';
import { jsonFrame } from '../jsonFrame.ts';
import { parseJsonFrame } from '../parseJsonFrame.ts';
import { isObject } from '../readObject.ts';
import { CommittedItems } from './committedItems.ts';
import { errorText } from '../errorText.ts';
import { mergeConfig } from '../hostedSettings.ts';
import type { JsonObject } from '../hostedSettings.ts';
import {
  anyMessage,
  completedMessage,
  deltaMessage,
  errorMessage,
  interimMessage,
  itemMessage,
  speechMessage,
} from './realtimeTranscriptionMessages.ts';
import type { AnyMessage, CompletedMessage } from './realtimeTranscriptionMessages.ts';
import { serverFailure } from '../serverFailure.ts';
import { usageEvents } from '../usageEvents.ts';

/**
 * A message may have 15 MiB: that is more than two minutes as base64 at 48 kHz, the highest rate
 * that any of these servers takes.
 */
export const longestAppendMs = 120_000;

/** What a server says to a commit with nothing to commit. */
const emptyCommit = new Set(['input_audio_buffer_commit_empty', 'invalid_state']);

const transcription = 'conversation.item.input_audio_transcription';
const plainFields = new Set(['type', 'event_id', 'item_id', 'content_index', 'delta']);

/** How a session differs from one with one commit at the end. */
export interface RealtimeTranscriptionManner {
  /** An older shape of the configuration, for servers that refuse the first. */
  fallback?: JsonObject;
  /** The client commits whenever so many bytes of audio have come. */
  commitBytes?: number;
  /** Bytes of all the audio. */
  totalBytes: number;
}

/** An option: how much audio goes into an item; a commit of less than 100 ms would be refused. */
export const commitEverySeconds = z.number().min(0.2).optional();

/** What a session needs to commit so often; `rate` in Hz, 16-bit samples. */
export function commitManner(audio: {
  rate: number;
  every: number | undefined;
  totalSamples: number;
}): RealtimeTranscriptionManner {
  const { rate, every, totalSamples } = audio;
  const totalBytes = totalSamples * 2;
  return every === undefined ? { totalBytes } : { totalBytes, commitBytes: every * rate * 2 };
}

type ErrorEvent = Extract<TranscriptEvent, { type: 'error' }>;

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  message: AnyMessage,
  field: string,
): z.infer<Schema> {
  const result = schema.safeParse(message);
  if (result.success) return result.data;
  throw new DialectError(`The server sent a ${message.type} without a text in \`${field}\`.`, {
    cause: result.error,
  });
}

function other(name: string): TranscriptEvent {
  return { type: 'other', name };
}

/** Tokens or seconds. */
function usageOf({ usage }: CompletedMessage): TranscriptEvent[] {
  return usageEvents({
    outputTokens: usage?.output_tokens,
    inputTokens: usage?.input_tokens,
    audioMs: usage?.seconds,
  });
}

function errorEvent(message: AnyMessage, fatal: boolean): ErrorEvent {
  const { error } = errorMessage.parse(message);
  return {
    type: 'error',
    code: error?.code ?? error?.type ?? null,
    message: errorText(message.error ?? message.message),
    fatal,
  };
}

/** The configuration as it was before the protocol's final form, which look-alikes still have. */
function betaShape(config: JsonObject): JsonObject {
  const { audio } = config;
  const input = isObject(audio) && isObject(audio.input) ? audio.input : {};
  const { transcription: model = {}, turn_detection = null, noise_reduction = null } = input;
  return {
    input_audio_format: 'pcm16',
    input_audio_transcription: model,
    turn_detection,
    input_audio_noise_reduction: noise_reduction,
    ...mergeConfig(config, { type: null, audio: null }),
  };
}

/** Whether the configuration has the server end turns by itself. */
function endsTurns(config: JsonObject): boolean {
  const input = isObject(config.audio) && isObject(config.audio.input) ? config.audio.input : {};
  return isObject(input.turn_detection ?? config.turn_detection);
}

/**
 * OpenAI's realtime transcription, as far as it and its look-alikes agree: the session is
 * configured in answer to its creation and ready when that was acknowledged; audio is committed
 * into items by the client, at the end and before, or by the server's turn detection; each item has its own
 * deltas and one result, and results may come in another order than their items.
 */
export class RealtimeTranscriptionSession implements DialectSession {
  readonly #config: JsonObject;
  readonly #endsTurns: boolean;
  readonly #items = new CommittedItems();
  readonly #commitBytes: number;
  #fallback: JsonObject | null;
  /** Sizes of the chunks that are not sent yet. */
  readonly #waitingBytes: number[] = [];
  #uncommittedBytes = 0;
  #bytesLeft: number;
  #isConfigured = false;
  #isReady = false;
  #completed = 0;
  #failure: ErrorEvent | null = null;
  #isOver = false;

  constructor(config: JsonObject, manner: RealtimeTranscriptionManner) {
    this.#config = config;
    this.#fallback = manner.fallback ?? null;
    this.#commitBytes = manner.commitBytes ?? Infinity;
    this.#bytesLeft = manner.totalBytes;
    this.#endsTurns = endsTurns(config);
  }

  open(): OutgoingFrame[] {
    return [];
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    this.#waitingBytes.push(chunk.length);
    return jsonFrame({ type: 'input_audio_buffer.append', audio: toBase64(chunk) });
  }

  /** What is left must be worth an item of its own. */
  afterAudio(): OutgoingFrame[] {
    const sentBytes = this.#waitingBytes.shift() ?? 0;
    this.#uncommittedBytes += sentBytes;
    this.#bytesLeft -= sentBytes;
    const isDue = this.#uncommittedBytes >= this.#commitBytes;
    if (!isDue || this.#bytesLeft < this.#commitBytes / 2) return [];
    this.#uncommittedBytes = 0;
    this.#items.commit();
    return [jsonFrame({ type: 'input_audio_buffer.commit' }, 'segment')];
  }

  endOfAudio(): OutgoingFrame[] {
    this.#items.end();
    return [jsonFrame({ type: 'input_audio_buffer.commit' }, 'final')];
  }

  receive(frame: string | Uint8Array): Interpretation {
    const message = parseJsonFrame(frame, anyMessage);
    if (message.type === 'error') return this.#refused(message);
    if (this.#isOver) return { events: [other(message.type)], keepRaw: true };
    switch (message.type) {
      case 'session.created':
      case 'transcription_session.created':
        return {
          events: [other(message.type)],
          keepRaw: true,
          replies: this.#configure(message.type),
        };
      case `${transcription}.delta`:
        return this.#delta(message);
      default:
        return { events: this.#meaning(message), keepRaw: true };
    }
  }

  closed(end: ConnectionEnd): TranscriptEvent[] {
    return this.#isOver ? [] : serverFailure(end);
  }

  #meaning(message: AnyMessage): TranscriptEvent[] {
    switch (message.type) {
      case 'session.updated':
      case 'transcription_session.updated':
        return this.#updated(message.type);
      case 'input_audio_buffer.speech_started':
      case 'input_audio_buffer.speech_stopped':
        return [this.#speech(message)];
      case 'input_audio_buffer.committed':
        return this.#committed(message);
      case 'input_audio_buffer.cleared':
        return this.#cleared(message);
      case `${transcription}.text`:
        return [this.#interim(message)];
      case `${transcription}.completed`:
        return this.#result(parsed(completedMessage, message, 'transcript'));
      case `${transcription}.failed`:
        return this.#failed(message);
      default:
        return [other(message.type)];
    }
  }

  #configure(created: string): OutgoingFrame[] {
    if (this.#isConfigured) return [];
    this.#isConfigured = true;
    return [
      created === 'session.created'
        ? jsonFrame({ type: 'session.update', session: this.#config })
        : jsonFrame({ type: 'transcription_session.update', session: betaShape(this.#config) }),
    ];
  }

  #updated(name: string): TranscriptEvent[] {
    if (this.#isReady) return [other(name)];
    this.#isReady = true;
    return [{ type: 'ready' }];
  }

  #speech(message: AnyMessage): TranscriptEvent {
    const { item_id: item, audio_start_ms, audio_end_ms } = speechMessage.parse(message);
    if (message.type === 'input_audio_buffer.speech_started') {
      return { type: 'speech', state: 'started', audioMs: audio_start_ms ?? null };
    }
    this.#items.turnEnded(item);
    return { type: 'speech', state: 'stopped', audioMs: audio_end_ms ?? null };
  }

  #committed(message: AnyMessage): TranscriptEvent[] {
    const { item_id: unit } = itemMessage.parse(message);
    const isNew = this.#items.committed(unit);
    return [isNew ? { type: 'unit', unit } : other(message.type), ...this.#end()];
  }

  /** Some servers answer the last commit so where turn detection has left nothing. */
  #cleared({ type }: AnyMessage): TranscriptEvent[] {
    if (this.#endsTurns && this.#items.awaitsAnswer) this.#items.nothingLeft();
    return [other(type), ...this.#end()];
  }

  #delta(message: AnyMessage): Interpretation {
    const { item_id: unit, delta } = parsed(deltaMessage, message, 'delta');
    if (delta == null || this.#items.isSettled(unit)) {
      return { events: [other(message.type)], keepRaw: true };
    }
    this.#items.heard(unit);
    return {
      events: [{ type: 'text', mode: 'append', unit, text: delta }],
      keepRaw: Object.entries(message).some(([name, value]) => {
        return value !== null && !plainFields.has(name);
      }),
    };
  }

  #interim(message: AnyMessage): TranscriptEvent {
    const { item_id: unit, text, stash } = parsed(interimMessage, message, 'text');
    if (this.#items.isSettled(unit)) return other(message.type);
    this.#items.heard(unit);
    return { type: 'text', mode: 'replace', unit, text: text + (stash ?? '') };
  }

  #result(message: CompletedMessage): TranscriptEvent[] {
    const { item_id: unit, transcript: text } = message;
    if (this.#items.isSettled(unit)) return [other(`${transcription}.completed`)];
    this.#items.settled(unit);
    this.#completed += 1;
    return [{ type: 'final', unit, text }, ...usageOf(message), ...this.#end()];
  }

  /** Fatal where no item has a text. */
  #failed(message: AnyMessage): TranscriptEvent[] {
    const { item_id: item } = itemMessage.parse(message);
    if (this.#items.isSettled(item)) return [other(message.type)];
    this.#items.settled(item);
    this.#failure = errorEvent(message, false);
    const end = this.#end();
    return this.#isOver && this.#completed === 0 ? end : [this.#failure, ...end];
  }

  /** What ends the session when every item has its result. */
  #end(): TranscriptEvent[] {
    if (!this.#items.isComplete) return [];
    this.#isOver = true;
    return this.#failure && this.#completed === 0
      ? [{ ...this.#failure, fatal: true }]
      : [{ type: 'done' }];
  }

  /** Whatever went wrong with configuration or audio, the text would not be what was said. */
  #refused(message: AnyMessage): Interpretation {
    const error = errorEvent(message, false);
    if (this.#isOver) return { events: [error], keepRaw: true };
    const older = this.#takeFallback(message);
    if (older) return { events: [error], keepRaw: true, replies: [older] };
    if (this.#isNothingLeft(error)) {
      this.#items.nothingLeft();
      return { events: [error, ...this.#end()], keepRaw: true };
    }
    this.#isOver = true;
    return { events: [{ ...error, fatal: true }], keepRaw: true };
  }

  #takeFallback(message: AnyMessage): OutgoingFrame | null {
    const { error } = errorMessage.parse(message);
    const session = this.#fallback;
    const isRefused =
      this.#isConfigured &&
      !this.#isReady &&
      error?.code === 'invalid_value' &&
      error.param === 'session.audio.input.format';
    if (!isRefused || session === null) return null;
    this.#fallback = null;
    return jsonFrame({ type: 'session.update', session });
  }

  /** Without turn detection, and without any item, it is the audio that was too short. */
  #isNothingLeft({ code }: ErrorEvent): boolean {
    const mayBeEmpty = this.#endsTurns || this.#items.count > 0;
    return mayBeEmpty && this.#items.awaitsAnswer && code !== null && emptyCommit.has(code);
  }
}
