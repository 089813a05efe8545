import * as z from 'zod';
import type { TimedWord, TranscriptEvent } from '../../trace/transcriptEvent.ts';
import type {
  ConnectionEnd,
  Dialect,
  DialectSession,
  Interpretation,
  JsonValue,
  OutgoingFrame,
} from '../dialect.ts';
import { webSocketUrl } from '../endpointUrl.ts';
import { jsonFrame } from '../jsonFrame.ts';
import { parseJsonFrame } from '../parseJsonFrame.ts';
import { parseOptions } from '../parseOptions.ts';
import { serverFailure, serverFailureCode } from '../serverFailure.ts';
import { voskReply } from './voskMessages.ts';
import type { VoskWords } from './voskMessages.ts';

const label = 'Vosk';

/** The server compares the whole text: any other spelling of this JSON is taken for audio. */
const endOfAudio = '{"eof" : 1}';

const optionsSchema = z.strictObject({
  sample_rate: z.int().min(8_000).max(48_000).default(16_000),
  words: z.boolean().default(true),
  max_alternatives: z.int().nonnegative().optional(),
  phrase_list: z.array(z.string()).min(1).optional(),
  sendConfig: z.boolean().default(true),
  config: z.record(z.string(), z.json()).default({}),
});

type Options = z.infer<typeof optionsSchema>;

function configOf(options: Options): Record<string, JsonValue> {
  const { sample_rate, words, max_alternatives, phrase_list, config } = options;
  return {
    sample_rate,
    words: words ? 1 : 0,
    ...(max_alternatives === undefined ? {} : { max_alternatives }),
    ...(phrase_list === undefined ? {} : { phrase_list }),
    ...config,
  };
}

const emptyReply: TranscriptEvent = { type: 'other', name: 'empty reply' };

function timedWords(words: NonNullable<VoskWords>): TimedWord[] {
  return words.map(({ word, start, end }) => ({
    text: word,
    startMs: Math.round(start * 1000),
    endMs: Math.round(end * 1000),
  }));
}

/**
 * Vosk answers every message but the config with exactly one reply, so replies are counted: the
 * one after those to the audio is the reply to the end, and the last. Servers that leave replies
 * out end by closing.
 */
class VoskSession implements DialectSession {
  readonly #options: Options;
  #audioMessages = 0;
  #replies = 0;
  #ended = false;
  /** A result came after the end, which may be the reply to it. */
  #hasLateResult = false;
  #done = false;
  /** The number of the current utterance. */
  #utterance = 0;
  /** What the current utterance shows; null: nothing yet. */
  #shown: string | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  open(): OutgoingFrame[] {
    return this.#options.sendConfig ? [jsonFrame({ config: configOf(this.#options) })] : [];
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    this.#audioMessages += 1;
    return { data: chunk, commit: null };
  }

  endOfAudio(): OutgoingFrame[] {
    this.#ended = true;
    return [{ data: endOfAudio, commit: 'final' }];
  }

  receive(frame: string | Uint8Array): Interpretation {
    // The batch server for GPUs replies nothing at all where it has no result.
    const reply = frame === '' ? null : parseJsonFrame(frame, voskReply);
    this.#replies += 1;
    if (this.#done) return { events: [{ type: 'other', name: 'late reply' }], keepRaw: true };
    if (reply && !reply.isFinal) {
      return { events: [this.#partial(reply.text)], keepRaw: reply.saysMore };
    }
    this.#hasLateResult ||= this.#ended;
    const events = reply ? this.#result(reply.text, reply.words) : [emptyReply];
    return { events: [...events, ...this.#endIfLast()], keepRaw: true };
  }

  closed(end: ConnectionEnd): TranscriptEvent[] {
    if (this.#done) return [];
    const isInOrder = end.code === 1000 || end.code === 1005;
    return isInOrder && this.#hasLateResult ? this.#end() : serverFailure(end);
  }

  #partial(text: string): TranscriptEvent {
    if (text.trim() === '' && this.#shown === null) {
      return { type: 'other', name: 'blank partial' };
    }
    this.#shown = text;
    return { type: 'text', mode: 'replace', unit: String(this.#utterance), text };
  }

  #result(text: string, words: VoskWords): TranscriptEvent[] {
    const isBlank = text.trim() === '';
    if (isBlank && this.#shown === null) return [{ type: 'other', name: 'blank result' }];
    const unit = String(this.#utterance);
    const events: TranscriptEvent[] = [];
    // A final without text would confirm what is shown; here it takes it back.
    if (isBlank) events.push({ type: 'text', mode: 'replace', unit, text });
    if (words) events.push({ type: 'words', unit, words: timedWords(words) });
    return [...events, ...this.#finish(text)];
  }

  #endIfLast(): TranscriptEvent[] {
    // More replies than messages come where the server takes the config for audio.
    if (!this.#ended || this.#replies <= this.#audioMessages) return [];
    return this.#end();
  }

  #end(): TranscriptEvent[] {
    this.#done = true;
    const last = this.#shown === null ? [] : this.#finish(this.#shown);
    return [...last, { type: 'done' }];
  }

  #finish(text: string): TranscriptEvent[] {
    const unit = String(this.#utterance);
    this.#utterance += 1;
    this.#shown = null;
    return [{ type: 'final', unit, text }];
  }
}

/** Vosk-server: binary PCM16, partials that replace each other, one reply per message. */
export const vosk: Dialect = {
  id: 'vosk',
  label,
  awaitsReady: false,
  textModel: 'replace-segment',
  features: { wordTimes: true, usage: false, speech: false },
  exampleUrl: 'ws://localhost:2700',
  remedies: new Map([
    [
      String(serverFailureCode),
      "The server's own log says why; a phrase list or an option that its model does not take" +
        ' does this.',
    ],
  ]),
  audioFormat: (settings) => ({
    encoding: 'pcm_s16le',
    sampleRateHz: parseOptions(label, optionsSchema, settings).sample_rate,
  }),
  modelsUrl: () => null,
  request: ({ url }) => ({
    transport: 'websocket',
    url: webSocketUrl(url, '/'),
    headers: {},
    subprotocols: [],
  }),
  start: (settings) => new VoskSession(parseOptions(label, optionsSchema, settings)),
};
