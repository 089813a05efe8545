import * as z from 'zod';
import type { TranscriptEvent } from '../../trace/transcriptEvent.ts';
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
import { readObject } from '../readObject.ts';
import { asParameters } from '../asParameters.ts';
import {
  anyMessage,
  errorMessage,
  speechStarted,
  terminationMessage,
  turnMessage,
  warningMessage,
} from './assemblyAiMessages.ts';
import { refuseOtherThanEnglish } from './englishModel.ts';
import { keyHeader } from '../hostedSettings.ts';
import { TurnTexts } from '../turnTexts.ts';
import { usageEvents } from '../usageEvents.ts';
import { queryOption, withQuery } from '../withQuery.ts';

const label = 'AssemblyAI';
const defaultModel = 'universal-streaming-english';
const sampleRateHz = 16_000;
/** Milliseconds that a message may carry. */
const chunkMs = { min: 50, max: 1000 };
const leastBytes = (2 * sampleRateHz * chunkMs.min) / 1000;

const optionsSchema = z.strictObject({
  format_turns: z.boolean().default(true),
  end_of_turn_confidence_threshold: z.number().min(0).max(1).optional(),
  /** Milliseconds of silence that end a turn: where the model is sure, and anyway. */
  min_turn_silence: z.int().nonnegative().optional(),
  max_turn_silence: z.int().nonnegative().optional(),
  keyterms_prompt: z.array(z.string()).optional(),
  query: queryOption,
});

const parameters = [
  'format_turns',
  'end_of_turn_confidence_threshold',
  'min_turn_silence',
  'max_turn_silence',
] as const;

/** Only some models can be told which languages to expect. */
function languageCodes(model: string, language: string | null): string | null {
  if (language === null || !model.startsWith('universal-3')) return null;
  return JSON.stringify([languageCode(language)]);
}

/** The address with its parameters, those of its own before all others. */
function addressOf(settings: DialectSettings): URL {
  const options = parseOptions(label, optionsSchema, settings);
  const terms = options.keyterms_prompt;
  const model = settings.model ?? defaultModel;
  const url = withQuery(webSocketUrl(settings.url, '/v3/ws'), {
    sample_rate: String(sampleRateHz),
    encoding: 'pcm_s16le',
    speech_model: model,
    language_codes: languageCodes(model, settings.language),
    ...asParameters(options, parameters),
    keyterms_prompt: terms === undefined ? null : JSON.stringify(terms),
    ...options.query,
  });
  return new URL(url);
}

/** Turns by their order: each message has the whole turn so far, its formatted copy comes last. */
class AssemblyAiSession implements DialectSession {
  /** Whether the end of a turn is said twice, the second time formatted. */
  readonly #formats: boolean;
  readonly #turns = new TurnTexts();
  readonly #stopped = new Set<string>();
  #ended = false;
  #givenUp = false;
  #done = false;

  constructor(formats: boolean) {
    this.#formats = formats;
  }

  open(): OutgoingFrame[] {
    return [];
  }

  /** Only the last chunk can be too short. */
  audio(chunk: Uint8Array): OutgoingFrame {
    if (chunk.length >= leastBytes) return { data: chunk, commit: null };
    const padded = new Uint8Array(leastBytes);
    padded.set(chunk);
    return { data: padded, commit: null };
  }

  endOfAudio(): OutgoingFrame[] {
    this.#ended = true;
    return [jsonFrame({ type: 'Terminate' }, 'final')];
  }

  /** A session that is not terminated goes on for a while, and is billed. */
  close(): OutgoingFrame[] {
    this.#givenUp = true;
    return this.#ended ? [] : [jsonFrame({ type: 'Terminate' })];
  }

  receive(frame: string | Uint8Array): Interpretation {
    const message = parseJsonFrame(frame, anyMessage);
    const events = this.#eventsOf(message.type, message);
    if (events.length === 0) events.push({ type: 'other', name: message.type });
    return { events, keepRaw: true };
  }

