import * as z from 'zod';

/** What a Soniox server sends. Fields beyond these are tolerated. */

const optionalText = z.string().nullish().catch(null);
const optionalMs = z.number().nonnegative().max(1e12).nullish().catch(null);

const token = z.looseObject({
  text: z.string(),
  is_final: z.boolean().catch(false),
  start_ms: optionalMs,
  end_ms: optionalMs,
  translation_status: optionalText,
});

export type Token = z.infer<typeof token>;

export const resultMessage = z.looseObject({
  tokens: z
    .array(token)
    .nullish()
    .transform((tokens) => tokens ?? []),
  total_audio_proc_ms: optionalMs,
  finished: z.boolean().catch(false),
});

export const errorMessage = z.looseObject({
  error_code: z
    .union([z.string(), z.number().transform(String)])
    .nullish()
    .catch(null),
  error_message: optionalText,
});

export type ErrorMessage = z.infer<typeof errorMessage>;
