import * as z from 'zod';
import { BenchError } from '../../common/benchError.ts';
import type { WebSocketRequest } from '../../common/connectionRequest.ts';
import { soleUnit } from '../../trace/transcriptEvent.ts';
import type { TranscriptEvent } from '../../trace/transcriptEvent.ts';
import { toBase64 } from '../base64.ts';
import { bearerHeader } from '../bearerHeader.ts';
import type {
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
import { usageEvents } from '../usageEvents.ts';
import { anyMessage, deltaMessage, doneMessage, errorMessage } from './vllmMessages.ts';
import type { AnyMessage, ErrorMessage } from './vllmMessages.ts';

/** What vLLM and the servers built on it have in common, beside their messages. */

export const vllmAudioFormat = { encoding: 'pcm_s16le', sampleRateHz: 16_000 } as const;

export const vllmRemedies: readonly (readonly [string, string])[] = [
  ['model_not_found', 'Choose a model that the server lists under /v1/models.'],
  ['model_not_validated', 'Choose a model that the server lists under /v1/models.'],
  ['invalid_audio', 'The server could not read the audio; try a shorter chunk length.'],
  ['processing_error', "The recogniser failed: the server's own log says why."],
  ['unknown_event', 'The server does not speak this protocol; choose another dialect.'],
];

/** @throws BenchError `request_invalid` for an address or a key that cannot be used. */
export function vllmRequest({ url }: DialectSettings, apiKey: string | null): WebSocketRequest {
  return {
    transport: 'websocket',
    url: webSocketUrl(url, '/v1/realtime'),
    headers: bearerHeader(apiKey),
    subprotocols: [],
  };
}

const optionsSchema = z.strictObject({
  config: z.record(z.string(), z.json()).default({}),
});

/**
 * The `session.update` that names the model.
 * @throws BenchError `request_invalid` without a model, or with options that there are not.
 */
export function vllmUpdate(label: string, settings: DialectSettings): Record<string, JsonValue> {
  const { config } = parseOptions(label, optionsSchema, settings);
  if (settings.model === null) {
    throw new BenchError(
      'request_invalid',
      'vLLM needs the name of a model: set one that the server lists under /v1/models.',
    );
  }
  return { type: 'session.update', model: settings.model, ...config };
}

const startCommit = jsonFrame({ type: 'input_audio_buffer.commit' }, 'start');

/**
 * vLLM calls the message that *starts* generation `commit`, and the one that ends the audio
 * `commit` with `final: true`; it needs both. Its `session.update` is flat and never answered.
 */
export class VllmSession implements DialectSession {
  readonly #update: Record<string, JsonValue>;
  readonly #endsWithText: boolean;
  #hasFinal = false;
  #failed = false;

  /** @param endsWithText whether nothing follows the final text. */
  constructor(update: Record<string, JsonValue>, endsWithText: boolean) {
    this.#update = update;
    this.#endsWithText = endsWithText;
  }

  open(): OutgoingFrame[] {
    return [jsonFrame(this.#update), startCommit];
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    return jsonFrame({ type: 'input_audio_buffer.append', audio: toBase64(chunk) });
  }

  endOfAudio(): OutgoingFrame[] {
    return [jsonFrame({ type: 'input_audio_buffer.commit', final: true }, 'final')];
  }

  receive(frame: string | Uint8Array): Interpretation {
    return this.interpret(parseJsonFrame(frame, anyMessage));
  }

  /** The model is known, but each utterance needs a start commit of its own. */
  protected restart(): OutgoingFrame[] {
    this.#hasFinal = false;
    this.#failed = false;
    return [startCommit];
  }

  /** Whether the final text came and no error before it. */
  protected get isComplete(): boolean {
    return this.#hasFinal && !this.#failed;
  }

  protected interpret(message: AnyMessage): Interpretation {
    switch (message.type) {
      case 'transcription.delta':
        return this.#delta(message);
      case 'transcription.done':
        return { events: this.#finished(message), keepRaw: true };
      case 'session.created':
        return { events: [{ type: 'ready' }], keepRaw: true };
      case 'error':
        return { events: [this.#error(errorMessage.parse(message))], keepRaw: true };
      default:
        return { events: [{ type: 'other', name: message.type }], keepRaw: true };
    }
  }

  #delta(message: object): Interpretation {
    const parsed = deltaMessage.safeParse(message);
    if (!parsed.success) {
      throw new DialectError('The server sent a transcription.delta without a text in `delta`.');
    }
    return {
      events: [{ type: 'text', mode: 'append', unit: soleUnit, text: parsed.data.delta }],
      keepRaw: Object.keys(message).length > 2,
    };
  }

  #finished(message: AnyMessage): TranscriptEvent[] {
    const parsed = doneMessage.safeParse(message);
    if (!parsed.success) {
      throw new DialectError('The server sent a transcription.done without a text in `text`.');
    }
    // After an error it is no end, and there is one text only.
    if (this.#hasFinal || this.#failed) return [{ type: 'other', name: message.type }];
    this.#hasFinal = true;
    const events: TranscriptEvent[] = [{ type: 'final', unit: soleUnit, text: parsed.data.text }];
    const { usage } = parsed.data;
    events.push(
      ...usageEvents({ outputTokens: usage?.completion_tokens, inputTokens: usage?.prompt_tokens }),
    );
    if (this.#endsWithText) events.push({ type: 'done' });
    return events;
  }

  /** No final text follows an error, so every error before it is the end of the utterance. */
  #error(message: ErrorMessage): TranscriptEvent {
    const { error } = message;
    const nested = typeof error === 'object' ? error : null;
    const text = typeof error === 'string' ? error : (nested?.message ?? message.message);
    const fatal = !this.#hasFinal;
    this.#failed ||= fatal;
    return {
      type: 'error',
      code: message.code ?? nested?.code ?? null,
      message: text ?? 'no message given',
      fatal,
    };
  }
}
