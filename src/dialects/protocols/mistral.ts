import * as z from 'zod';
import { soleUnit } from '../../trace/transcriptEvent.ts';
import type { TranscriptEvent } from '../../trace/transcriptEvent.ts';
import { toBase64 } from '../base64.ts';
import { bearerHeader } from '../bearerHeader.ts';
import type { Dialect, DialectSession, Interpretation, OutgoingFrame } from '../dialect.ts';
import { DialectError } from '../dialectError.ts';
import { webSocketUrl } from '../endpointUrl.ts';
import { jsonFrame } from '../jsonFrame.ts';
import { parseJsonFrame } from '../parseJsonFrame.ts';
import { parseOptions } from '../parseOptions.ts';
import { isObject, readObject } from '../readObject.ts';
import { errorText } from '../errorText.ts';
import { hostedOptions, mergeConfig } from '../hostedSettings.ts';
import type { JsonObject } from '../hostedSettings.ts';
import { anyMessage, doneMessage, errorMessage, textMessage } from './mistralMessages.ts';
import type { DoneMessage } from './mistralMessages.ts';
import { usageEvents } from '../usageEvents.ts';
import { queryOption, withQuery } from '../withQuery.ts';

const label = 'Mistral realtime transcription';
const defaultModel = 'voxtral-mini-transcribe-realtime-2602';
const sampleRateHz = 16_000;
/** A message may carry 262,144 bytes of audio. */
const longestChunkMs = 8_192;

const optionsSchema = z.strictObject({
  targetStreamingDelayMs: z
    .int()
    .refine((delay) => (delay >= 80 && delay <= 1200) || delay === 2400, {
      error: 'takes whole numbers from 80 to 1200, or 2400',
    })
    .optional(),
  config: hostedOptions.config,
  query: queryOption,
});

type Message = z.infer<typeof anyMessage>;

function parsed<Schema extends z.ZodType>(schema: Schema, message: Message): z.infer<Schema> {
  const result = schema.safeParse(message);
  if (result.success) return result.data;
  throw new DialectError(`The server sent a ${message.type} without a text in \`text\`.`, {
    cause: result.error,
  });
}

function usageOf({ usage }: DoneMessage): TranscriptEvent[] {
  return usageEvents({
    outputTokens: usage?.completion_tokens,
    inputTokens: usage?.prompt_tokens,
    audioMs: usage?.prompt_audio_seconds,
  });
}

/** The session is configured in answer to its creation, and ready when that was acknowledged. */
class MistralSession implements DialectSession {
  readonly #config: object;
  #isConfigured = false;
  #isOver = false;

  constructor(config: object) {
    this.#config = config;
  }

  open(): OutgoingFrame[] {
    return [];
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    return jsonFrame({ type: 'input_audio.append', audio: toBase64(chunk) });
  }

  endOfAudio(): OutgoingFrame[] {
    return [
      jsonFrame({ type: 'input_audio.flush' }),
      jsonFrame({ type: 'input_audio.end' }, 'final'),
    ];
  }

  receive(frame: string | Uint8Array): Interpretation {
    const message = parseJsonFrame(frame, anyMessage);
    const other: Interpretation = {
      events: [{ type: 'other', name: message.type }],
      keepRaw: true,
    };
    if (message.type === 'error') return { events: [this.#error(message)], keepRaw: true };
    if (this.#isOver) return other;
    switch (message.type) {
      case 'session.created':
        return { ...other, replies: this.#configure() };
      case 'session.updated':
        return { events: [{ type: 'ready' }], keepRaw: true };
      case 'transcription.text.delta': {
        const { text } = parsed(textMessage, message);
        return {
          events: [{ type: 'text', mode: 'append', unit: soleUnit, text }],
          keepRaw: Object.keys(message).length > 2,
        };
      }
      case 'transcription.done':
        return { events: this.#finished(parsed(doneMessage, message)), keepRaw: true };
      default:
        return other;
    }
  }

  #configure(): OutgoingFrame[] {
    if (this.#isConfigured) return [];
    this.#isConfigured = true;
    return [jsonFrame({ type: 'session.update', session: this.#config })];
  }

  #finished(message: DoneMessage): TranscriptEvent[] {
    this.#isOver = true;
    const final: TranscriptEvent = { type: 'final', unit: soleUnit, text: message.text };
    return [final, ...usageOf(message), { type: 'done' }];
  }

  /** The message of an error is a text, or an object that says what was wrong where. */
  #error(message: Message): TranscriptEvent {
    const { error } = errorMessage.parse(message);
    const fatal = !this.#isOver;
    this.#isOver = true;
    return {
      type: 'error',
      code: error?.code ?? null,
      message: errorText(error?.message ?? message.error ?? message.message),
      fatal,
    };
  }
}

/** Mistral's hosted Voxtral: JSON text frames, base64 PCM16, append-only deltas. */
export const mistral: Dialect = {
  id: 'mistral',
  label,
  awaitsReady: true,
  textModel: 'append',
  features: { wordTimes: false, usage: true, speech: false },
  chunkMs: { min: 1, max: longestChunkMs },
  defaultModel,
  exampleUrl: 'wss://api.mistral.ai',
  remedies: new Map([
    ['400', 'Check the model and the options of the endpoint.'],
    ['401', 'Check the API key.'],
    ['403', 'Check whether the API key may use this model.'],
    ['404', 'Choose a model that transcribes in real time.'],
    ['422', 'Check the options of the endpoint.'],
    ['429', 'Run fewer sessions at a time, or wait.'],
  ]),
  audioFormat: () => ({ encoding: 'pcm_s16le', sampleRateHz }),
  modelsUrl: () => null,
  request(settings, apiKey) {
    const { query } = parseOptions(label, optionsSchema, settings);
    const url = webSocketUrl(settings.url, '/v1/audio/transcriptions/realtime');
    return {
      transport: 'websocket',
      url: withQuery(url, { model: settings.model ?? defaultModel, ...query }),
      headers: bearerHeader(apiKey),
      subprotocols: [],
    };
  },
  start(settings) {
    const { targetStreamingDelayMs, config } = parseOptions(label, optionsSchema, settings);
    const delay: JsonObject =
      targetStreamingDelayMs === undefined
        ? {}
        : { target_streaming_delay_ms: targetStreamingDelayMs };
    const base = { audio_format: { encoding: 'pcm_s16le', sample_rate: sampleRateHz }, ...delay };
    return new MistralSession(mergeConfig(base, config));
  },
  recognises(frame) {
    const greeting = readObject(frame);
    const session = isObject(greeting?.session) ? greeting.session : {};
    return (
      greeting?.type === 'session.created' &&
      'request_id' in session &&
      isObject(session.audio_format)
    );
  },
};
