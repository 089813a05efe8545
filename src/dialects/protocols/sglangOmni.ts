import * as z from 'zod';
import { soleUnit } from '../../trace/transcriptEvent.ts';
import type { TranscriptEvent } from '../../trace/transcriptEvent.ts';
import { toBase64 } from '../base64.ts';
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
import { isObject, readObject } from '../readObject.ts';
import { errorText } from '../errorText.ts';
import { hostedOptions, mergeConfig } from '../hostedSettings.ts';
import type { JsonObject } from '../hostedSettings.ts';
import { serverFailure } from '../serverFailure.ts';
import {
  anyMessage,
  errorMessage,
  segmentMessage,
  stretchMessage,
  textMessage,
} from './sglangOmniMessages.ts';
import type { AnyMessage } from './sglangOmniMessages.ts';
import { TurnTexts } from '../turnTexts.ts';
import { queryOption, withQuery } from '../withQuery.ts';

const label = 'SGLang-Omni transcription';
const sampleRateHz = 16_000;

const optionsSchema = z.strictObject({
  /** `unchanged`: as the model has it. */
  vad: z.enum(['none', 'server_vad', 'unchanged']).default('none'),
  /** Silence after the audio, in which turn detection may hear the end of the last turn. */
  trailingSilenceMs: z.int().min(0).max(5_000).default(0),
  config: hostedOptions.config,
  query: queryOption,
});

function optionsOf(settings: DialectSettings): z.infer<typeof optionsSchema> {
  return parseOptions(label, optionsSchema, settings);
}

/** What is to be changed of the session; often nothing. */
function configOf(settings: DialectSettings): JsonObject {
  const { vad, config } = optionsOf(settings);
  const { language } = settings;
  const base: JsonObject = {
    ...(language !== null && { language: languageCode(language) }),
    ...(vad === 'none' && { turn_detection: null }),
    ...(vad === 'server_vad' && { turn_detection: { type: 'server_vad' } }),
  };
  return mergeConfig(base, config);
}

type ErrorEvent = Extract<TranscriptEvent, { type: 'error' }>;

function other(name: string): TranscriptEvent {
  return { type: 'other', name };
}

function interpretation({ type }: AnyMessage, events: TranscriptEvent[]): Interpretation {
  return { events: events.length > 0 ? events : [other(type)], keepRaw: true };
}

function parsed<Schema extends z.ZodType>(schema: Schema, message: AnyMessage): z.infer<Schema> {
  const result = schema.safeParse(message);
  if (result.success) return result.data;
  throw new DialectError(`The server sent a ${message.type} without a text in \`text\`.`, {
    cause: result.error,
  });
}

/** A segment's text is replaced until it is final; the whole text ends the session. */
class SglangOmniSession implements DialectSession {
  readonly #config: JsonObject;
  readonly #silence: Uint8Array;
  readonly #texts = new TurnTexts();
  /** As the server said it last: audio outside a turn of its own is not recognised. */
  #endsTurns = false;
  #isConfigured = false;
  #isReady = false;
  #failure: ErrorEvent | null = null;
  #isOver = false;

  constructor(config: JsonObject, trailingSilenceMs: number) {
    this.#config = config;
    this.#silence = new Uint8Array((trailingSilenceMs * sampleRateHz * 2) / 1000);
  }

  open(): OutgoingFrame[] {
    return [];
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    return jsonFrame({ type: 'input_audio_buffer.append', audio: toBase64(chunk) });
  }

