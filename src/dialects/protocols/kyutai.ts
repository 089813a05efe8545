import * as z from 'zod';
import { soleUnit } from '../../trace/transcriptEvent.ts';
import type { TimedWord, TranscriptEvent } from '../../trace/transcriptEvent.ts';
import type { Dialect, DialectSession, Interpretation, OutgoingFrame } from '../dialect.ts';
import { DialectError } from '../dialectError.ts';
import { webSocketUrl } from '../endpointUrl.ts';
import { parseOptions } from '../parseOptions.ts';
import { keyHeader } from '../hostedSettings.ts';
import { errorText } from '../errorText.ts';
import {
  audioMessage,
  decodeMessage,
  endWordMessage,
  markerMessage,
  wordMessage,
} from './kyutaiMessages.ts';
import type { AnyMessage } from './kyutaiMessages.ts';
import { queryOption, withQuery } from '../withQuery.ts';

const label = 'Kyutai moshi-server';
const sampleRateHz = 24_000;
const fullScale = 32_768;
const markerId = 0;
/** The key that the server's example configuration lets in. */
const publicKey = 'public_token';
const longestSilenceMs = 60_000;

const silenceMs = z.int().min(0).max(longestSilenceMs);

const optionsSchema = z.strictObject({
  leadingSilenceMs: silenceMs.default(1_000),
  silenceBeforeMarkerMs: silenceMs.default(1_000),
  silenceAfterMarkerMs: silenceMs.default(10_000),
  query: queryOption,
});

type Options = z.infer<typeof optionsSchema>;

function* samplesOf(chunk: Uint8Array): Iterable<number> {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  for (let at = 0; at + 1 < chunk.byteLength; at += 2) yield view.getInt16(at, true) / fullScale;
}

/** Silence, in messages of a second at most. */
class Silence {
  /** Takes time to encode, and is sent at moments that are measured. */
  readonly #second = audioMessage(new Float32Array(sampleRateHz));

  frames(lengthMs: number): OutgoingFrame[] {
    const samples = Math.round((lengthMs * sampleRateHz) / 1000);
    const rest = samples % sampleRateHz;
    const seconds = Array.from({ length: Math.floor(samples / sampleRateHz) }, () => this.#second);
    const all = rest === 0 ? seconds : [...seconds, audioMessage(new Float32Array(rest))];
    return all.map((data) => ({ data, commit: null }));
  }
}

/**
 * One word after the other, and when it began; when it ended is said later. The server sends a
 * marker back when it has transcribed what came before it. Its model lags behind the audio and
 * moves on with new audio only: silence around the speech is part of the protocol.
 */
class KyutaiSession implements DialectSession {
  readonly #leadingSilenceMs: number;
  readonly #beforeSpeech: OutgoingFrame[];
  readonly #afterSpeech: OutgoingFrame[];
  #text = '';
  /** The last word, until its end is known. */
  #word: { text: string; startMs: number } | null = null;
  #ended = false;
  #isOver = false;

  constructor(options: Options) {
    const silence = new Silence();
    this.#leadingSilenceMs = options.leadingSilenceMs;
    this.#beforeSpeech = silence.frames(options.leadingSilenceMs);
    this.#afterSpeech = [
      ...silence.frames(options.silenceBeforeMarkerMs),
      { data: markerMessage(markerId), commit: 'final' },
      ...silence.frames(options.silenceAfterMarkerMs),
    ];
  }

  open(): OutgoingFrame[] {
    return this.#beforeSpeech;
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    return { data: audioMessage(samplesOf(chunk)), commit: null };
  }

  endOfAudio(): OutgoingFrame[] {
    this.#ended = true;
    return this.#afterSpeech;
  }

