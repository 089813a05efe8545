import * as z from 'zod';
import { OpenaiError } from './openaiEvent.ts';

const ratesHz: readonly number[] = [16_000, 24_000, 48_000];
const defaultRateHz = 24_000;

const sessionSchema = z.looseObject({
  type: z.string().optional(),
  audio: z
    .looseObject({
      input: z
        .looseObject({
          format: z.unknown().optional(),
          transcription: z
            .looseObject({
              model: z.string().nullish(),
              language: z.string().nullish(),
              prompt: z.string().nullish(),
            })
            .nullish(),
          turn_detection: z.unknown().optional(),
          noise_reduction: z.unknown().optional(),
        })
        .optional(),
    })
    .optional(),
});

const formatSchema = z.looseObject({ type: z.string(), rate: z.int().nullish() });

/** What a client asked for in its last `session.update`. */
export interface SglangConfig {
  rateHz: number;
  language: string | null;
}

export const sglangDefaults: SglangConfig = { rateHz: defaultRateHz, language: null };

/**
 * The configuration that a `session.update` asks for.
 *
 * @throws OpenaiError
 */
export function sglangConfig(session: unknown, modelId: string): SglangConfig {
  const parsed = sessionSchema.safeParse(session);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const param = ['session', ...(issue?.path ?? [])].join('.');
    throw invalidValue(param, issue?.message ?? 'wrong type');
  }
  const { type, audio } = parsed.data;
  if (type !== undefined && type !== 'transcription') {
    throw invalidValue('session.type', 'it must be "transcription"');
  }
  const input = audio?.input ?? {};
  refuseIfSet('turn_detection', input.turn_detection);
  refuseIfSet('noise_reduction', input.noise_reduction);
  const { model, language = null, prompt } = input.transcription ?? {};
  refuseIfSet('transcription.prompt', prompt);
  if (typeof model === 'string' && model !== modelId) {
    const message = `The model \`${model}\` is not served; \`${modelId}\` is.`;
    const param = 'session.audio.input.transcription.model';
    throw new OpenaiError('model_not_found', message, { param });
  }
  return { rateHz: rateOf(input.format), language };
}

function rateOf(format: unknown): number {
  if (format === undefined || format === null) return defaultRateHz;
  const param = 'session.audio.input.format';
  const parsed = formatSchema.safeParse(format);
  if (!parsed.success) throw invalidValue(param, 'it must be an object with a `type`');
  const { type, rate } = parsed.data;
  if (type !== 'audio/pcm') throw notSupported(`${param}.type`, `\`${type}\``);
  const rateHz = rate ?? defaultRateHz;
  if (!ratesHz.includes(rateHz)) {
    throw invalidValue(`${param}.rate`, `it must be one of ${ratesHz.join(', ')}`);
  }
  return rateHz;
}

function refuseIfSet(field: string, value: unknown): void {
  if (value === undefined || value === null) return;
  throw notSupported(`session.audio.input.${field}`, `\`${field}\``);
}

function invalidValue(param: string, why: string): OpenaiError {
  return new OpenaiError('invalid_value', `Invalid ${param}: ${why}.`, { param });
}

function notSupported(param: string, what: string): OpenaiError {
  return new OpenaiError('not_supported', `${what} is not supported.`, { param });
}

/** The configuration as `session.created` and `session.updated` show it. */
export function shownSglangConfig(config: SglangConfig, id: string, model: string): object {
  return {
    type: 'transcription',
    id,
    object: 'realtime.transcription_session',
    audio: {
      input: {
        format: { type: 'audio/pcm', rate: config.rateHz },
        transcription: { model, language: config.language },
        noise_reduction: null,
        turn_detection: null,
      },
    },
  };
}
