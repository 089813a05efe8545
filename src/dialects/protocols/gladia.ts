import * as z from 'zod';
import { BenchError } from '../../common/benchError.ts';
import type { ExchangeRequest, ExchangeResult } from '../../common/connectionRequest.ts';
import type { TimedWord, TranscriptEvent } from '../../trace/transcriptEvent.ts';
import type {
  ConnectionEnd,
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
import {
  acknowledgement,
  anyMessage,
  errorMessage,
  sessionAnswer,
  speechMessage,
  transcriptMessage,
} from './gladiaMessages.ts';
import type { Word } from './gladiaMessages.ts';
import { hostedOptions, httpUrl, keyHeader, mergeConfig, toMs } from '../hostedSettings.ts';
import { withQuery } from '../withQuery.ts';
import type { JsonObject } from '../hostedSettings.ts';

const label = 'Gladia';
const defaultModel = 'solaria-1';
const sampleRateHz = 16_000;

const optionsSchema = z.strictObject({
  /** Seconds of silence that end an utterance. */
  endpointing: z.number().positive().optional(),
  ...hostedOptions,
});

type Options = z.infer<typeof optionsSchema>;

function configuration({ model, language }: DialectSettings, options: Options): JsonObject {
  const { endpointing, config } = options;
  const base: JsonObject = {
    encoding: 'wav/pcm',
    bit_depth: 16,
    sample_rate: sampleRateHz,
    channels: 1,
    model: model ?? defaultModel,
    ...(endpointing === undefined ? {} : { endpointing }),
    ...(language === null
      ? {}
      : { language_config: { languages: [languageCode(language)], code_switching: false } }),
    messages_config: {
      receive_partial_transcripts: true,
      receive_final_transcripts: true,
      receive_speech_events: true,
      receive_acknowledgments: true,
      receive_errors: true,
      receive_lifecycle_events: true,
    },
  };
  return mergeConfig(base, config);
}

function timedWords(words: readonly Word[]): TimedWord[] {
  return words.map(({ word, start, end }) => {
    return { text: word.trim(), startMs: toMs(start), endMs: toMs(Math.max(start, end)) };
  });
}

/** Utterances by id: partials replace each other, then the final replaces them. */
class GladiaSession implements DialectSession {
  /** Utterances that wait for their final, with what they show. */
  readonly #open = new Map<string, string>();
  readonly #finals = new Set<string>();
  #stopped = false;
  #done = false;

  open(): OutgoingFrame[] {
    return [];
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    return { data: chunk, commit: null };
  }

  endOfAudio(): OutgoingFrame[] {
    this.#stopped = true;
    return [jsonFrame({ type: 'stop_recording' }, 'final')];
  }

  receive(frame: string | Uint8Array): Interpretation {
    const message = parseJsonFrame(frame, anyMessage);
    return { events: this.#eventsOf(message.type, message), keepRaw: true };
  }

  /** The last message is not always there; the server closes with 1000 when all is said. */
  closed({ code, reason }: ConnectionEnd): TranscriptEvent[] {
    if (this.#done) return [];
    if (code === 1000) return this.#stopped ? this.#end() : [];
    if (code < 4000) return [];
    return [
      { type: 'error', code: String(code), message: reason || 'no reason given', fatal: true },
    ];
  }

  #eventsOf(type: string, message: object): TranscriptEvent[] {
    const other: TranscriptEvent[] = [{ type: 'other', name: type }];
    switch (type) {
      case 'transcript':
        return this.#transcript(message) ?? other;
      case 'speech_start':
      case 'speech_end':
        return [speechEvent(type, message)];
      case 'audio_chunk':
      case 'stop_recording':
        return this.#refusal(type, message) ?? other;
      case 'error':
        return [errorEvent(message)];
      case 'end_session':
        return this.#done ? other : this.#end();
      default:
        return other;
    }
  }

  /** Null for what comes too late to count. */
  #transcript(message: object): TranscriptEvent[] | null {
    const parsed = transcriptMessage.safeParse(message);
    if (!parsed.success) {
      throw new DialectError('The server sent a transcript without a text in `utterance.text`.');
    }
    const { id, is_final, utterance } = parsed.data.data;
    const unit = id ?? `utterance ${this.#finals.size}`;
    if (this.#done || this.#finals.has(unit)) return null;
    return is_final ? this.#final(unit, utterance) : this.#partial(unit, utterance.text);
  }

  #partial(unit: string, text: string): TranscriptEvent[] {
    this.#open.set(unit, text);
    return [{ type: 'text', mode: 'replace', unit, text }];
  }

  #final(unit: string, { text, words }: { text: string; words: Word[] }): TranscriptEvent[] {
    // A blank final would confirm what is shown.
    const taken = text.trim() === '' && this.#open.has(unit) ? this.#partial(unit, text) : [];
    this.#open.delete(unit);
    this.#finals.add(unit);
    return [
      ...taken,
      { type: 'final', unit, text },
      ...(words.length > 0 ? [{ type: 'words', unit, words: timedWords(words) } as const] : []),
    ];
  }

  /** A refused chunk is audio that is not heard; without the end there is no end of the text. */
  #refusal(type: string, message: object): TranscriptEvent[] | null {
    const { acknowledged, error } = acknowledgement.parse(message);
    if (acknowledged) return null;
    const fatal = type === 'stop_recording' && !this.#done;
    return [{ type: 'error', code: type, message: error ?? 'not acknowledged', fatal }];
  }

  /** Utterances that never got their final keep what they show. */
  #end(): TranscriptEvent[] {
    this.#done = true;
    const left = [...this.#open].map(([unit, text]): TranscriptEvent => {
      return { type: 'final', unit, text };
    });
    return [...left, { type: 'done' }];
  }
}

