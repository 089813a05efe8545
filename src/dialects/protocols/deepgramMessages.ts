import * as z from 'zod';
import type { TimedWord } from '../../trace/transcriptEvent.ts';
import { secondsAsMs } from '../secondsAsMs.ts';

/** What Deepgram's `/v1/listen` and `/v2/listen` send. Fields beyond these are tolerated. */

export const anyMessage = z.looseObject({ type: z.string() });

const flag = z.boolean().catch(false);
const index = z.int().nonnegative().nullish().catch(null);
const optionalText = z.string().min(1).nullish().catch(null);

const word = z
  .looseObject({
    word: z.string(),
    punctuated_word: optionalText,
    start: secondsAsMs,
    end: secondsAsMs,
  })
  .nullable()
  .catch(null);

/** Words without times, and what makes no sense as a word, must not cost the text they came with. */
const timedWords = z
  .array(word)
  .catch([])
  .transform((all): TimedWord[] =>
    all.flatMap((each) => {
      if (each?.start == null || each.end === null) return [];
      const text = each.punctuated_word ?? each.word;
      return [{ text, startMs: each.start, endMs: Math.max(each.start, each.end) }];
    }),
  );

const alternative = z.looseObject({ transcript: z.string(), words: timedWords });

export const resultsMessage = z.looseObject({
  channel_index: z.tuple([index]).rest(z.unknown()).nullish().catch(null),
  is_final: flag,
  speech_final: flag,
  channel: z.looseObject({ alternatives: z.tuple([alternative]).rest(z.unknown()) }),
});

export const speechStarted = z.looseObject({ timestamp: secondsAsMs });

export const utteranceEnd = z.looseObject({ last_word_end: secondsAsMs });

export const metadata = z.looseObject({ duration: secondsAsMs });

export const turnInfo = z.looseObject({
  event: optionalText,
  turn_index: index,
  transcript: z.string(),
  words: timedWords,
});

export type TurnInfo = z.infer<typeof turnInfo>;

/** An error or a warning; both protocols' names for what it says. */
export const notice = z.looseObject({
  code: z
    .union([z.string().min(1), z.number().transform(String)])
    .nullish()
    .catch(null),
  variant: optionalText,
  description: optionalText,
  message: optionalText,
});
