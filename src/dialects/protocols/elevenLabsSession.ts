import type * as z from 'zod';
import type { TimedWord, TranscriptEvent } from '../../trace/transcriptEvent.ts';
import { toBase64 } from '../base64.ts';
import type { ConnectionEnd, DialectSession, Interpretation, OutgoingFrame } from '../dialect.ts';
import { DialectError } from '../dialectError.ts';
import { jsonFrame } from '../jsonFrame.ts';
import { parseJsonFrame } from '../parseJsonFrame.ts';
import { anyMessage, textMessage, timedMessage } from './elevenLabsMessages.ts';
import type { TimedMessage } from './elevenLabsMessages.ts';
import { errorText } from '../errorText.ts';

export const elevenLabsRateHz = 16_000;

/** Long enough for the words of a segment, or for one more segment. */
const quietMs = 1_500;

export interface ElevenLabsConfig {
  /** Whether the service commits as well, so that a commit of its own may cross the last one. */
  isShared: boolean;
  /** Whether words with times follow each committed text. */
  isTimed: boolean;
  /** Text said before; goes with the first chunk. */
  previousText: string | null;
}

type Message = z.infer<typeof anyMessage>;

/** A committed segment. */
interface Segment {
  unit: string;
  text: string;
}

function other(name: string): TranscriptEvent {
  return { type: 'other', name };
}

function timedWords({ words }: TimedMessage): TimedWord[] {
  return (words ?? []).flatMap(({ text, start, end, type }) => {
    if (start === null || end === null || (type ?? 'word') !== 'word') return [];
    return [{ text: text.trim(), startMs: start, endMs: end }];
  });
}

function parsed<Schema extends z.ZodType>(schema: Schema, message: Message): z.infer<Schema> {
  const result = schema.safeParse(message);
  if (result.success) return result.data;
  const what = `a ${message.message_type} without a text in \`text\``;
  throw new DialectError(`The server sent ${what}.`, { cause: result.error });
}

/**
 * A segment's text is replaced until it is committed; committed segments make the transcript. No
 * message says that the session is over: what answers the last commit does, or that nothing more
 * comes after it.
 */
export class ElevenLabsSession implements DialectSession {
  readonly #config: ElevenLabsConfig;
  #sentAudio = false;
  #committed = 0;
  /** The segment that is not committed yet shows some text. */
  #isShowing = false;
  /** Committed segments whose words did not come yet. */
  readonly #untimed: Segment[] = [];
  #ended = false;
  /** What answered the commit at the end. */
  #last: Segment | null = null;
  #isOver = false;

  constructor(config: ElevenLabsConfig) {
    this.#config = config;
  }

  open(): OutgoingFrame[] {
    return [];
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    const { previousText } = this.#config;
    const context = this.#sentAudio || previousText === null ? {} : { previous_text: previousText };
    this.#sentAudio = true;
    return jsonFrame({ ...this.#chunk(toBase64(chunk), false), ...context });
  }

  endOfAudio(): OutgoingFrame[] {
    this.#ended = true;
    return [jsonFrame(this.#chunk('', true), 'final')];
  }

  receive(frame: string | Uint8Array): Interpretation {
    const interpretation = this.#interpret(frame);
    return this.#last && !this.#isOver ? { ...interpretation, quietMs } : interpretation;
  }

  /** What is missing now never comes. */
  quiet(): TranscriptEvent[] {
    return this.#last && !this.#isOver ? this.#done() : [];
  }

  #interpret(frame: string | Uint8Array): Interpretation {
    const message = parseJsonFrame(frame, anyMessage);
    const kind = message.message_type;
    if ('error' in message || kind === 'error') {
      return { events: this.#error(message), keepRaw: true };
    }
    if (this.#isOver) return { events: [other(kind)], keepRaw: true };
    switch (kind) {
      case 'session_started':
        return { events: [{ type: 'ready' }], keepRaw: true };
      case 'partial_transcript':
      case 'final_transcript':
        return this.#replaced(message);
      case 'committed_transcript': {
        const { text } = parsed(textMessage, message);
        const segment = this.#commit(text);
        this.#untimed.push(segment);
        return { events: [final(segment), ...this.#doneAfter(segment, false)], keepRaw: true };
      }
      case 'committed_transcript_with_timestamps':
        return { events: this.#timed(parsed(timedMessage, message)), keepRaw: true };
      default:
        return { events: [other(kind)], keepRaw: true };
    }
  }

  /** The words of the last segment may be missing, its text is not. */
  closed({ code }: ConnectionEnd): TranscriptEvent[] {
    return code === 1000 && this.#last && !this.#isOver ? this.#done() : [];
  }

  #chunk(audio: string, commit: boolean): object {
    return {
      message_type: 'input_audio_chunk',
      audio_base_64: audio,
      commit,
      sample_rate: elevenLabsRateHz,
    };
  }

  #replaced(message: Message): Interpretation {
    const { text } = parsed(textMessage, message);
    this.#isShowing = text.trim() !== '';
    return {
      events: [{ type: 'text', mode: 'replace', unit: String(this.#committed), text }],
      keepRaw: Object.keys(message).length > 2,
    };
  }

  #commit(text: string): Segment {
    const segment = { unit: String(this.#committed), text };
    this.#committed += 1;
    this.#isShowing = false;
    if (this.#ended) this.#last ??= segment;
    return segment;
  }

  /** Repeats the text of a committed segment; a text that was not committed is thereby. */
  #timed(message: TimedMessage): TranscriptEvent[] {
    const known = this.#takeUntimed(message.text);
    const segment = known ?? this.#commit(message.text);
    const words = timedWords(message);
    const events: TranscriptEvent[] = known ? [] : [final(segment)];
    if (words.length > 0) events.push({ type: 'words', unit: segment.unit, words });
    if (events.length === 0) events.push(other('committed_transcript_with_timestamps'));
    return [...events, ...this.#doneAfter(segment, true)];
  }

  #takeUntimed(text: string): Segment | null {
    const same = this.#untimed.findIndex((segment) => segment.text === text);
    return this.#untimed.splice(Math.max(same, 0), 1)[0] ?? null;
  }

  /** Nobody says when the words of a segment without a text come. */
  #doneAfter(segment: Segment, isTimed: boolean): TranscriptEvent[] {
    if (segment !== this.#last || this.#config.isShared) return [];
    const isComplete = isTimed || !this.#config.isTimed || segment.text.trim() === '';
    return isComplete ? this.#done() : [];
  }

  #done(): TranscriptEvent[] {
    this.#isOver = true;
    return [{ type: 'done' }];
  }

  /** Refusing the last commit for want of audio is its answer where all else is committed. */
  #error(message: Message): TranscriptEvent[] {
    const code = message.message_type;
    const text = errorText(message.error);
    const isNothingLeft =
      code === 'commit_throttled' && this.#ended && this.#committed > 0 && !this.#isShowing;
    const fatal = !this.#isOver && !isNothingLeft;
    const isDone = isNothingLeft && !this.#isOver;
    this.#isOver = true;
    const error: TranscriptEvent = { type: 'error', code, message: text, fatal };
    return isDone ? [error, { type: 'done' }] : [error];
  }
}

function final({ unit, text }: Segment): TranscriptEvent {
  return { type: 'final', unit, text };
}
