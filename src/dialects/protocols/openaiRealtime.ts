import * as z from 'zod';
import { BenchError } from '../../common/benchError.ts';
import type { WebSocketRequest } from '../../common/connectionRequest.ts';
import { bearerHeader } from '../bearerHeader.ts';
import type { Dialect, DialectSettings } from '../dialect.ts';
import { webSocketUrl } from '../endpointUrl.ts';
import { languageCode } from '../languageCode.ts';
import { parseOptions } from '../parseOptions.ts';
import { isObject, readObject } from '../readObject.ts';
import { hostedOptions, keyHeader, mergeConfig } from '../hostedSettings.ts';
import type { JsonObject } from '../hostedSettings.ts';
import {
  commitEverySeconds,
  commitManner,
  longestAppendMs,
  RealtimeTranscriptionSession,
} from './realtimeTranscriptionSession.ts';
import { queryOption, withQuery } from '../withQuery.ts';

const label = 'OpenAI realtime transcription';
const defaultModel = 'gpt-live-transcribe';

const optionsSchema = z
  .strictObject({
    /** Where the key goes: `azure` also has a path of its own. */
    auth: z.enum(['bearer', 'subprotocol', 'azure']).default('bearer'),
    vad: z.enum(['none', 'server_vad', 'semantic_vad']).default('none'),
    noise_reduction: z.enum(['near_field', 'far_field']).optional(),
    delay: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
    prompt: z.string().optional(),
    keywords: z.array(z.string()).min(1).optional(),
    include_logprobs: z.boolean().default(false),
    /** OpenAI itself takes 24 kHz only. */
    rate: z.literal([8_000, 16_000, 24_000, 48_000]).default(24_000),
    commit_every_seconds: commitEverySeconds,
    config: hostedOptions.config,
    query: queryOption,
  })
  .refine(({ vad, commit_every_seconds: every }) => every === undefined || vad === 'none', {
    path: ['commit_every_seconds'],
    error: 'with vad the server ends turns',
  });

type Options = z.infer<typeof optionsSchema>;

function optionsOf(settings: DialectSettings): Options {
  return parseOptions(label, optionsSchema, settings);
}

function transcriptionOf({ model, language }: DialectSettings, options: Options): JsonObject {
  const { delay, prompt, keywords } = options;
  return {
    model: model ?? defaultModel,
    ...(language === null ? {} : { language: languageCode(language) }),
    ...(delay !== undefined && { delay }),
    ...(prompt !== undefined && { prompt }),
    ...(keywords !== undefined && { keywords }),
  };
}

/** Turn detection and noise reduction are named even where they are off: that is not the default. */
function configOf(settings: DialectSettings): JsonObject {
  const options = optionsOf(settings);
  const { vad, noise_reduction: noise, include_logprobs: logprobs, rate } = options;
  const base: JsonObject = {
    type: 'transcription',
    audio: {
      input: {
        format: { type: 'audio/pcm', rate },
        transcription: transcriptionOf(settings, options),
        turn_detection: vad === 'none' ? null : { type: vad },
        noise_reduction: noise === undefined ? null : { type: noise },
      },
    },
    ...(logprobs && { include: ['item.input_audio_transcription.logprobs'] }),
  };
  return mergeConfig(base, options.config);
}

/** The service wants exactly one of the parameters that say what a connection is for. */
function addressOf(settings: DialectSettings): string {
  const { auth, query } = optionsOf(settings);
  const path = auth === 'azure' ? '/openai/v1/realtime' : '/v1/realtime';
  const url = withQuery(webSocketUrl(settings.url, path), query);
  const { searchParams } = new URL(url);
  const saysWhatFor = ['model', 'intent', 'call_id'].some((name) => searchParams.has(name));
  return saysWhatFor ? url : withQuery(url, { intent: 'transcription' });
}

function credentials(
  auth: Options['auth'],
  apiKey: string | null,
): Pick<WebSocketRequest, 'headers' | 'subprotocols'> {
  if (auth === 'azure') return { headers: keyHeader('api-key', apiKey), subprotocols: [] };
  if (auth === 'bearer') return { headers: bearerHeader(apiKey), subprotocols: [] };
  if (apiKey === null) return { headers: {}, subprotocols: ['realtime'] };
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(apiKey)) {
    throw new BenchError(
      'request_invalid',
      'The API key holds characters that cannot travel in a subprotocol: use the option' +
        ' auth=bearer, or check the environment variable it comes from.',
    );
  }
  return { headers: {}, subprotocols: ['realtime', `openai-insecure-api-key.${apiKey}`] };
}

/** OpenAI's realtime transcription and its look-alikes: base64 PCM16, deltas per item. */
export const openaiRealtime: Dialect = {
  id: 'openai-realtime',
  label,
  awaitsReady: true,
  textModel: 'append',
  features: { wordTimes: false, usage: true, speech: true },
  chunkMs: { min: 1, max: longestAppendMs },
  defaultModel,
  exampleUrl: 'wss://api.openai.com/v1/realtime',
  remedies: new Map([
    ['invalid_api_key', 'Check the API key.'],
    ['model_not_found', 'Choose a model that transcribes in real time and that the key may use.'],
    ['invalid_model', 'Choose a model that transcribes in real time.'],
    ['insufficient_quota', "Check the account's credit and billing."],
    ['rate_limit_exceeded', 'Run fewer sessions at a time, or wait.'],
    ['invalid_value', 'Check the model, the language and the options of the endpoint.'],
    ['unknown_parameter', 'The server does not know one of the options of the endpoint.'],
    ['unsupported_parameter', 'The model does not know one of the options of the endpoint.'],
    ['input_audio_buffer_commit_empty', 'The audio is too short: a commit needs 100 ms of it.'],
    ['session_expired', 'The audio is longer than a session may last.'],
    ['server_error', 'The service failed: try again later.'],
  ]),
  audioFormat: (settings) => ({
    encoding: 'pcm_s16le',
    sampleRateHz: optionsOf(settings).rate,
  }),
  modelsUrl: () => null,
  request: (settings, apiKey) => ({
    transport: 'websocket',
    url: addressOf(settings),
    ...credentials(optionsOf(settings).auth, apiKey),
  }),
  start(settings, { totalSamples }) {
    const { rate, commit_every_seconds: every } = optionsOf(settings);
    return new RealtimeTranscriptionSession(
      configOf(settings),
      commitManner({ rate, every, totalSamples }),
    );
  },
  /** SGLang greets in the same words: its servers are taken for this protocol, which they speak. */
  recognises(frame) {
    const greeting = readObject(frame);
    const session = isObject(greeting?.session) ? greeting.session : {};
    if (greeting?.type === 'transcription_session.created') return true;
    return (
      greeting?.type === 'session.created' &&
      session.type === 'transcription' &&
      session.object === 'realtime.transcription_session'
    );
  },
};
