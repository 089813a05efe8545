import * as z from 'zod';
import { BenchError } from '../../common/benchError.ts';
import { soleUnit } from '../../trace/transcriptEvent.ts';
import type { TranscriptEvent } from '../../trace/transcriptEvent.ts';
import { toBase64 } from '../base64.ts';
import { bearerHeader } from '../bearerHeader.ts';
import type { Dialect, DialectSession, Interpretation, OutgoingFrame } from '../dialect.ts';
import { DialectError } from '../dialectError.ts';
import { modelsUrl, webSocketUrl } from '../endpointUrl.ts';
import { jsonFrame } from '../jsonFrame.ts';
import { parseJsonFrame } from '../parseJsonFrame.ts';
import { parseOptions } from '../parseOptions.ts';
import { readObject } from '../readObject.ts';
import { anyMessage, deltaMessage, doneMessage, errorMessage } from './vllmMessages.ts';
import type { DoneMessage, ErrorMessage } from './vllmMessages.ts';

/** The first release sent zeros for every session: they are no counts. */
function usageEvents({ usage }: DoneMessage): TranscriptEvent[] {
  const outputTokens = usage?.completion_tokens ?? null;
  const inputTokens = usage?.prompt_tokens ?? null;
  return outputTokens || inputTokens ? [{ type: 'usage', outputTokens, inputTokens }] : [];
}

/**
 * vLLM calls the message that *starts* generation `commit`, and the one that ends the audio
 * `commit` with `final: true`; it needs both. Its `session.update` is flat and never answered.
 */
class VllmRealtimeSession implements DialectSession {
  readonly #model: string;
  #done = false;

  constructor(model: string) {
    this.#model = model;
  }

  open(): OutgoingFrame[] {
    return [
      jsonFrame({ type: 'session.update', model: this.#model }),
      jsonFrame({ type: 'input_audio_buffer.commit' }, 'start'),
    ];
  }

  audio(chunk: Uint8Array): OutgoingFrame {
    return jsonFrame({ type: 'input_audio_buffer.append', audio: toBase64(chunk) });
  }

  endOfAudio(): OutgoingFrame[] {
    return [jsonFrame({ type: 'input_audio_buffer.commit', final: true }, 'final')];
  }

  receive(frame: string | Uint8Array): Interpretation {
    const message = parseJsonFrame(frame, anyMessage);
    switch (message.type) {
      case 'transcription.delta':
        return this.#delta(message);
      case 'transcription.done':
        return this.#finished(message);
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

  #finished(message: object): Interpretation {
    const parsed = doneMessage.safeParse(message);
    if (!parsed.success) {
      throw new DialectError('The server sent a transcription.done without a text in `text`.');
    }
    this.#done = true;
    const events: TranscriptEvent[] = [{ type: 'final', unit: soleUnit, text: parsed.data.text }];
    events.push(...usageEvents(parsed.data), { type: 'done' });
    return { events, keepRaw: true };
  }

  /** No `done` follows an error, so every error before `done` is the end of the utterance. */
  #error(message: ErrorMessage): TranscriptEvent {
    const { error } = message;
    const nested = typeof error === 'object' ? error : null;
    const text = typeof error === 'string' ? error : (nested?.message ?? message.message);
    return {
      type: 'error',
      code: message.code ?? nested?.code ?? null,
      message: text ?? 'no message given',
      fatal: !this.#done,
    };
  }
}

/** vLLM's `/v1/realtime`: JSON text frames, base64 PCM16 at 16 kHz, append-only deltas. */
export const vllmRealtime: Dialect = {
  id: 'vllm-realtime',
  label: 'vLLM realtime',
  awaitsReady: true,
  textModel: 'append',
  features: { wordTimes: false, usage: true, speech: false },
  exampleUrl: 'ws://localhost:8000',
  remedies: new Map([
    ['model_not_found', 'Choose a model that the server lists under /v1/models.'],
    ['model_not_validated', 'Choose a model that the server lists under /v1/models.'],
    ['invalid_audio', 'The server could not read the audio; try a shorter chunk length.'],
    ['processing_error', "The recogniser failed: the server's own log says why."],
    ['unknown_event', 'The server does not speak this protocol; choose another dialect.'],
  ]),
  audioFormat: () => ({ encoding: 'pcm_s16le', sampleRateHz: 16_000 }),
  modelsUrl: (settings) => modelsUrl(settings.url),
  request: (settings, apiKey) => ({
    transport: 'websocket',
    url: webSocketUrl(settings.url, '/v1/realtime'),
    headers: bearerHeader(apiKey),
    subprotocols: [],
  }),
  start(settings) {
    parseOptions('vLLM realtime', z.strictObject({}), settings);
    if (settings.model === null) {
      throw new BenchError(
        'request_invalid',
        'vLLM needs the name of a model: set one that the server lists under /v1/models.',
      );
    }
    return new VllmRealtimeSession(settings.model);
  },
  recognises(frame) {
    const greeting = readObject(frame);
    return greeting?.type === 'session.created' && !('session' in greeting);
  },
};
