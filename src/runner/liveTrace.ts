import * as z from 'zod';
import { sessionHeadSchema } from '../runfile/runSchema.ts';
import { traceSchema } from '../runfile/traceSchema.ts';

const count = z.int().nonnegative();

/** An utterance as it is sent; as `RunUtterance`. */
const utterance = z.object({
  id: z.string(),
  audioPath: z.string(),
  reference: z.string().nullable(),
  language: z.string().nullable(),
  declaredDurationMs: z.number().nullable(),
  words: z.array(z.object({ text: z.string(), startMs: z.number(), endMs: z.number() })).nullable(),
  speaker: z.string().nullable(),
  tags: z.array(z.string()),
  durationMs: z.number(),
  sha256: z.string().nullable(),
  audioFormat: z.string().nullable(),
});

/** What came to the trace of a running session since the piece before. */
export const tracePieceSchema = z.object({
  type: z.literal('trace'),
  session: sessionHeadSchema,
  /** With the first piece of a session; null with all others. */
  utterance: utterance.nullable(),
  /** How many entries came before, in pieces; all 0 in the first. */
  before: z.object({ chunks: count, controls: count, received: count, samples: count }),
  /** Its lists hold the new entries only. */
  trace: traceSchema,
  /** No more will come. */
  ended: z.boolean(),
});

export type TracePiece = z.infer<typeof tracePieceSchema>;
