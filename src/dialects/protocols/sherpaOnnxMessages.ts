import * as z from 'zod';

/** What a sherpa-onnx streaming server sends. Fields beyond these are tolerated. */

const seconds = z.number().nonnegative().max(1e6);

/** Never fails: times that make no sense must not cost the text they came with. */
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

export const sherpaOnnxResult = z.looseObject({
  /** All text of the segment so far. */
  text: z.string(),
  segment: optional(z.int().nonnegative()),
  tokens: optional(z.array(z.string())),
  /** Seconds from the start of the segment at which each token was heard. */
  timestamps: optional(z.array(seconds)),
  start_time: optional(seconds),
  is_final: optional(z.boolean()),
});

export type SherpaOnnxResult = z.infer<typeof sherpaOnnxResult>;