function speechEvent(type: 'speech_start' | 'speech_end', message: object): TranscriptEvent {
  const time = speechMessage.parse(message).data?.time ?? null;
  const state = type === 'speech_start' ? 'started' : 'stopped';
  return { type: 'speech', state, audioMs: time === null ? null : toMs(time) };
}

/** The server closes the connection where it cannot go on. */
function errorEvent(message: object): TranscriptEvent {
  const { error, data, message: text, code } = errorMessage.parse(message);
  const said = error ?? data ?? text ?? 'no message given';
  return { type: 'error', code: code ?? null, message: said, fatal: false };
}

/** The address that a new session is to be spoken to at; it holds the session's token. */
function sessionConnection(answer: string): ExchangeResult {
  let url: string;
  try {
    ({ url } = sessionAnswer.parse(JSON.parse(answer)));
  } catch (error) {
    const message = `${label} answered the request for a session without an address: check the path of the URL.`;
    throw new BenchError('request_invalid', message, { cause: error });
  }
  const token = new URL(url).searchParams.get('token');
  return {
    request: { transport: 'websocket', url, headers: {}, subprotocols: [] },
    secrets: token ? [token] : [url],
  };
}

function request(settings: DialectSettings, apiKey: string | null): ExchangeRequest {
  const options = parseOptions(label, optionsSchema, settings);
  return {
    transport: 'exchange',
    url: httpUrl(withQuery(webSocketUrl(settings.url, '/v2/live'), options.query)),
    headers: { 'Content-Type': 'application/json', ...keyHeader('x-gladia-key', apiKey) },
    body: JSON.stringify(configuration(settings, options)),
    next: sessionConnection,
  };
}

/** Gladia's live API: an HTTP request opens a session, its WebSocket takes binary PCM16. */
export const gladia: Dialect = {
  id: 'gladia',
  label,
  awaitsReady: false,
  textModel: 'replace-segment',
  features: { wordTimes: true, usage: false, speech: true },
  defaultModel,
  exampleUrl: 'https://api.gladia.io/v2/live',
  remedies: new Map([
    ['stop_recording', 'The server did not end the recording: try again.'],
    ['4403', 'The session had ended: try again.'],
  ]),
  audioFormat: () => ({ encoding: 'pcm_s16le', sampleRateHz }),
  modelsUrl: () => null,
  request,
  start(settings) {
    parseOptions(label, optionsSchema, settings);
    return new GladiaSession();
  },
};
