import * as z from 'zod';
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
import { modelsUrl, webSocketUrl } from '../endpointUrl.ts';
import { jsonFrame } from '../jsonFrame.ts';
import { languageCode } from '../languageCode.ts';
import { parseJsonFrame } from '../parseJsonFrame.ts';
import { parseOptions } from '../parseOptions.ts';
import { secondsAsMs } from '../secondsAsMs.ts';
import { usageEvents } from '../usageEvents.ts';

const label = 'SGLang M1';
const path = '/v1/audio/transcriptions/stream';

const optionsSchema = z.strictObject({
  config: z.record(z.string(), z.json()).default({}),
});

const anyMessage = z.looseObject({ type: z.string() });
const deltaMessage = z.looseObject({ delta: z.string() });
const finalMessage = z.looseObject({ text: z.string(), duration_sec: secondsAsMs });
const optionalText = z.string().nullish().catch(null);
const errorMessage = z.looseObject({ code: optionalText, message: optionalText });

/** Errors after which the server goes on listening, though what it complains about is lost. */
const survivable = new Set([
  'invalid_json',
  'invalid_payload',
  'invalid_state',
  'invalid_audio_format',
  'unknown_message',
]);

function startMessage(settings: DialectSettings): Record<string, JsonValue> {
  const { model, language } = settings;
  const { config } = parseOptions(label, optionsSchema, settings);
  return {
    type: 'session.start',
    ...(model === null ? {} : { model }),
    ...(language === null ? {} : { language: languageCode(language) }),
    ...config,
  };
}

/** The client speaks first, and audio has to wait until the server has answered. */
class SglangM1Session implements DialectSession {
  readonly #start: Record<string, JsonValue>;
  #started = false;
  #hasText = false;
  #isOver = false;
  #complaint: TranscriptEvent | null = null;

  constructor(start: Record<string, JsonValue>) {
    this.#start = start;
  }

  greet(): OutgoingFrame[] {
    return [jsonFrame(this.#start)];
  }

  open(): OutgoingFrame[] {
    return [];
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    return { data: chunk, commit: null };
  }

  endOfAudio(): OutgoingFrame[] {
    return [jsonFrame({ type: 'session.end' }, 'final')];
  }

  receive(frame: string | Uint8Array): Interpretation {
    const message = parseJsonFrame(frame, anyMessage);
    switch (message.type) {
      case 'transcript.delta':
        return this.#delta(message);
      case 'transcript.final':
        return { events: this.#finished(message), keepRaw: true };
      case 'session.started':
        this.#started = true;
        return { events: [{ type: 'ready' }], keepRaw: true };
      case 'error':
        return { events: [this.#error(message)], keepRaw: true };
      default:
        return { events: [{ type: 'other', name: message.type }], keepRaw: true };
    }
  }

  /** Some revisions close after errors that others survive. */
  closed(): TranscriptEvent[] {
    return this.#complaint && !this.#isOver ? [this.#complaint] : [];
  }

  /** Each delta is a word without spaces around it. */
  #delta(message: object): Interpretation {
    const parsed = deltaMessage.safeParse(message);
    if (!parsed.success) {
      throw new DialectError('The server sent a transcript.delta without a word in `delta`.');
    }
    if (this.#isOver) return { events: [{ type: 'other', name: 'late delta' }], keepRaw: true };
    const text = this.#hasText ? ` ${parsed.data.delta}` : parsed.data.delta;
    this.#hasText = true;
    return {
      events: [{ type: 'text', mode: 'append', unit: soleUnit, text }],
      keepRaw: Object.keys(message).length > 2,
    };
  }

  #finished(message: object): TranscriptEvent[] {
    const parsed = finalMessage.safeParse(message);
    if (!parsed.success) {
      throw new DialectError('The server sent a transcript.final without a text in `text`.');
    }
    if (this.#isOver) return [{ type: 'other', name: 'late final' }];
    this.#isOver = true;
    const { text, duration_sec: audioMs } = parsed.data;
    return [{ type: 'final', unit: soleUnit, text }, ...usageEvents({ audioMs }), { type: 'done' }];
  }

  #error(message: object): TranscriptEvent {
    const { code = null, message: text } = errorMessage.parse(message);
    const event = { type: 'error', code, message: text ?? 'no message given' } as const;
    if (this.#isOver) return { ...event, fatal: false };
    if (this.#started && code !== null && survivable.has(code)) {
      this.#complaint ??= { ...event, fatal: true };
      return { ...event, fatal: false };
    }
    this.#isOver = true;
    return { ...event, fatal: true };
  }
}

/** The first form of SGLang's streaming transcription: binary PCM16, a word per delta. */
export const sglangM1: Dialect = {
  id: 'sglang-m1',
  label,
  awaitsReady: true,
  textModel: 'append-words',
  features: { wordTimes: false, usage: false, speech: false },
  exampleUrl: 'ws://localhost:30000',
  remedies: new Map([
    ['invalid_state', 'The server does not speak this form of the protocol to the end.'],
    ['invalid_audio_format', 'The server could not read the audio.'],
    [
      'buffer_overflow',
      'Take shorter recordings, start the server with a larger --asr-max-buffer-seconds,' +
        ' or send in real time.',
    ],
    ['unsupported_model', 'Serve a model that can transcribe in pieces, such as Qwen3-ASR.'],
    ['internal_error', "The recogniser failed: the server's own log says why."],
    ['unknown_message', 'The server speaks a later form of the protocol; choose another dialect.'],
  ]),
  audioFormat: () => ({ encoding: 'pcm_s16le', sampleRateHz: 16_000 }),
  modelsUrl: ({ url }) => modelsUrl(url),
  request: ({ url }, apiKey) => ({
    transport: 'websocket',
    url: webSocketUrl(url, path),
    headers: bearerHeader(apiKey),
    subprotocols: [],
  }),
  start: (settings) => new SglangM1Session(startMessage(settings)),
};
