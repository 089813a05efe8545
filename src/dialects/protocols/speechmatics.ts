import * as z from 'zod';
import { BenchError } from '../../common/benchError.ts';
import type { ConnectionRequest, WebSocketRequest } from '../../common/connectionRequest.ts';
import type { TimedWord, TranscriptEvent } from '../../trace/transcriptEvent.ts';
import { bearerHeader } from '../bearerHeader.ts';
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
import { hostedOptions, httpUrl, mergeConfig, toMs } from '../hostedSettings.ts';
import { withQuery } from '../withQuery.ts';
import type { JsonObject } from '../hostedSettings.ts';
import {
  anyMessage,
  endOfUtterance,
  notice,
  temporaryKey,
  transcriptMessage,
} from './speechmaticsMessages.ts';
import type { Notice, RecognitionResult, TranscriptMessage } from './speechmaticsMessages.ts';

const label = 'Speechmatics';
const sampleRateHz = 16_000;
const defaultTokenUrl = 'https://mp.speechmatics.com/v1/api_keys?type=rt';
/** A temporary key is needed only until the connection is open. */
const temporaryKeySeconds = 60;

const optionsSchema = z.strictObject({
  /** `auto`: exchange on Speechmatics' own hosts, a bearer token elsewhere. */
  auth: z.enum(['auto', 'exchange', 'bearer', 'jwt']).default('auto'),
  /** Where temporary keys are made; a path alone means the endpoint's own host. */
  tokenUrl: z.string().default(defaultTokenUrl),
  /** Where temporary keys are valid; `eu`, `usa`, … */
  region: z.string().optional(),
  max_delay: z.number().positive().optional(),
  end_of_utterance_silence_trigger: z.number().nonnegative().optional(),
  ...hostedOptions,
});

type Options = z.infer<typeof optionsSchema>;

/** Close codes that say what an `Error` before them would have said. */
const closeCodes = new Map([
  [1003, 'protocol_error'],
  [1008, 'idle_timeout'],
  [1011, 'unknown_error'],
  [4001, 'not_authorised'],
  [4003, 'not_allowed'],
  [4004, 'invalid_model'],
  [4005, 'quota_exceeded'],
  [4006, 'timelimit_exceeded'],
  [4013, 'job_error'],
]);

function startRecognition(settings: DialectSettings, options: Options): JsonObject {
  const { model, language } = settings;
  const { max_delay, end_of_utterance_silence_trigger: silence, config } = options;
  const base: JsonObject = {
    message: 'StartRecognition',
    audio_format: { type: 'raw', encoding: 'pcm_s16le', sample_rate: sampleRateHz },
    transcription_config: {
      language: languageCode(language ?? 'en'),
      ...(model === null ? {} : { model }),
      enable_partials: true,
      ...(max_delay === undefined ? {} : { max_delay }),
      ...(silence === undefined
        ? {}
        : { conversation_config: { end_of_utterance_silence_trigger: silence } }),
    },
  };
  return mergeConfig(base, config);
}

/** Words with their times; punctuation is part of the word it attaches to. */
function timedWords(results: readonly RecognitionResult[]): TimedWord[] {
  const words: TimedWord[] = [];
  for (const { type, start_time, end_time, attaches_to, alternatives } of results) {
    const text = alternatives[0].content;
    const previous = words.at(-1);
    if (type !== 'punctuation') {
      words.push({ text, startMs: toMs(start_time), endMs: toMs(Math.max(start_time, end_time)) });
    } else if (attaches_to === 'previous' && previous) {
      previous.text += text;
    }
  }
  return words;
}

/**
 * A partial replaces all text behind the last final, and a final takes its place: every final
 * has a unit of its own, and the partials before it are earlier versions of it.
 */
class SpeechmaticsSession implements DialectSession {
  readonly #startRecognition: JsonObject;
  #audioMessages = 0;
  #finals = 0;
  /** What the current unit shows; null before its first text. */
  #partial: string | null = null;
  #done = false;

