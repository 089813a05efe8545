import * as z from 'zod';

/** What a Vosk server replies. Fields beyond these are tolerated. */

const seconds = z.number().nonnegative().max(1e6);

const timedWord = z.looseObject({ word: z.string(), start: seconds, end: seconds });

/** Never fails: times that make no sense must not cost the text they came with. */
const timedWords = z.array(timedWord).optional().catch(undefined);

export type VoskWords = z.infer<typeof timedWords>;

/** An utterance is complete. */
const result = z.looseObject({ text: z.string(), result: timedWords });

/** The same with `max_alternatives`: the best one first. */
const alternatives = z.looseObject({ alternatives: z.tuple([result], z.unknown()) });

const partial = z.looseObject({ partial: z.string() });

export const voskReply = z.union([
  partial.transform(({ partial: text, ...more }) => ({
    isFinal: false as const,
    text,
    saysMore: Object.keys(more).length > 0,
  })),
  result.transform(({ text, result: words }) => ({ isFinal: true as const, text, words })),
  alternatives.transform(({ alternatives: [best] }) => ({
    isFinal: true as const,
    text: best.text,
    words: best.result,
  })),
]);
