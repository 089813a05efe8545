import * as z from 'zod';
import { secondsAsMs } from '../secondsAsMs.ts';

/** What ElevenLabs' realtime service sends. Fields beyond these are tolerated. */

export const anyMessage = z.looseObject({ message_type: z.string() });

export const textMessage = z.looseObject({ text: z.string() });

const word = z.looseObject({
  text: z.string(),
  start: secondsAsMs,
  end: secondsAsMs,
  type: z.string().nullish().catch(null),
});

/** Never fails for its words: times that make no sense must not cost the text they came with. */
export const timedMessage = z.looseObject({
  text: z.string(),
  words: z.array(word).nullish().catch(null),
});

export type TimedMessage = z.infer<typeof timedMessage>;
