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
  deepgramAudioFormat,
  deepgramAuth,
  deepgramFailure,
  deepgramHeaders,
  deepgramRemedies,
  isDeepgramEnd,
} from './deepgramConnection.ts';
import { anyMessage, notice, turnInfo } from './deepgramMessages.ts';
import type { TurnInfo } from './deepgramMessages.ts';
import { isEnglishModel, refuseOtherThanEnglish } from './englishModel.ts';
import { TurnTexts } from '../turnTexts.ts';
import { queryOption, withQuery } from '../withQuery.ts';

const label = 'Deepgram Flux';
const defaultModel = 'flux-general-en';

const optionsSchema = z.strictObject({
  auth: deepgramAuth,
  /** How sure of the end of a turn the model has to be. */
  eot_threshold: z.number().min(0.5).max(1).optional(),
  /** The same for a first, early guess. */
  eager_eot_threshold: z.number().min(0.3).max(0.9).optional(),
  eot_timeout_ms: z.int().min(500).max(60_000).optional(),
  query: queryOption,
});

function addressOf(settings: DialectSettings): string {
  const options = parseOptions(label, optionsSchema, settings);
  const model = settings.model ?? defaultModel;
  return withQuery(webSocketUrl(settings.url, '/v2/listen'), {
    model,
    encoding: 'linear16',
    sample_rate: String(deepgramAudioFormat.sampleRateHz),
    language_hint: isEnglishModel(model)
      ? null
      : settings.language && languageCode(settings.language),
    ...asParameters(options, ['eot_threshold', 'eager_eot_threshold', 'eot_timeout_ms']),
    ...options.query,
  });
}

/** Turns by their index: each message has the whole turn so far. The end is that of the connection. */
class FluxSession implements DialectSession {
  readonly #turns = new TurnTexts();
  #ended = false;
  #done = false;

  open(): OutgoingFrame[] {
    return [];
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    return { data: chunk, commit: null };
  }

  endOfAudio(): OutgoingFrame[] {
    this.#ended = true;
    return [jsonFrame({ type: 'CloseStream' }, 'final')];
  }

  receive(frame: string | Uint8Array): Interpretation {
    const message = parseJsonFrame(frame, anyMessage);
    const events = this.#eventsOf(message.type, message);
    if (events.length === 0) events.push({ type: 'other', name: message.type });
    return { events, keepRaw: true };
  }

  closed(end: ConnectionEnd): TranscriptEvent[] {
    if (this.#done) return [];
    if (!isDeepgramEnd(end)) return deepgramFailure(end);
    if (!this.#ended) return [];
    this.#done = true;
    return [...this.#turns.rest(), { type: 'done' }];
  }

  #eventsOf(type: string, message: object): TranscriptEvent[] {
    switch (type) {
      case 'Connected':
        return [{ type: 'ready' }];
      case 'TurnInfo':
        return this.#turn(message);
      case 'Error':
        return [noticeEvent(type, message, !this.#done)];
      case 'Warning':
      case 'ConfigureFailure':
        return [noticeEvent(type, message, false)];
      default:
        return [];
    }
  }

  #turn(message: object): TranscriptEvent[] {
    const parsed = turnInfo.safeParse(message);
    if (!parsed.success) {
      throw new DialectError('The server sent a TurnInfo without a text in `transcript`.');
    }
    if (this.#done) return [];
    const { event, turn_index, transcript, words } = parsed.data;
    const unit = String(turn_index ?? this.#turns.finals);
    if (this.#turns.isFinal(unit)) return [];
    const text =
      event === 'EndOfTurn'
        ? this.#turns.final(unit, transcript, words)
        : this.#turns.partial(unit, transcript);
    return [...text, ...speechEvents(parsed.data)];
  }
}

/** A turn is where someone speaks. When it began and ended is known where its words have times. */
function speechEvents({ event, words }: TurnInfo): TranscriptEvent[] {
  if (event === 'StartOfTurn') {
    return [{ type: 'speech', state: 'started', audioMs: words[0]?.startMs ?? null }];
  }
  if (event === 'EndOfTurn') {
    return [{ type: 'speech', state: 'stopped', audioMs: words.at(-1)?.endMs ?? null }];
  }
  return [];
}

function noticeEvent(type: string, message: object, fatal: boolean): TranscriptEvent {
  const { code, description, message: text } = notice.parse(message);
  const said = description ?? text ?? `${type} without a description`;
  return { type: 'error', code: code ?? null, message: said, fatal };
}

/** Deepgram Flux, `/v2/listen`: binary PCM16, turns that are replaced until they end. */
export const deepgramFlux: Dialect = {
  id: 'deepgram-flux',
  label,
  awaitsReady: true,
  textModel: 'replace-turn',
  features: { wordTimes: true, usage: false, speech: true },
  defaultModel,
  exampleUrl: 'wss://api.deepgram.com/v2/listen',
  hosts: /^api\.([a-z\d-]+\.)?deepgram\.com$/,
  remedies: new Map([
    ...deepgramRemedies,
    ['INTERNAL_SERVER_ERROR', 'The service failed: try again later.'],
    [
      'UNPARSABLE_CLIENT_MESSAGE',
      'The server does not speak this protocol; choose another dialect.',
    ],
  ]),
  audioFormat: () => deepgramAudioFormat,
  modelsUrl: () => null,
  request(settings, apiKey) {
    const { auth } = parseOptions(label, optionsSchema, settings);
    return {
      transport: 'websocket',
      url: addressOf(settings),
      headers: deepgramHeaders(apiKey, auth),
      subprotocols: [],
    };
  },
  start(settings) {
    parseOptions(label, optionsSchema, settings);
    refuseOtherThanEnglish(label, settings.model ?? defaultModel, settings.language);
    return new FluxSession();
  },
  recognises(frame) {
    const greeting = readObject(frame);
    return greeting?.type === 'Connected' && typeof greeting.request_id === 'string';
  },
};