  closed({ code, reason }: ConnectionEnd): TranscriptEvent[] {
    if (this.#done || code < 3000) return [];
    const message = reason === '' ? `close code ${code}` : reason;
    return [{ type: 'error', code: String(code), message, fatal: true }];
  }

  #eventsOf(type: string, message: object): TranscriptEvent[] {
    switch (type) {
      case 'Begin':
        return [{ type: 'ready' }];
      case 'Turn':
        return this.#turn(message);
      case 'SpeechStarted': {
        const { timestamp } = speechStarted.parse(message);
        return [{ type: 'speech', state: 'started', audioMs: timestamp ?? null }];
      }
      case 'Termination':
        return this.#end(terminationMessage.parse(message).audio_duration_seconds);
      case 'Error': {
        const { error_code, error } = errorMessage.parse(message);
        return [errorEvent(error_code, error, !this.#done)];
      }
      case 'Warning': {
        const { warning_code, warning } = warningMessage.parse(message);
        return [errorEvent(warning_code, warning, false)];
      }
      default:
        return [];
    }
  }

  #turn(message: object): TranscriptEvent[] {
    const parsed = turnMessage.safeParse(message);
    if (!parsed.success) {
      throw new DialectError('The server sent a Turn without a text in `transcript`.');
    }
    if (this.#done) return [];
    const { turn_order, turn_is_formatted, end_of_turn, transcript, words } = parsed.data;
    const unit = String(turn_order ?? this.#turns.finals);
    const isLast = end_of_turn && (turn_is_formatted || !this.#formats);
    const events = isLast
      ? this.#turns.final(unit, transcript, words)
      : this.#turns.partial(unit, transcript);
    if (end_of_turn && !this.#stopped.has(unit)) {
      this.#stopped.add(unit);
      events.push({ type: 'speech', state: 'stopped', audioMs: words.at(-1)?.endMs ?? null });
    }
    return events;
  }

  #end(audioMs: number | null): TranscriptEvent[] {
    if (this.#done || this.#givenUp) return [];
    this.#done = true;
    return [...this.#turns.rest(), ...usageEvents({ audioMs }), { type: 'done' }];
  }
}

function errorEvent(
  code: string | null | undefined,
  said: string | null | undefined,
  fatal: boolean,
): TranscriptEvent {
  return { type: 'error', code: code ?? null, message: said ?? 'no message given', fatal };
}

/** AssemblyAI Universal-Streaming v3: binary PCM16, turns that are replaced until they end. */
export const assemblyAi: Dialect = {
  id: 'assemblyai',
  label,
  awaitsReady: true,
  textModel: 'replace-turn',
  features: { wordTimes: true, usage: false, speech: true },
  chunkMs,
  defaultModel,
  exampleUrl: 'wss://streaming.assemblyai.com/v3/ws',
  hosts: /^streaming\.([a-z\d-]+\.)?assemblyai\.com$/,
  remedies: new Map([
    ['3005', 'The service failed: try again later.'],
    ['3006', 'Check the model and the options of the endpoint.'],
    ['3007', 'Choose a chunk length from 50 to 1000 ms, and send in real time.'],
    ['3008', 'The audio is longer than a session may last.'],
    ['3009', 'Too many sessions at a time: lower the concurrency.'],
    ['4001', 'Check the API key.'],
    ['4002', 'The account has no funds left.'],
    ['4003', 'The account has to be a paid one for this.'],
    ['4029', 'Lower the concurrency, and send in real time.'],
    ['4101', 'The server does not speak this protocol; choose another dialect.'],
    ['4102', 'Too many sessions at a time: lower the concurrency.'],
  ]),
  audioFormat: () => ({ encoding: 'pcm_s16le', sampleRateHz }),
  modelsUrl: () => null,
  request: (settings, apiKey) => ({
    transport: 'websocket',
    url: addressOf(settings).href,
    headers: keyHeader('Authorization', apiKey),
    subprotocols: [],
  }),
  start(settings) {
    refuseOtherThanEnglish(label, settings.model ?? defaultModel, settings.language);
    return new AssemblyAiSession(addressOf(settings).searchParams.get('format_turns') === 'true');
  },
  recognises(frame) {
    const greeting = readObject(frame);
    return greeting?.type === 'Begin' && typeof greeting.id === 'string';
  },
};