  constructor(start: JsonObject) {
    this.#startRecognition = start;
  }

  greet(): OutgoingFrame[] {
    return [jsonFrame(this.#startRecognition)];
  }

  open(): OutgoingFrame[] {
    return [];
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    this.#audioMessages += 1;
    return { data: chunk, commit: null };
  }

  endOfAudio(): OutgoingFrame[] {
    return [jsonFrame({ message: 'EndOfStream', last_seq_no: this.#audioMessages }, 'final')];
  }

  receive(frame: string | Uint8Array): Interpretation {
    const message = parseJsonFrame(frame, anyMessage);
    return { events: this.#eventsOf(message.message, message), keepRaw: true };
  }

  closed({ code, reason }: ConnectionEnd): TranscriptEvent[] {
    const name = closeCodes.get(code);
    if (this.#done || name === undefined) return [];
    return [{ type: 'error', code: name, message: reason || `close code ${code}`, fatal: true }];
  }

  #eventsOf(name: string, message: object): TranscriptEvent[] {
    const other: TranscriptEvent[] = [{ type: 'other', name }];
    if (name === 'Error') return [this.#error(notice.parse(message))];
    if (this.#done) return other;
    switch (name) {
      case 'RecognitionStarted':
        return [{ type: 'ready' }];
      case 'AddPartialTranscript':
        return this.#partialText(this.#transcript(name, message));
      case 'AddTranscript':
        return this.#finalText(this.#transcript(name, message)) ?? other;
      case 'EndOfUtterance':
        return [this.#utteranceEnd(message)];
      case 'EndOfTranscript':
        return this.#end();
      case 'Warning':
        return [{ ...this.#error(notice.parse(message)), fatal: false }];
      default:
        return other;
    }
  }

  get #unit(): string {
    return String(this.#finals);
  }

  #transcript(name: string, message: object): TranscriptMessage {
    const parsed = transcriptMessage.safeParse(message);
    if (parsed.success) return parsed.data;
    throw new DialectError(`The server sent an ${name} without a text in \`metadata.transcript\`.`);
  }

  #partialText({ metadata }: TranscriptMessage): TranscriptEvent[] {
    this.#partial = metadata.transcript;
    return [{ type: 'text', mode: 'replace', unit: this.#unit, text: metadata.transcript }];
  }

  /** A blank final ends silence, often in front of what the last partial said: it is no text. */
  #finalText({ metadata, results }: TranscriptMessage): TranscriptEvent[] | null {
    if (metadata.transcript.trim() === '') return null;
    const unit = this.#unit;
    this.#finals += 1;
    this.#partial = null;
    const words = timedWords(results);
    return [
      { type: 'final', unit, text: metadata.transcript },
      ...(words.length > 0 ? [{ type: 'words', unit, words } as const] : []),
    ];
  }

  #utteranceEnd(message: object): TranscriptEvent {
    const { metadata } = endOfUtterance.parse(message);
    const end = metadata?.end_time ?? null;
    return { type: 'speech', state: 'stopped', audioMs: end === null ? null : toMs(end) };
  }

  /** The transcript is the finals: what only partials said was taken back. */
  #end(): TranscriptEvent[] {
    this.#done = true;
    if (this.#partial === null) return [{ type: 'done' }];
    const unit = this.#unit;
    return [
      { type: 'text', mode: 'replace', unit, text: '' },
      { type: 'final', unit, text: '' },
      { type: 'done' },
    ];
  }

  /** The connection ends after an error. */
  #error({ type, reason }: Notice): Extract<TranscriptEvent, { type: 'error' }> {
    const message = reason ?? 'no reason given';
    return { type: 'error', code: type ?? null, message, fatal: !this.#done };
  }
}

function isSpeechmaticsHost(url: string): boolean {
  return /(^|\.)speechmatics\.com$/.test(new URL(url).hostname);
}

/** The region in the host's name: `eu2`, `neu`, `wus`, `us1`, `au` … */
function regionOf(url: string): string {
  const name = new URL(url).hostname.split('.')[0] ?? '';
  if (/us\d*$/.test(name)) return 'usa';
  return /au\d*$/.test(name) ? 'au' : 'eu';
}

function tokenAddress(tokenUrl: string, url: string): string {
  const parsed = URL.canParse(tokenUrl, httpUrl(url)) ? new URL(tokenUrl, httpUrl(url)) : null;
  if (parsed?.protocol === 'https:' || parsed?.protocol === 'http:') return parsed.href;
  throw new BenchError(
    'request_invalid',
    `${label} cannot use the option "tokenUrl": write it as https://, or as a path.`,
  );
}

function exchange(apiKey: string, url: string, options: Options): ConnectionRequest {
  const body = { ttl: temporaryKeySeconds, region: options.region ?? regionOf(url) };
  return {
    transport: 'exchange',
    url: tokenAddress(options.tokenUrl, url),
    headers: { 'Content-Type': 'application/json', ...bearerHeader(apiKey) },
    body: JSON.stringify(body),
    next(answer) {
      const jwt = temporaryKeyIn(answer);
      return { request: connection(withQuery(url, { jwt })), secrets: [jwt] };
    },
  };
}

function temporaryKeyIn(answer: string): string {
  try {
    return temporaryKey.parse(JSON.parse(answer)).key_value;
  } catch (error) {
    const message = `${label} answered the request for a temporary key without one: check the option "tokenUrl".`;
    throw new BenchError('request_invalid', message, { cause: error });
  }
}

function connection(url: string, headers: Record<string, string> = {}): WebSocketRequest {
  return { transport: 'websocket', url, headers, subprotocols: [] };
}

function request(settings: DialectSettings, apiKey: string | null): ConnectionRequest {
  const options = parseOptions(label, optionsSchema, settings);
  const url = withQuery(webSocketUrl(settings.url, '/v2'), options.query);
  const own = isSpeechmaticsHost(url) ? 'exchange' : 'bearer';
  const auth = options.auth === 'auto' ? own : options.auth;
  if (apiKey === null) return connection(url);
  if (auth === 'exchange') return exchange(apiKey, url, options);
  if (auth === 'jwt') return connection(withQuery(url, { jwt: apiKey }));
  return connection(url, bearerHeader(apiKey));
}

/** Speechmatics' realtime API, hosted or on own machines: binary PCM16, partials and finals. */
export const speechmatics: Dialect = {
  id: 'speechmatics',
  label,
  awaitsReady: true,
  textModel: 'replace-segment',
  features: { wordTimes: true, usage: false, speech: true },
  exampleUrl: 'wss://eu2.rt.speechmatics.com/v2',
  hosts: /(^|\.)rt\.speechmatics\.com$/,
  remedies: new Map([
    ['not_authorised', 'Check the API key, and that the option "auth" suits the server.'],
    ['not_allowed', 'The account may not use this model or language.'],
    ['invalid_model', 'Choose a model that the server knows, or none.'],
    ['invalid_language', 'Choose a language that the server knows.'],
    ['invalid_config', 'Check the options.'],
    ['invalid_audio_type', 'Check the option "config": audio is sent as raw pcm_s16le.'],
    ['quota_exceeded', 'The account is at its limit: lower the concurrency or wait.'],
    ['timelimit_exceeded', 'The account has used up its time.'],
    ['idle_timeout', 'The server heard nothing for too long.'],
    ['protocol_error', 'The server does not speak this protocol as expected.'],
    ['job_error', 'The recogniser failed: try again.'],
  ]),
  audioFormat: () => ({ encoding: 'pcm_s16le', sampleRateHz }),
  modelsUrl: () => null,
  request,
  start(settings) {
    const options = parseOptions(label, optionsSchema, settings);
    return new SpeechmaticsSession(startRecognition(settings, options));
  },
};