  endOfAudio(): OutgoingFrame[] {
    return [
      ...(this.#silence.length > 0 ? [this.audio(this.#silence)] : []),
      ...(this.#endsTurns ? [] : [jsonFrame({ type: 'input_audio_buffer.commit' })]),
      jsonFrame({ type: 'transcription.done' }, 'final'),
    ];
  }

  receive(frame: string | Uint8Array): Interpretation {
    const message = parseJsonFrame(frame, anyMessage);
    if (message.type === 'error') return { events: [this.#error(message)], keepRaw: true };
    if (this.#isOver) return { events: [other(message.type)], keepRaw: true };
    if (message.type === 'session.created') return this.#created(message);
    return interpretation(message, this.#meaning(message));
  }

  closed(end: ConnectionEnd): TranscriptEvent[] {
    return this.#isOver ? [] : serverFailure(end);
  }

  #meaning(message: AnyMessage): TranscriptEvent[] {
    switch (message.type) {
      case 'session.updated':
        this.#noteTurnDetection(message);
        return this.#ready();
      case 'input_audio_buffer.speech_started':
      case 'input_audio_buffer.speech_stopped':
        return [speech(message)];
      case 'input_audio_buffer.committed':
        return committed(message);
      case 'transcription.segment':
        return this.#segment(message);
      case 'transcription.completed':
        return this.#completed(parsed(textMessage, message).text);
      default:
        return [];
    }
  }

  #created(message: AnyMessage): Interpretation {
    this.#noteTurnDetection(message);
    const isChanged = Object.keys(this.#config).length > 0;
    const events = isChanged ? [] : this.#ready();
    const update = jsonFrame({ type: 'session.update', session: this.#config });
    const replies = isChanged && !this.#isConfigured ? [update] : [];
    this.#isConfigured = true;
    return { ...interpretation(message, events), replies };
  }

  #noteTurnDetection({ session }: AnyMessage): void {
    if (isObject(session)) this.#endsTurns = isObject(session.turn_detection);
  }

  #ready(): TranscriptEvent[] {
    if (this.#isReady) return [];
    this.#isReady = true;
    return [{ type: 'ready' }];
  }

  #segment(message: AnyMessage): TranscriptEvent[] {
    const { segment_id: unit, text, is_final: isFinal } = parsed(segmentMessage, message);
    return isFinal ? this.#texts.final(unit, text, []) : this.#texts.partial(unit, text);
  }

  /** Segments without a result keep what they show; the whole text does not have them. */
  #completed(text: string): TranscriptEvent[] {
    this.#isOver = true;
    const isBlank = text.trim() === '';
    if (isBlank && this.#failure) return [{ ...this.#failure, fatal: true }];
    return [...(isBlank || this.#texts.finals > 0 ? [] : this.#whole(text)), { type: 'done' }];
  }

  /** The text of a server that made no segment final. */
  #whole(text: string): TranscriptEvent[] {
    const rest = this.#texts.rest();
    return rest.length > 0 ? rest : [{ type: 'final', unit: soleUnit, text }];
  }

  /** A decoding that failed costs a revision or a segment; after other errors audio is missing. */
  #error(message: AnyMessage): ErrorEvent {
    const { error } = errorMessage.parse(message);
    const event: ErrorEvent = {
      type: 'error',
      code: error?.code ?? null,
      message: errorText(message.error ?? message.message),
      fatal: false,
    };
    if (this.#isOver) return event;
    if (this.#isReady && event.code === 'transcription_failed') {
      this.#failure = event;
      return event;
    }
    this.#isOver = true;
    return { ...event, fatal: true };
  }
}

function speech(message: AnyMessage): TranscriptEvent {
  const { audio_start_ms, audio_end_ms } = stretchMessage.parse(message);
  return message.type === 'input_audio_buffer.speech_started'
    ? { type: 'speech', state: 'started', audioMs: audio_start_ms ?? null }
    : { type: 'speech', state: 'stopped', audioMs: audio_end_ms ?? null };
}

function committed(message: AnyMessage): TranscriptEvent[] {
  const { segment_id: unit } = stretchMessage.parse(message);
  return unit === null ? [] : [{ type: 'unit', unit }];
}

/** SGLang-Omni's `/v1/realtime?intent=transcription`: segments replaced until they are final. */
export const sglangOmni: Dialect = {
  id: 'sglang-omni',
  label,
  awaitsReady: true,
  textModel: 'replace-segment',
  features: { wordTimes: false, usage: false, speech: true },
  exampleUrl: 'ws://localhost:8000',
  remedies: new Map([
    ['invalid_event', 'The server does not know one of the options of the endpoint.'],
    ['unsupported_event', 'The server does not speak this protocol; choose another dialect.'],
    ['unsupported_turn_detection', 'The model has no turn detection: use the option vad=none.'],
    [
      'invalid_turn_detection',
      'prefix_padding_ms has to be at least one frame shorter than silence_duration_ms.',
    ],
    ['unsupported_realtime_intent', 'Serve a model that can transcribe live, such as Qwen3-ASR.'],
    ['invalid_audio', 'The server could not read the audio.'],
    ['audio_buffer_overflow', 'Send in real time, or take shorter recordings.'],
    ['transcription_failed', "The recogniser failed: the server's own log says why."],
  ]),
  audioFormat: () => ({ encoding: 'pcm_s16le', sampleRateHz }),
  modelsUrl: () => null,
  request(settings, apiKey) {
    const parameters = { intent: 'transcription', ...optionsOf(settings).query };
    return {
      transport: 'websocket',
      url: withQuery(webSocketUrl(settings.url, '/v1/realtime'), parameters),
      headers: bearerHeader(apiKey),
      subprotocols: [],
    };
  },
  start: (settings) =>
    new SglangOmniSession(configOf(settings), optionsOf(settings).trailingSilenceMs),
  recognises(frame) {
    const greeting = readObject(frame);
    const session = isObject(greeting?.session) ? greeting.session : {};
    return greeting?.type === 'session.created' && session.intent === 'transcription';
  },
};
