import type { z } from 'zod';
import { soleUnit } from '../../trace/transcriptEvent.ts';
import type { TimedWord, TranscriptEvent } from '../../trace/transcriptEvent.ts';
import type { ConnectionEnd, Interpretation } from '../dialect.ts';
import { DialectError } from '../dialectError.ts';
import { parseJsonFrame } from '../parseJsonFrame.ts';
import { isObject } from '../readObject.ts';
import { usageEvents } from '../usageEvents.ts';
import {
  anyAnswer,
  chunkAnswer,
  deltaAnswer,
  errorAnswer,
  segmentAnswer,
  textAnswer,
} from './transcriptionMessages.ts';
import type { ErrorAnswer, TextAnswer, Usage } from './transcriptionMessages.ts';

type Answer = Readonly<Record<string, unknown>>;

/** Fields of a chunk that are the same in each, or say nothing. */
const chunkFields = new Set(['id', 'object', 'created', 'model', 'choices']);
const choiceFields = new Set(['index', 'delta', 'finish_reason', 'stop_reason']);
const deltaFields = new Set(['content', 'role']);

/**
 * What the answer to a request for a transcription means, whichever form it has: chunks like those
 * of chat completions until `[DONE]`, OpenAI's typed events, or the text as one JSON body. A server
 * may answer in another form than it was asked for: not every model can stream.
 */
export class TranscriptionAnswers {
  #text = '';
  /** Some text came in pieces smaller than a segment. */
  #hasDeltas = false;
  #usage: Usage = null;
  /** A chunk said that its stretch of audio is finished; the next one may still follow. */
  #isFinished = false;
  /** The text is complete, or there will be none. */
  #isOver = false;

  receive(frame: string | Uint8Array): Interpretation {
    if (typeof frame === 'string' && frame.trim() === '[DONE]') {
      return { events: this.#isOver ? [other('[DONE]')] : this.#complete(), keepRaw: true };
    }
    const answer = parseJsonFrame(frame, anyAnswer);
    const type = typeof answer.type === 'string' ? answer.type : '';
    const isError = answer.error != null || type === 'error' || answer.object === 'error';
    if (isError) {
      return { events: [this.#error(errorAnswer.parse(answer))], keepRaw: true };
    }
    if (this.#isOver) return { events: [other(nameOf(answer) ?? 'after the end')], keepRaw: true };
    if (type.startsWith('transcript.text.')) return this.#typed(type, answer);
    if (Array.isArray(answer.choices)) return this.#chunk(answer);
    if (typeof answer.text === 'string') return this.#whole(textAnswer.parse(answer));
    const name = nameOf(answer);
    if (name === null) throw new DialectError('The server sent JSON that holds no transcript.');
    return { events: [other(name)], keepRaw: true };
  }

  /** A whole response may lack its `[DONE]`, but not the end of its text. */
  closed({ code }: ConnectionEnd): TranscriptEvent[] {
    return code === 1000 && this.#isFinished && !this.#isOver ? this.#complete() : [];
  }

  #typed(type: string, answer: Answer): Interpretation {
    switch (type) {
      case 'transcript.text.delta': {
        const { delta } = parsed(deltaAnswer, answer, `a ${type} without a text in \`delta\``);
        this.#hasDeltas = true;
        return { events: [this.#append(delta)], keepRaw: Object.keys(answer).length > 2 };
      }
      case 'transcript.text.segment':
        return { events: [this.#segment(answer)], keepRaw: true };
      case 'transcript.text.done':
        return this.#whole(parsed(textAnswer, answer, `a ${type} without a text in \`text\``));
      default:
        return { events: [other(type)], keepRaw: true };
    }
  }

  /** A segment says again what deltas said, where there are any. */
  #segment(answer: Answer): TranscriptEvent {
    const segment = segmentAnswer.safeParse(answer);
    if (!segment.success || this.#hasDeltas) return other('transcript.text.segment');
    const { text } = segment.data;
    return this.#append(this.#text === '' ? text : ` ${text.trimStart()}`);
  }

  #chunk(answer: Answer): Interpretation {
    const what = 'a chunk without a text in `choices`';
    const { choices, usage } = parsed(chunkAnswer, answer, what);
    // Where each chunk counts anew, the last one counts all.
    this.#usage = usage ?? this.#usage;
    const [choice] = choices;
    const isLast = choice?.finish_reason != null;
    const text = choice?.delta?.content ?? null;
    if (choice && !choice.delta && !isLast) throw new DialectError(`The server sent ${what}.`);
    this.#isFinished ||= isLast;
    const isBlankEnd = isLast && text === '';
    if (text === null || isBlankEnd) {
      return { events: [other('transcription.chunk')], keepRaw: true };
    }
    return { events: [this.#append(text)], keepRaw: isLast || !isPlain(answer, choice) };
  }

  #whole(answer: TextAnswer): Interpretation {
    const { text, words, usage } = answer;
    this.#text = text;
    this.#usage = usage ?? this.#usage;
    const timed = (words ?? []).map(timedWord);
    const events: TranscriptEvent[] = this.#complete();
    if (timed.length > 0) events.unshift({ type: 'words', unit: soleUnit, words: timed });
    return { events, keepRaw: true };
  }

  #append(text: string): TranscriptEvent {
    this.#text += text;
    return { type: 'text', mode: 'append', unit: soleUnit, text };
  }

  #complete(): TranscriptEvent[] {
    this.#isOver = true;
    return [
      { type: 'final', unit: soleUnit, text: this.#text },
      ...usageOf(this.#usage),
      { type: 'done' },
    ];
  }

  #error(answer: ErrorAnswer): TranscriptEvent {
    const { error } = answer;
    const fields = typeof error === 'object' && error !== null ? error : answer;
    const message = (typeof error === 'string' ? error : fields.message) ?? 'no message given';
    const type = fields.type === 'error' ? null : fields.type;
    const fatal = !this.#isOver;
    this.#isOver = true;
    return { type: 'error', code: fields.code ?? type ?? null, message, fatal };
  }
}

function other(name: string): TranscriptEvent {
  return { type: 'other', name };
}

function nameOf({ type, object }: Answer): string | null {
  if (typeof type === 'string') return type;
  return typeof object === 'string' ? object : null;
}

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  answer: Answer,
  what: string,
): z.infer<Schema> {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  throw new DialectError(`The server sent ${what}.`, { cause: result.error });
}

function isPlain(answer: Answer, choice: Answer | undefined): boolean {
  const delta = isObject(choice?.delta) ? choice.delta : {};
  return (
    (answer.choices as unknown[]).length === 1 &&
    saysOnly(chunkFields, answer) &&
    saysOnly(choiceFields, choice ?? {}) &&
    saysOnly(deltaFields, delta)
  );
}

/** Some servers write every field there is, most of them null. */
function saysOnly(fields: ReadonlySet<string>, value: Answer): boolean {
  return Object.entries(value).every(([name, content]) => fields.has(name) || content === null);
}

/** Tokens under either of their names, or seconds. */
function usageOf(usage: Usage): TranscriptEvent[] {
  return usageEvents({
    outputTokens: usage?.output_tokens ?? usage?.completion_tokens,
    inputTokens: usage?.input_tokens ?? usage?.prompt_tokens,
    audioMs: usage?.seconds,
  });
}

function timedWord({ word, start, end }: { word: string; start: number; end: number }): TimedWord {
  return { text: word.trim(), startMs: Math.round(start * 1000), endMs: Math.round(end * 1000) };
}
