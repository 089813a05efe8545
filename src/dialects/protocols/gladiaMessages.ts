import * as z from 'zod';

/** What Gladia's live API sends. Fields beyond these are tolerated. */

export const anyMessage = z.looseObject({ type: z.string() });

/** Larger numbers are no times. */
const seconds = z.number().nonnegative().max(1e9);

const word = z.looseObject({ word: z.string(), start: seconds, end: seconds });

export type Word = z.infer<typeof word>;

/** Words that make no sense must not cost the text they came with. */
const words = z
  .array(word.nullable().catch(null))
  .catch([])
  .transform((all) => all.filter((each) => each !== null));

export const transcriptMessage = z.looseObject({
  data: z.looseObject({
    id: z.string().nullish().catch(null),
    is_final: z.boolean().catch(false),
    utterance: z.looseObject({ text: z.string(), words }),
  }),
});

export const speechMessage = z.looseObject({
  data: z
    .looseObject({ time: seconds.nullish().catch(null) })
    .nullish()
    .catch(null),
});

const said = z
  .union([
    z.string(),
    z.looseObject({ message: z.string() }).transform(({ message }) => message),
    z.looseObject({ exception: z.string() }).transform(({ exception }) => exception),
  ])
  .nullish()
  .catch(null);

const code = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);

/** What answers an audio chunk or the end of the audio. */
export const acknowledgement = z.looseObject({
  acknowledged: z.boolean().catch(true),
  error: said,
});

export const errorMessage = z.looseObject({ error: said, data: said, message: said, code });

/** What answers the request for a session. */
export const sessionAnswer = z.looseObject({ url: z.url({ protocol: /^wss?$/ }) });
