import * as z from 'zod';

/** What a Speechmatics server sends. Fields beyond these are tolerated. */

export const anyMessage = z.looseObject({ message: z.string() });

const optionalText = z.string().nullish().catch(null);
/** Larger numbers are no times. */
const seconds = z.number().nonnegative().max(1e9);

const alternative = z.looseObject({ content: z.string() });

const result = z.looseObject({
  type: optionalText,
  start_time: seconds,
  end_time: seconds,
  attaches_to: optionalText,
  alternatives: z.tuple([alternative]).rest(z.unknown()),
});

export type RecognitionResult = z.infer<typeof result>;

/** Results that make no sense must not cost the text they came with. */
const results = z
  .array(result.nullable().catch(null))
  .catch([])
  .transform((all) => all.filter((each) => each !== null));

export const transcriptMessage = z.looseObject({
  metadata: z.looseObject({ transcript: z.string() }),
  results,
});

export type TranscriptMessage = z.infer<typeof transcriptMessage>;

export const endOfUtterance = z.looseObject({
  metadata: z
    .looseObject({ end_time: seconds.nullish().catch(null) })
    .nullish()
    .catch(null),
});

/** `Error`, `Warning` and `Info` have the same shape. */
export const notice = z.looseObject({ type: optionalText, reason: optionalText });

export type Notice = z.infer<typeof notice>;

/** What answers the request for a temporary key. */
export const temporaryKey = z.looseObject({ key_value: z.string().min(1) });