  /** The raw text of a binary frame is of no use to anybody, so that of the many is not kept. */
  receive(frame: string | Uint8Array): Interpretation {
    const message = decodeMessage(frame);
    const other: Interpretation = {
      events: [{ type: 'other', name: message.type }],
      keepRaw: message.type !== 'Step',
    };
    if (message.type === 'Error') return { events: [this.#error(message)], keepRaw: true };
    if (this.#isOver) return other;
    switch (message.type) {
      case 'Ready':
        return { events: [{ type: 'ready' }], keepRaw: true };
      case 'Word':
        return { events: this.#heard(message), keepRaw: Object.keys(message).length > 3 };
      case 'EndWord': {
        const words = this.#endWord(endWordMessage.parse(message).stop_time);
        return words.length > 0 ? { events: words, keepRaw: true } : other;
      }
      case 'Marker':
        return this.#ended && message.id === markerId
          ? { events: this.#finished(), keepRaw: true }
          : other;
      default:
        return other;
    }
  }

  #heard(message: AnyMessage): TranscriptEvent[] {
    const parsed = wordMessage.safeParse(message);
    if (!parsed.success) throw new DialectError('The server sent a Word without a text in `text`.');
    const { text, start_time: startMs } = parsed.data;
    const before = this.#endWord(startMs);
    this.#word = startMs === null ? null : { text: text.trim(), startMs };
    const piece = this.#text === '' ? text : ` ${text}`;
    this.#text += piece;
    return [{ type: 'text', mode: 'append', unit: soleUnit, text: piece }, ...before];
  }

  /** A word that nobody ends ends where the next one begins. */
  #endWord(stopMs: number | null): TranscriptEvent[] {
    if (!this.#word || stopMs === null) return [];
    const { text, startMs } = this.#word;
    this.#word = null;
    const word: TimedWord = {
      text,
      startMs: this.#inSpeech(startMs),
      endMs: this.#inSpeech(Math.max(startMs, stopMs)),
    };
    return [{ type: 'words', unit: soleUnit, words: [word] }];
  }

  /** The server counts from the start of the silence in front of the speech. */
  #inSpeech(ms: number): number {
    return Math.max(ms - this.#leadingSilenceMs, 0);
  }

  #finished(): TranscriptEvent[] {
    this.#isOver = true;
    const last = this.#endWord(this.#word?.startMs ?? null);
    return [...last, { type: 'final', unit: soleUnit, text: this.#text }, { type: 'done' }];
  }

  /** Errors have no codes; the one that users can do something about gets one. */
  #error(message: AnyMessage): TranscriptEvent {
    const text = errorText(message.message);
    const code = text === 'no free channels' ? 'no_free_channels' : null;
    const fatal = !this.#isOver;
    this.#isOver = true;
    return { type: 'error', code, message: text, fatal };
  }
}

/** Kyutai's moshi-server: MessagePack frames of float samples at 24 kHz, a word at a time. */
export const kyutai: Dialect = {
  id: 'kyutai',
  label,
  // Servers that transcribe one session at a time never say that they are ready.
  awaitsReady: false,
  textModel: 'append-words',
  features: { wordTimes: true, usage: false, speech: false },
  exampleUrl: 'ws://localhost:8080',
  remedies: new Map([
    [
      'no_free_channels',
      'All places of the server are taken: run fewer sessions at a time, or raise its batch size.',
    ],
  ]),
  audioFormat: () => ({ encoding: 'pcm_f32le', sampleRateHz }),
  modelsUrl: () => null,
  request(settings, apiKey) {
    const { query } = parseOptions(label, optionsSchema, settings);
    const url = withQuery(webSocketUrl(settings.url, '/api/asr-streaming'), query);
    // A header would be preferred to the key in the address.
    const hasOwnKey = apiKey === null && new URL(url).searchParams.has('auth_id');
    return {
      transport: 'websocket',
      url,
      headers: hasOwnKey ? {} : keyHeader('kyutai-api-key', apiKey ?? publicKey),
      subprotocols: [],
    };
  },
  start: (settings) => new KyutaiSession(parseOptions(label, optionsSchema, settings)),
  recognises(frame) {
    try {
      return decodeMessage(frame).type === 'Ready';
    } catch (error) {
      if (error instanceof DialectError) return false;
      throw error;
    }
  },
};
