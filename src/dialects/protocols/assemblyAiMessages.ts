import * as z from 'zod';
import type { TimedWord } from '../../trace/transcriptEvent.ts';
import { secondsAsMs } from '../secondsAsMs.ts';

/** What AssemblyAI's streaming API v3 sends. Fields beyond these are tolerated. */

/** An error may come without a type. */
export const anyMessage = z.union([
  z.looseObject({ type: z.string() }),
  z.looseObject({ error: z.string() }).transform((message) => ({ ...message, type: 'Error' })),
]);

const flag = z.boolean().catch(false);
const optionalText = z.string().min(1).nullish().catch(null);
/** Larger numbers are no times. */
const ms = z.number().nonnegative().max(1e9);
const code = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);

const word = z.looseObject({ text: z.string(), start: ms, end: ms }).nullable().catch(null);

/** Words that make no sense must not cost the text they came with. */
const timedWords = z
  .array(word)
  .catch([])
  .transform((all): TimedWord[] =>
    all.flatMap((each) => {
      if (each === null) return [];
      return [{ text: each.text, startMs: each.start, endMs: Math.max(each.start, each.end) }];
    }),
  );

export const turnMessage = z.looseObject({
  turn_order: z.int().nonnegative().nullish().catch(null),
  turn_is_formatted: flag,
  end_of_turn: flag,
  transcript: z.string(),
  words: timedWords,
});

export const speechStarted = z.looseObject({ timestamp: ms.nullish().catch(null) });

export const terminationMessage = z.looseObject({ audio_duration_seconds: secondsAsMs });

export const errorMessage = z.looseObject({ error_code: code, error: optionalText });

export const warningMessage = z.looseObject({ warning_code: code, warning: optionalText });
