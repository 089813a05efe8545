import * as z from 'zod';
import { bearerHeader } from '../bearerHeader.ts';
import type { Dialect, DialectSettings } from '../dialect.ts';
import { modelsUrl, webSocketUrl } from '../endpointUrl.ts';
import { languageCode } from '../languageCode.ts';
import { parseOptions } from '../parseOptions.ts';
import { hostedOptions, mergeConfig } from '../hostedSettings.ts';
import type { JsonObject } from '../hostedSettings.ts';
import {
  commitEverySeconds,
  commitManner,
  longestAppendMs,
  RealtimeTranscriptionSession,
} from './realtimeTranscriptionSession.ts';
import { queryOption, withQuery } from '../withQuery.ts';

const label = 'SGLang realtime';

const optionsSchema = z.strictObject({
  /** The model hears 16 kHz; the server resamples what has another rate. */
  rate: z.literal([16_000, 24_000, 48_000]).default(16_000),
  commit_every_seconds: commitEverySeconds,
  config: hostedOptions.config,
  query: queryOption,
});

function optionsOf(settings: DialectSettings): z.infer<typeof optionsSchema> {
  return parseOptions(label, optionsSchema, settings);
}

/** The model may be left open, but not be one that the server does not serve. */
function configOf(settings: DialectSettings): JsonObject {
  const { model, language } = settings;
  const { rate, config } = optionsOf(settings);
  const transcription: JsonObject = {
    ...(model !== null && { model }),
    ...(language !== null && { language: languageCode(language) }),
  };
  const format = { type: 'audio/pcm', rate };
  const input = { format, transcription, turn_detection: null, noise_reduction: null };
  return mergeConfig({ type: 'transcription', audio: { input } }, config);
}

/** As a revision before the merged one wanted it: the format is a text, the rate beside it. */
function olderShape(config: JsonObject, rate: number): JsonObject {
  return mergeConfig(config, { audio: { input: { format: 'audio/pcm', sample_rate: rate } } });
}

/** SGLang's `/v1/realtime`: OpenAI's transcription, deltas before the commit, usage by duration. */
export const sglangRealtime: Dialect = {
  id: 'sglang-realtime',
  label,
  awaitsReady: true,
  textModel: 'append',
  features: { wordTimes: false, usage: false, speech: false },
  chunkMs: { min: 1, max: longestAppendMs },
  exampleUrl: 'ws://localhost:30000',
  remedies: new Map([
    ['not_supported', 'Check the model and the options of the endpoint.'],
    ['invalid_value', 'Check the options of the endpoint.'],
    ['invalid_state', 'The server got no audio, or does not speak this form of the protocol.'],
    ['invalid_audio_format', 'The server could not read the audio.'],
    ['unknown_event', 'The server does not speak this protocol; choose another dialect.'],
    [
      'buffer_overflow',
      'Set the option commit_every_seconds, start the server with a larger' +
        ' --asr-max-buffer-seconds, or send in real time.',
    ],
    [
      'too_many_sessions',
      'Run fewer sessions at a time, or start the server with a larger' +
        ' --asr-max-concurrent-sessions.',
    ],
    ['inference_failed', "The recogniser failed: the server's own log says why."],
  ]),
  audioFormat: (settings) => ({ encoding: 'pcm_s16le', sampleRateHz: optionsOf(settings).rate }),
  modelsUrl: ({ url }) => modelsUrl(url),
  request: (settings, apiKey) => ({
    transport: 'websocket',
    url: withQuery(webSocketUrl(settings.url, '/v1/realtime'), optionsOf(settings).query),
    headers: bearerHeader(apiKey),
    subprotocols: [],
  }),
  start(settings, { totalSamples }) {
    const config = configOf(settings);
    const { rate, commit_every_seconds: every } = optionsOf(settings);
    return new RealtimeTranscriptionSession(config, {
      fallback: olderShape(config, rate),
      ...commitManner({ rate, every, totalSamples }),
    });
  },
  /** Its greeting is OpenAI's own, and is recognised as that. */
  recognises: () => false,
};
