import * as z from 'zod';
import { BenchError } from '../../common/benchError.ts';
import { soleUnit } from '../../trace/transcriptEvent.ts';
import type { TranscriptEvent } from '../../trace/transcriptEvent.ts';
import { bearerHeader } from '../bearerHeader.ts';
import type {
  Dialect,
  DialectSession,
  DialectSettings,
  Interpretation,
  JsonValue,
  OutgoingFrame,
} from '../dialect.ts';
import { DialectError } from '../dialectError.ts';
import { webSocketUrl } from '../endpointUrl.ts';
import { jsonFrame } from '../jsonFrame.ts';
import { parseJsonFrame } from '../parseJsonFrame.ts';
import { parseOptions } from '../parseOptions.ts';
import { spokenAnswerBytes } from '../spokenAnswerBytes.ts';

const label = 'nextain omni';
const longestConfig = 4096;

const optionsSchema = z.strictObject({
  /** Null: the model converses. */
  system: z
    .string()
    .nullable()
    .default('Repeat word for word what the user says, in the same language. Add nothing.'),
  max_tokens: z.int().min(1).max(4096).default(1024),
  config: z.record(z.string(), z.json()).default({}),
});

const anyMessage = z.looseObject({ type: z.string() });
const deltaMessage = z.looseObject({ text: z.string() });
const errorMessage = z.looseObject({ message: z.string().nullish().catch(null) });

function configFrame(settings: DialectSettings): OutgoingFrame {
  const { system, max_tokens, config } = parseOptions(label, optionsSchema, settings);
  const message: Record<string, JsonValue> = {
    type: 'session.config',
    ...(settings.model === null ? {} : { model: settings.model }),
    ...(system === null ? {} : { system }),
    max_tokens,
    ...config,
  };
  const data = JSON.stringify(message);
  if (new TextEncoder().encode(data).length > longestConfig) {
    throw new BenchError(
      'request_invalid',
      `${label} takes a session.config of at most ${longestConfig} bytes: shorten its options.`,
    );
  }
  return { data, commit: null };
}

/** A turn of a conversation: the text is what the model answers to the speech. */
class NextainOmniSession implements DialectSession {
  readonly #config: OutgoingFrame;
  #text = '';
  #isOver = false;

  constructor(config: OutgoingFrame) {
    this.#config = config;
  }

  open(): OutgoingFrame[] {
    return [this.#config];
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    return { data: chunk, commit: null };
  }

  endOfAudio(): OutgoingFrame[] {
    return [jsonFrame({ type: 'input.done' }, 'final')];
  }

  receive(frame: string | Uint8Array): Interpretation {
    if (typeof frame !== 'string') {
      // The spoken answer, which says nothing about recognition: only its size is kept.
      return { events: [{ type: 'other', name: 'audio' }], keepRaw: false };
    }
    const message = parseJsonFrame(frame, anyMessage);
    switch (message.type) {
      case 'transcript.delta':
        return this.#delta(message);
      case 'turn.done':
        return { events: this.#finished(message.type), keepRaw: true };
      case 'error':
        return { events: [this.#error(message)], keepRaw: true };
      default:
        return { events: [{ type: 'other', name: message.type }], keepRaw: true };
    }
  }

  #delta(message: object): Interpretation {
    const parsed = deltaMessage.safeParse(message);
    if (!parsed.success) {
      throw new DialectError('The server sent a transcript.delta without a text in `text`.');
    }
    if (this.#isOver) return { events: [{ type: 'other', name: 'late delta' }], keepRaw: true };
    const { text } = parsed.data;
    this.#text += text;
    return {
      events: [{ type: 'text', mode: 'append', unit: soleUnit, text }],
      keepRaw: Object.keys(message).length > 2,
    };
  }

  /** Comes after errors too, where it ends nothing. */
  #finished(name: string): TranscriptEvent[] {
    if (this.#isOver) return [{ type: 'other', name }];
    this.#isOver = true;
    return [{ type: 'final', unit: soleUnit, text: this.#text }, { type: 'done' }];
  }

  /** The server may go on listening, but without the audio or the answer that the error is about. */
  #error(message: object): TranscriptEvent {
    const { message: text } = errorMessage.parse(message);
    const fatal = !this.#isOver;
    this.#isOver = true;
    return { type: 'error', code: null, message: text ?? 'no message given', fatal };
  }
}

/** The conversation socket of nextain's vLLM-Omni: binary PCM16, all text after the audio. */
export const nextainOmni: Dialect = {
  id: 'nextain-omni',
  label,
  awaitsReady: false,
  textModel: 'append',
  features: { wordTimes: false, usage: false, speech: false },
  // 64 KiB.
  chunkMs: { min: 1, max: 2048 },
  exampleUrl: 'ws://localhost:8091',
  remedies: new Map(),
  audioFormat: () => ({ encoding: 'pcm_s16le', sampleRateHz: 16_000 }),
  modelsUrl: () => null,
  request: ({ url }, apiKey) => ({
    transport: 'websocket',
    url: webSocketUrl(url, '/v1/omni'),
    headers: bearerHeader(apiKey),
    subprotocols: [],
    maxMessageBytes: spokenAnswerBytes,
  }),
  start: (settings) => new NextainOmniSession(configFrame(settings)),
};
