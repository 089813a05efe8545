import * as z from 'zod';
import type { Dialect, DialectSettings } from '../dialect.ts';
import { webSocketUrl } from '../endpointUrl.ts';
import { languageCode } from '../languageCode.ts';
import { parseOptions } from '../parseOptions.ts';
import { readObject } from '../readObject.ts';
import { keyHeader } from '../hostedSettings.ts';
import { elevenLabsRateHz, ElevenLabsSession } from './elevenLabsSession.ts';
import { queryOption, withQuery } from '../withQuery.ts';

const label = 'ElevenLabs Scribe realtime';
const defaultModel = 'scribe_v2_realtime';

const optionsSchema = z.strictObject({
  commitStrategy: z.enum(['manual', 'vad']).default('manual'),
  timestamps: z.boolean().default(true),
  previousText: z.string().optional(),
  query: queryOption,
});

/** The address with its parameters, those of its own before all others. */
function addressOf(settings: DialectSettings): URL {
  const { commitStrategy, timestamps, query } = parseOptions(label, optionsSchema, settings);
  const url = withQuery(webSocketUrl(settings.url, '/v1/speech-to-text/realtime'), {
    model_id: settings.model ?? defaultModel,
    audio_format: `pcm_${elevenLabsRateHz}`,
    commit_strategy: commitStrategy,
    language_code: settings.language && languageCode(settings.language),
    include_timestamps: timestamps ? 'true' : null,
    ...query,
  });
  return new URL(url);
}

/** ElevenLabs Scribe: JSON text frames, base64 PCM16, segments replaced until they are committed. */
export const elevenLabs: Dialect = {
  id: 'elevenlabs',
  label,
  awaitsReady: true,
  textModel: 'replace-segment',
  features: { wordTimes: true, usage: false, speech: false },
  defaultModel,
  exampleUrl: 'wss://api.elevenlabs.io',
  hosts: /^api\.([a-z\d-]+\.)*elevenlabs\.io$/,
  remedies: new Map([
    ['auth_error', 'Check the API key, and whether it may use speech to text.'],
    ['quota_exceeded', 'The quota of the account is used up.'],
    ['rate_limited', 'Run fewer sessions at a time, or wait.'],
    [
      'resource_exhausted',
      'The service is busy: run fewer sessions at a time, or try again later.',
    ],
    ['queue_overflow', 'Audio comes faster than it is transcribed: send it in real time.'],
    ['unaccepted_terms', "Accept the terms of the model in ElevenLabs' console."],
    ['invalid_request', 'Check the model, the language and the options of the endpoint.'],
    ['input_error', 'Check the options of the endpoint and the chunk length.'],
    ['chunk_size_exceeded', 'Choose a shorter chunk length.'],
    ['commit_throttled', 'There was too little audio to commit: use longer audio.'],
    ['insufficient_audio_activity', 'The audio holds too little speech.'],
    ['session_time_limit_exceeded', 'The audio is longer than a session may last.'],
  ]),
  audioFormat: () => ({ encoding: 'pcm_s16le', sampleRateHz: elevenLabsRateHz }),
  modelsUrl: () => null,
  request: (settings, apiKey) => ({
    transport: 'websocket',
    url: addressOf(settings).href,
    headers: keyHeader('xi-api-key', apiKey),
    subprotocols: [],
  }),
  start(settings) {
    const { previousText } = parseOptions(label, optionsSchema, settings);
    const { searchParams } = addressOf(settings);
    return new ElevenLabsSession({
      isShared: searchParams.get('commit_strategy') === 'vad',
      isTimed: ['include_timestamps', 'include_language_detection'].some(
        (name) => searchParams.get(name) === 'true',
      ),
      previousText: previousText ?? null,
    });
  },
  recognises: (frame) => readObject(frame)?.message_type === 'session_started',
};
