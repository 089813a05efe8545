import * as z from 'zod';
import { secondsAsMs } from '../secondsAsMs.ts';

/** What Mistral's realtime transcription sends. Fields beyond these are tolerated. */

export const anyMessage = z.looseObject({ type: z.string() });

export const textMessage = z.looseObject({ text: z.string() });

const tokenCount = z.int().nonnegative().nullish().catch(null);

/** Never fails: a usage that makes no sense must not cost the text it came with. */
const usage = z
  .looseObject({
    prompt_tokens: tokenCount,
    completion_tokens: tokenCount,
    prompt_audio_seconds: secondsAsMs,
  })
  .nullish()
  .catch(null);

export const doneMessage = z.looseObject({ text: z.string(), usage });

export type DoneMessage = z.infer<typeof doneMessage>;

const code = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);

export const errorMessage = z.looseObject({
  error: z.looseObject({ message: z.unknown(), code }).nullish().catch(null),
});
