import * as z from 'zod';
import { secondsAsMs } from '../secondsAsMs.ts';

/** What a transcription endpoint of OpenAI's kind answers. Fields beyond these are tolerated. */

export const anyAnswer = z.looseObject({});

const tokenCount = z.int().nonnegative().nullish().catch(null);

/** Never fails: a usage that makes no sense must not cost the text it came with. */
const usage = z
  .looseObject({
    prompt_tokens: tokenCount,
    completion_tokens: tokenCount,
    input_tokens: tokenCount,
    output_tokens: tokenCount,
    seconds: secondsAsMs,
  })
  .nullish()
  .catch(null);

export type Usage = z.infer<typeof usage>;

/** Of a stream like that of chat completions: `choices` is empty where usage comes alone. */
export const chunkAnswer = z.looseObject({
  choices: z.array(
    z.looseObject({
      delta: z.looseObject({ content: z.string().nullish() }).nullish(),
      finish_reason: z.string().nullish(),
    }),
  ),
  usage,
});

/** Of a stream of typed events. */
export const deltaAnswer = z.looseObject({ delta: z.string() });
export const segmentAnswer = z.looseObject({ text: z.string() });

const seconds = z.number().nonnegative();
const word = z.looseObject({ word: z.string(), start: seconds, end: seconds });

/** The whole text: a body of its own, or the last of a stream of typed events. */
export const textAnswer = z.looseObject({
  text: z.string(),
  words: z.array(word).nullish().catch(null),
  usage,
});

export type TextAnswer = z.infer<typeof textAnswer>;

const optionalText = z.string().nullish().catch(null);
const optionalCode = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);
const errorObject = z.looseObject({
  message: optionalText,
  code: optionalCode,
  type: optionalText,
});

/** `error` is an object; older servers and relays send its fields bare or a text. */
export const errorAnswer = z.looseObject({
  ...errorObject.shape,
  error: z.union([z.string(), errorObject]).nullish().catch(null),
});

export type ErrorAnswer = z.infer<typeof errorAnswer>;
