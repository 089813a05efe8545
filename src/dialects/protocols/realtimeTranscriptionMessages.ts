import * as z from 'zod';
import { secondsAsMs } from '../secondsAsMs.ts';

/** What OpenAI's realtime transcription and its look-alikes send. Fields beyond these are tolerated. */

export const anyMessage = z.looseObject({ type: z.string() });

export type AnyMessage = z.infer<typeof anyMessage>;

/** Servers that transcribe one stretch of audio only may leave the name of the item out. */
const itemId = z.string().catch('');

export const itemMessage = z.looseObject({ item_id: itemId });

/** The official client takes deltas without a text, too. */
export const deltaMessage = z.looseObject({ item_id: itemId, delta: z.string().nullish() });

/** Alibaba's: text that stays, and behind it text that may still change. */
export const interimMessage = z.looseObject({
  item_id: itemId,
  text: z.string(),
  stash: z.string().nullish().catch(null),
});

const tokenCount = z.int().nonnegative().nullish().catch(null);

/** Never fails: a usage that makes no sense must not cost the text it came with. */
const usage = z
  .looseObject({ input_tokens: tokenCount, output_tokens: tokenCount, seconds: secondsAsMs })
  .nullish()
  .catch(null);

export const completedMessage = z.looseObject({ item_id: itemId, transcript: z.string(), usage });

export type CompletedMessage = z.infer<typeof completedMessage>;

const milliseconds = z.number().nonnegative().nullish().catch(null);

export const speechMessage = z.looseObject({
  item_id: itemId,
  audio_start_ms: milliseconds,
  audio_end_ms: milliseconds,
});

const optionalText = z.string().nullish().catch(null);

/** Of `error` and `failed`: an object, from some look-alikes a text. */
export const errorMessage = z.looseObject({
  error: z
    .looseObject({
      code: z
        .union([z.string(), z.number().transform(String)])
        .nullish()
        .catch(null),
      type: optionalText,
      param: optionalText,
    })
    .nullish()
    .catch(null),
});
