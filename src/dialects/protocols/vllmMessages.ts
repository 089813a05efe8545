import * as z from 'zod';

/** What vLLM and vLLM-Omni send over `/v1/realtime`. Fields beyond these are tolerated. */

export const anyMessage = z.looseObject({ type: z.string() });

export type AnyMessage = z.infer<typeof anyMessage>;

export const deltaMessage = z.looseObject({
  type: z.literal('transcription.delta'),
  delta: z.string(),
});

const tokenCount = z.int().nonnegative().nullish().catch(null);

/** Never fails: a usage that makes no sense must not cost the text it came with. */
const usage = z
  .looseObject({ prompt_tokens: tokenCount, completion_tokens: tokenCount })
  .nullish()
  .catch(null);

export const doneMessage = z.looseObject({
  type: z.literal('transcription.done'),
  text: z.string(),
  usage,
});

export type DoneMessage = z.infer<typeof doneMessage>;

const optionalText = z.string().nullish().catch(null);
const optionalCode = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);

/** vLLM sends `error` as text; relays and look-alikes send OpenAI's object instead. */
const errorObject = z.looseObject({ message: optionalText, code: optionalCode });

export const errorMessage = z.looseObject({
  type: z.literal('error'),
  error: z.union([z.string(), errorObject]).nullish().catch(null),
  message: optionalText,
  code: optionalCode,
});

export type ErrorMessage = z.infer<typeof errorMessage>;
