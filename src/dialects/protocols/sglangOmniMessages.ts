import * as z from 'zod';

/** What SGLang-Omni sends in a transcription session. Fields beyond these are tolerated. */

export const anyMessage = z.looseObject({ type: z.string() });

export type AnyMessage = z.infer<typeof anyMessage>;

const segmentId = z.union([z.number().transform(String), z.string()]);

export const segmentMessage = z.looseObject({
  segment_id: segmentId.catch(''),
  text: z.string(),
  is_final: z.boolean().catch(false),
});

export const textMessage = z.looseObject({ text: z.string() });

const milliseconds = z.number().nonnegative().nullish().catch(null);

/** Of turn detection and commits. */
export const stretchMessage = z.looseObject({
  segment_id: segmentId.nullable().catch(null),
  audio_start_ms: milliseconds,
  audio_end_ms: milliseconds,
});

export const errorMessage = z.looseObject({
  error: z
    .looseObject({ code: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
});
