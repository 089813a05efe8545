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
import { parseJsonFrame } from '../parseJsonFrame.ts';
import { parseOptions } from '../parseOptions.ts';
import { asParameters } from '../asParameters.ts';
import {
  deepgramAudioFormat,
  deepgramAuth,
  deepgramFailure,
  deepgramHeaders,
  deepgramRemedies,
  isDeepgramEnd,
} from './deepgramConnection.ts';
import {
  anyMessage,
  metadata,
  notice,
  resultsMessage,
  speechStarted,
  utteranceEnd,
} from './deepgramMessages.ts';
import { TurnTexts } from '../turnTexts.ts';
import { usageEvents } from '../usageEvents.ts';
import { queryOption, withQuery } from '../withQuery.ts';

const label = 'Deepgram';
const defaultModel = 'nova-3';

const optionsSchema = z.strictObject({
  auth: deepgramAuth,
  interim_results: z.boolean().default(true),
  vad_events: z.boolean().default(true),
  /** Milliseconds of silence that end an utterance. */
  endpointing: z.union([z.int().nonnegative(), z.literal(false)]).optional(),
  utterance_end_ms: z.int().positive().optional(),
  smart_format: z.boolean().optional(),
  punctuate: z.boolean().optional(),
  query: queryOption,
});

const parameters = [
  'interim_results',
  'vad_events',
  'endpointing',
  'utterance_end_ms',
  'smart_format',
  'punctuate',
] as const;

function addressOf(settings: DialectSettings): string {
  const options = parseOptions(label, optionsSchema, settings);
  return withQuery(webSocketUrl(settings.url, '/v1/listen'), {
    model: settings.model ?? defaultModel,
    encoding: 'linear16',
    sample_rate: String(deepgramAudioFormat.sampleRateHz),
    channels: '1',
    language: settings.language,
    ...asParameters(options, parameters),
    ...options.query,
  });
}

/**
 * What is not final yet is said anew with every message, so a result replaces all behind the last
 * final one of its channel; when it began is not needed.
 */
class DeepgramSession implements DialectSession {
  readonly #texts = new TurnTexts();
  readonly #finalsOfChannel = new Map<number, number>();
  #lastWordMs: number | null = null;
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
    if (isDeepgramEnd(end)) return this.#ended ? this.#end() : [];
    return deepgramFailure(end);
  }

  #eventsOf(type: string, message: object): TranscriptEvent[] {
    switch (type) {
      case 'Results':
        return this.#results(message);
      case 'SpeechStarted': {
        const { timestamp } = speechStarted.parse(message);
        return [{ type: 'speech', state: 'started', audioMs: timestamp }];
      }
      case 'UtteranceEnd': {
        const { last_word_end } = utteranceEnd.parse(message);
        return [{ type: 'speech', state: 'stopped', audioMs: last_word_end }];
      }
      case 'Metadata':
        // Before the end of the audio it says nothing of the end.
        return this.#ended && !this.#done
          ? [...usageEvents({ audioMs: metadata.parse(message).duration }), ...this.#end()]
          : [];
      case 'Error':
        return [this.#error(message)];
      default:
        return [];
    }
  }

  #results(message: object): TranscriptEvent[] {
    const parsed = resultsMessage.safeParse(message);
    if (!parsed.success) {
      throw new DialectError(
        'The server sent Results without a text in `channel.alternatives[0].transcript`.',
      );
    }
    if (this.#done) return [];
    const { channel, channel_index, is_final, speech_final } = parsed.data;
    const { transcript, words } = channel.alternatives[0];
    const events = this.#textEvents(channel_index?.[0] ?? 0, is_final, { transcript, words });
    if (!is_final) return events;
    this.#lastWordMs = words.at(-1)?.endMs ?? this.#lastWordMs;
    if (speech_final) {
      events.push({ type: 'speech', state: 'stopped', audioMs: this.#lastWordMs });
    }
    return events;
  }

  #textEvents(
    channel: number,
    isFinal: boolean,
    { transcript, words }: z.infer<typeof resultsMessage>['channel']['alternatives'][0],
  ): TranscriptEvent[] {
    const finals = this.#finalsOfChannel.get(channel) ?? 0;
    const unit = channel === 0 ? String(finals) : `${channel}:${finals}`;
    if (!isFinal) return this.#texts.partial(unit, transcript);
    const events = this.#texts.final(unit, transcript, words);
    this.#finalsOfChannel.set(channel, finals + 1);
    return events;
  }

  #error(message: object): TranscriptEvent {
    const { code, variant, description, message: text } = notice.parse(message);
    const said = description ?? text ?? 'no message given';
    return { type: 'error', code: code ?? variant ?? null, message: said, fatal: !this.#done };
  }

  #end(): TranscriptEvent[] {
    this.#done = true;
    return [...this.#texts.rest(), { type: 'done' }];
  }
}

/** Deepgram's `/v1/listen`: binary PCM16, results that are replaced until they are final. */
export const deepgram: Dialect = {
  id: 'deepgram',
  label,
  awaitsReady: false,
  textModel: 'replace-segment',
  features: { wordTimes: true, usage: false, speech: true },
  defaultModel,
  exampleUrl: 'wss://api.deepgram.com/v1/listen',
  hosts: /^api\.([a-z\d-]+\.)?deepgram\.com$/,
  remedies: new Map(deepgramRemedies),
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
    return new DeepgramSession();
  },
};
