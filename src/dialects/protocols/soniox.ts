import * as z from 'zod';
import type { TranscriptEvent } from '../../trace/transcriptEvent.ts';
import { bearerHeader } from '../bearerHeader.ts';
import type {
  Dialect,
  DialectSession,
  DialectSettings,
  Interpretation,
  OutgoingFrame,
} from '../dialect.ts';
import { DialectError } from '../dialectError.ts';
import { webSocketUrl } from '../endpointUrl.ts';
import { jsonFrame } from '../jsonFrame.ts';
import { languageCode } from '../languageCode.ts';
import { parseJsonFrame } from '../parseJsonFrame.ts';
import { parseOptions } from '../parseOptions.ts';
import { hostedOptions, mergeConfig } from '../hostedSettings.ts';
import { usageEvents } from '../usageEvents.ts';
import { withQuery } from '../withQuery.ts';
import type { JsonObject } from '../hostedSettings.ts';
import { errorMessage, resultMessage } from './sonioxMessages.ts';
import type { ErrorMessage, Token } from './sonioxMessages.ts';
import { wordsOf } from './sonioxTokens.ts';

const label = 'Soniox';
const defaultModel = 'stt-rt-v5';
const sampleRateHz = 16_000;

const optionsSchema = z.strictObject({
  /** `config`: in the first message, as older servers want it. */
  keyIn: z.enum(['header', 'config']).default('header'),
  enable_endpoint_detection: z.boolean().default(true),
  ...hostedOptions,
});

type Options = z.infer<typeof optionsSchema>;

function configuration({ model, language }: DialectSettings, options: Options): JsonObject {
  const base: JsonObject = {
    model: model ?? defaultModel,
    audio_format: 'pcm_s16le',
    sample_rate: sampleRateHz,
    num_channels: 1,
    ...(language === null ? {} : { language_hints: [languageCode(language)] }),
    enable_endpoint_detection: options.enable_endpoint_detection,
  };
  return mergeConfig(base, options.config);
}

const anyMessage = z.looseObject({});

/**
 * Final tokens are sent once, all others anew with every message; either may end inside a word.
 * So the unit is the stretch up to an endpoint, and its text is always given as a whole.
 */
class SonioxSession implements DialectSession {
  readonly #config: JsonObject;
  #units = 0;
  #finalTokens: Token[] = [];
  #finalText = '';
  /** What the current unit shows; null before its first text. */
  #shown: string | null = null;
  #finished = false;

  /** @param config the first message, which may hold the key */
  constructor(config: JsonObject) {
    this.#config = config;
  }

  open(): OutgoingFrame[] {
    return [jsonFrame(this.#config)];
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    return { data: chunk, commit: null };
  }

  endOfAudio(): OutgoingFrame[] {
    return [{ data: '', commit: 'final' }];
  }

  receive(frame: string | Uint8Array): Interpretation {
    const message = parseJsonFrame(frame, anyMessage);
    return { events: this.#eventsOf(message), keepRaw: true };
  }

  #eventsOf(message: object): TranscriptEvent[] {
    const error = errorMessage.parse(message);
    if (error.error_code != null || error.error_message != null) return [this.#error(error)];
    const isResult = 'tokens' in message || 'finished' in message;
    if (!isResult || this.#finished) {
      return [{ type: 'other', name: isResult ? 'late result' : 'message' }];
    }
    const parsed = resultMessage.safeParse(message);
    if (!parsed.success) throw new DialectError('The server sent tokens without a text in `text`.');
    const { tokens, finished, total_audio_proc_ms: audioMs } = parsed.data;
    const events = this.#take(tokens);
    if (finished) events.push(...this.#finish(audioMs ?? null));
    return events.length > 0 ? events : [{ type: 'other', name: 'progress' }];
  }

  /** What the tokens of a message make of the units' texts. */
  #take(tokens: readonly Token[]): TranscriptEvent[] {
    const events: TranscriptEvent[] = [];
    let provisional = '';
    for (const token of tokens) {
      if (token.translation_status === 'translation' || token.text === '<fin>') continue;
      if (token.text === '<end>') {
        const audioMs = token.end_ms ?? this.#finalTokens.at(-1)?.end_ms ?? null;
        events.push(...this.#endUnit(this.#finalText));
        events.push({ type: 'speech', state: 'stopped', audioMs });
      } else if (token.is_final) {
        this.#finalTokens.push(token);
        this.#finalText += token.text;
      } else provisional += token.text;
    }
    return [...events, ...this.#show(this.#finalText + provisional)];
  }

  get #unit(): string {
    return String(this.#units);
  }

  #show(text: string): TranscriptEvent[] {
    if (text === (this.#shown ?? '')) return [];
    this.#shown = text;
    return [{ type: 'text', mode: 'replace', unit: this.#unit, text }];
  }

  #endUnit(text: string): TranscriptEvent[] {
    if (this.#shown === null && text === '') return [];
    const unit = this.#unit;
    const words = wordsOf(this.#finalTokens);
    // A blank final would confirm what is shown.
    const taken = text.trim() === '' ? this.#show(text) : [];
    this.#units += 1;
    this.#finalTokens = [];
    this.#finalText = '';
    this.#shown = null;
    return [
      ...taken,
      { type: 'final', unit, text },
      ...(words.length > 0 ? [{ type: 'words', unit, words } as const] : []),
    ];
  }

  /** Everything is final by now; what a server left provisional is kept. */
  #finish(audioMs: number | null): TranscriptEvent[] {
    this.#finished = true;
    const rest = this.#endUnit(this.#shown ?? this.#finalText);
    return [...rest, ...usageEvents({ audioMs }), { type: 'done' }];
  }

  /** The server closes the connection after an error. */
  #error({ error_code, error_message }: ErrorMessage): TranscriptEvent {
    const text = error_message ?? 'no message given';
    return { type: 'error', code: error_code ?? null, message: text, fatal: !this.#finished };
  }
}

/** Soniox' realtime API: binary PCM16, tokens that are each final or not. */
export const soniox: Dialect = {
  id: 'soniox',
  label,
  awaitsReady: false,
  textModel: 'tokens',
  features: { wordTimes: true, usage: false, speech: true },
  defaultModel,
  exampleUrl: 'wss://stt-rt.soniox.com/transcribe-websocket',
  hosts: /^stt-rt\.([a-z\d-]+\.)?soniox\.com$/,
  remedies: new Map([
    ['400', 'Check the model, the language and the options.'],
    ['401', 'Check the API key, and the option "keyIn".'],
    ['402', 'The account has no credit or is at its monthly limit.'],
    ['408', 'The server heard nothing for too long: send audio at the pace of speech.'],
    ['429', 'The account is at its limit: lower the concurrency or wait.'],
    ['500', 'The recogniser failed: try again.'],
    ['503', 'The server ended the session or is full: try again.'],
  ]),
  audioFormat: () => ({ encoding: 'pcm_s16le', sampleRateHz }),
  modelsUrl: () => null,
  request(settings, apiKey) {
    const options = parseOptions(label, optionsSchema, settings);
    const isHeader = options.keyIn === 'header';
    return {
      transport: 'websocket',
      url: withQuery(webSocketUrl(settings.url, '/transcribe-websocket'), options.query),
      headers: isHeader ? bearerHeader(apiKey) : {},
      subprotocols: [],
    };
  },
  start(settings, _speech, apiKey) {
    const options = parseOptions(label, optionsSchema, settings);
    const config = configuration(settings, options);
    const isInConfig = options.keyIn === 'config' && typeof apiKey === 'string';
    return new SonioxSession(isInConfig ? { api_key: apiKey, ...config } : config);
  },
};
