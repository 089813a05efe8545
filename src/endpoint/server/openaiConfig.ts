import * as z from 'zod';
import { OpenaiError } from './openaiEvent.ts';

const formatSchema = z.looseObject({ type: z.string(), rate: z.unknown().optional() });

const inputSchema = z.looseObject({
  format: formatSchema.nullish(),
  transcription: z
    .looseObject({
      model: z.string().nullish(),
      language: z.string().nullish(),
      prompt: z.string().nullish(),
    })
    .nullish(),
  turn_detection: z.looseObject({ type: z.string() }).nullish(),
  noise_reduction: z.looseObject({ type: z.string() }).nullish(),
});

const sessionSchema = z.looseObject({
  type: z.string().optional(),
  audio: z.looseObject({ input: inputSchema.optional() }).optional(),
});

export type AudioEncoding = 'audio/pcm' | 'audio/pcmu' | 'audio/pcma';

/** What is in force in a session of OpenAI's realtime transcription. */
export interface OpenaiConfig {
  encoding: AudioEncoding;
  model: string;
  language: string | null;
  prompt: string | null;
  serverVad: boolean;
}

const encodings: readonly string[] = ['audio/pcm', 'audio/pcmu', 'audio/pcma'];

/** What the recogniser's own speech detection does; it cannot be set. */
const turnDetection = {
  type: 'server_vad',
  threshold: 0.5,
  prefix_padding_ms: 250,
  silence_duration_ms: 450,
};

export function defaultConfig(model: string): OpenaiConfig {
  return { encoding: 'audio/pcm', model, language: null, prompt: null, serverVad: true };
}

/** Samples a second of audio in this encoding. */
export function rateOf(encoding: AudioEncoding): number {
  return encoding === 'audio/pcm' ? 24_000 : 8000;
}

/**
 * The configuration after a `session.update`: what it does not name stays as it is.
 *
 * @throws OpenaiError for what is not understood or not served.
 */
export function updatedConfig(
  config: OpenaiConfig,
  session: unknown,
  modelId: string,
): OpenaiConfig {
  if (session === undefined) {
    const message = "Missing required parameter: 'session'.";
    throw new OpenaiError('missing_required_parameter', message, { param: 'session' });
  }
  const parsed = sessionSchema.safeParse(session);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const param = ['session', ...(issue?.path ?? [])].join('.');
    throw invalidValue(param, `Invalid '${param}': ${issue?.message ?? 'wrong type'}.`);
  }
  const { type, audio } = parsed.data;
  if (type !== undefined && type !== 'transcription') {
    const message = 'This is a transcription session: session.type must be "transcription".';
    throw invalidValue('session.type', message);
  }
  const input = audio?.input ?? {};
  return {
    ...config,
    encoding: input.format ? encodingOf(input.format) : config.encoding,
    ...transcriptionOf(config, input.transcription, modelId),
    serverVad: vadOf(input.turn_detection) ?? config.serverVad,
  };
}

type Format = z.infer<typeof formatSchema>;

function encodingOf({ type, rate }: Format): AudioEncoding {
  const param = 'session.audio.input.format';
  if (!encodings.includes(type)) {
    throw invalidValue(`${param}.type`, `Supported values are: ${encodings.join(', ')}.`);
  }
  const encoding = type as AudioEncoding;
  const expected = rateOf(encoding);
  if (rate !== undefined && rate !== null && rate !== expected) {
    throw invalidValue(`${param}.rate`, `The rate of ${type} is ${expected} Hz.`);
  }
  return encoding;
}

function transcriptionOf(
  config: OpenaiConfig,
  wanted: z.infer<typeof inputSchema>['transcription'],
  modelId: string,
): Pick<OpenaiConfig, 'model' | 'language' | 'prompt'> {
  const { model, language, prompt } = wanted ?? {};
  if (typeof model === 'string' && model !== modelId) {
    throw new OpenaiError(
      'model_not_found',
      `The model '${model}' does not exist; there is '${modelId}'.`,
      { param: 'session.audio.input.transcription.model' },
    );
  }
  return {
    model: modelId,
    language: language === undefined ? config.language : language,
    prompt: prompt === undefined ? config.prompt : prompt,
  };
}

function vadOf(detection: { type: string } | null | undefined): boolean | undefined {
  if (detection === undefined) return undefined;
  if (detection !== null && detection.type !== 'server_vad') {
    const message = 'Turn detection is "server_vad" or null here.';
    throw invalidValue('session.audio.input.turn_detection.type', message);
  }
  return detection !== null;
}

function invalidValue(param: string, message: string): OpenaiError {
  return new OpenaiError('invalid_value', message, { param });
}

/** The configuration as `session.created` and `session.updated` show it. */
export function shownConfig(config: OpenaiConfig, id: string): object {
  const { encoding, model, language, prompt, serverVad } = config;
  const format =
    encoding === 'audio/pcm' ? { type: encoding, rate: rateOf(encoding) } : { type: encoding };
  return {
    type: 'transcription',
    id,
    object: 'realtime.transcription_session',
    audio: {
      input: {
        format,
        transcription: { model, language, prompt },
        noise_reduction: null,
        turn_detection: serverVad ? turnDetection : null,
      },
    },
    include: null,
  };
}
