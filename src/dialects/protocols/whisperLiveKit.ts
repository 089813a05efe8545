import * as z from 'zod';
import { soleUnit } from '../../trace/transcriptEvent.ts';
import type { TranscriptEvent } from '../../trace/transcriptEvent.ts';
import { bearerHeader } from '../bearerHeader.ts';
import type {
  ConnectionEnd,
  Dialect,
  DialectSession,
  Interpretation,
  OutgoingFrame,
} from '../dialect.ts';
import { DialectError } from '../dialectError.ts';
import { webSocketUrl } from '../endpointUrl.ts';
import { languageCode } from '../languageCode.ts';
import { parseJsonFrame } from '../parseJsonFrame.ts';
import { parseOptions } from '../parseOptions.ts';
import { readObject } from '../readObject.ts';
import { errorText } from '../errorText.ts';
import { joinSpeech, LineDocument } from './lineDocument.ts';
import { wavHead } from './wavHead.ts';
import { anyMessage, configMessage, diffMessage, stateMessage } from './whisperLiveKitMessages.ts';
import type { AnyMessage, Buffers } from './whisperLiveKitMessages.ts';
import { queryOption, withQuery } from '../withQuery.ts';

const label = 'WhisperLiveKit';
const sampleRateHz = 16_000;

const optionsSchema = z.strictObject({
  mode: z.enum(['full', 'diff']).default('full'),
  query: queryOption,
});

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  message: AnyMessage,
  what: string,
): z.infer<Schema> {
  const result = schema.safeParse(message);
  if (result.success) return result.data;
  throw new DialectError(`The server sent ${what}.`, { cause: result.error });
}

/**
 * Each update is the whole transcript, or says how it changed. The server tells whether it takes
 * raw samples or a file that it decodes while it comes.
 */
class WhisperLiveKitSession implements DialectSession {
  readonly #totalSamples: number;
  readonly #document = new LineDocument();
  #takesFile = false;
  #text = '';
  #isOver = false;

  constructor(totalSamples: number) {
    this.#totalSamples = totalSamples;
  }

  open(): OutgoingFrame[] {
    if (!this.#takesFile) return [];
    return [{ data: wavHead(sampleRateHz, this.#totalSamples), commit: null }];
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    return { data: chunk, commit: null };
  }

  endOfAudio(): OutgoingFrame[] {
    return [{ data: new Uint8Array(), commit: 'final' }];
  }

  receive(frame: string | Uint8Array): Interpretation {
    const message = parseJsonFrame(frame, anyMessage);
    const { type, error } = message;
    const isError = type === 'error' || (error != null && error !== '');
    if (isError) {
      return { events: [this.#error(errorText(error ?? message.message))], keepRaw: true };
    }
    if (this.#isOver) return { events: [{ type: 'other', name: type ?? 'update' }], keepRaw: true };
    switch (type) {
      case 'config':
        this.#takesFile = !configMessage.parse(message).useAudioWorklet;
        return { events: [{ type: 'ready' }], keepRaw: true };
      case 'ready_to_stop':
        this.#isOver = true;
        return {
          events: [{ type: 'final', unit: soleUnit, text: this.#text }, { type: 'done' }],
          keepRaw: true,
        };
      case 'diff':
        return this.#changed(message);
      case 'snapshot':
      case undefined:
        return this.#replaced(message);
      default:
        return { events: [{ type: 'other', name: type }], keepRaw: true };
    }
  }

  closed({ code, reason }: ConnectionEnd): TranscriptEvent[] {
    if (code !== 4400 && code !== 4401) return [];
    const message = reason === '' ? 'the server closed the connection' : reason;
    return [{ type: 'error', code: String(code), message, fatal: true }];
  }

  #replaced(message: AnyMessage): Interpretation {
    const state = parsed(stateMessage, message, 'an update without texts in `lines`');
    this.#document.replace(state.lines);
    return this.#shown(state);
  }

  #changed(message: AnyMessage): Interpretation {
    const diff = parsed(diffMessage, message, 'a diff that does not say its `n_lines`');
    const { n_lines: count, lines_pruned: pruned, new_lines: newLines } = diff;
    const isWhole = this.#document.change(pruned ?? 0, newLines ?? [], count);
    const shown = this.#shown(diff);
    if (isWhole) return shown;
    const warning: TranscriptEvent = {
      type: 'error',
      code: 'lines_missing',
      message: `the server counts ${count} lines and did not send all of them`,
      fatal: false,
    };
    return { events: [...shown.events, warning], keepRaw: true };
  }

  /** Most updates change nothing but the times that remain; of those the raw text is not kept. */
  #shown({ status, buffer_diarization, buffer_transcription }: Buffers): Interpretation {
    const text = joinSpeech([
      ...this.#document.texts(),
      buffer_diarization ?? '',
      buffer_transcription ?? '',
    ]);
    if (text === this.#text) {
      return { events: [{ type: 'other', name: status ?? 'update' }], keepRaw: false };
    }
    this.#text = text;
    return { events: [{ type: 'text', mode: 'replace', unit: soleUnit, text }], keepRaw: true };
  }

  #error(message: string): TranscriptEvent {
    const fatal = !this.#isOver;
    this.#isOver = true;
    return { type: 'error', code: null, message, fatal };
  }
}

/** WhisperLiveKit: binary PCM or a WAV file as a stream, the whole transcript in every update. */
export const whisperLiveKit: Dialect = {
  id: 'whisperlivekit',
  label,
  awaitsReady: true,
  textModel: 'whole-document',
  features: { wordTimes: false, usage: false, speech: false },
  exampleUrl: 'ws://localhost:8000',
  remedies: new Map([
    ['4400', 'Check the language and the options of the endpoint.'],
    ['4401', 'Check the API key: it is the token that the server was started with.'],
  ]),
  audioFormat: () => ({ encoding: 'pcm_s16le', sampleRateHz }),
  modelsUrl: () => null,
  request(settings, apiKey) {
    const { mode, query } = parseOptions(label, optionsSchema, settings);
    return {
      transport: 'websocket',
      url: withQuery(webSocketUrl(settings.url, '/asr'), {
        language: settings.language && languageCode(settings.language),
        mode,
        ...query,
      }),
      headers: bearerHeader(apiKey),
      subprotocols: [],
    };
  },
  start(settings, { totalSamples }) {
    parseOptions(label, optionsSchema, settings);
    return new WhisperLiveKitSession(totalSamples);
  },
  recognises(frame) {
    const greeting = readObject(frame);
    return greeting?.type === 'config' && 'useAudioWorklet' in greeting;
  },
};
