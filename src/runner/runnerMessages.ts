import { z } from 'zod';
import { planSchema } from '../plan/plan.ts';

/**
 * What the extension and the measuring process say to each other, over the channel that Node
 * opens to a child process. Both sides check what they receive.
 */

const fact = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const runCommand = z.object({
  type: z.literal('run'),
  plan: planSchema,
  title: z.string(),
  /** Absolute path of the run file to write. */
  file: z.string(),
  rtbenchVersion: z.string(),
  /** Endpoint id → API key. Goes through memory only, never to a file or a command line. */
  apiKeys: z.record(z.string(), z.string()),
  /** An embedded endpoint that is running already. */
  embedded: z
    .object({ url: z.string(), model: z.string(), metadata: z.record(z.string(), fact) })
    .nullable(),
  /** Whether to report text as it grows. */
  live: z.boolean(),
});

/** From the extension. `cancel` keeps what has finished. */
export const toRunnerSchema = z.discriminatedUnion('type', [
  runCommand,
  z.object({ type: z.literal('cancel') }),
]);

const sessionEnded = z.object({
  type: z.literal('sessionEnded'),
  utteranceId: z.string(),
  endpointId: z.string(),
  /** Null where it never came. */
  ttftMs: z.number().nullable(),
  tailMs: z.number().nullable(),
  failure: z.string().nullable(),
});

/** From the measuring process. The last one is `finished` or `failed`. */
export const fromRunnerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('preparing'), done: z.number(), total: z.number() }),
  z.object({ type: z.literal('starting'), sessions: z.number() }),
  z.object({ type: z.literal('sessionStarted'), utteranceId: z.string(), endpointId: z.string() }),
  sessionEnded,
  z.object({
    type: z.literal('text'),
    endpointId: z.string(),
    utteranceId: z.string(),
    text: z.string(),
    audioMs: z.number(),
  }),
  z.object({
    type: z.literal('finished'),
    file: z.string(),
    sessions: z.number(),
    failed: z.number(),
    cancelled: z.boolean(),
    warnings: z.array(z.string()),
  }),
  z.object({ type: z.literal('failed'), reason: z.string(), message: z.string() }),
]);

export type ToRunner = z.infer<typeof toRunnerSchema>;
export type RunCommand = z.infer<typeof runCommand>;
export type FromRunner = z.infer<typeof fromRunnerSchema>;
export type SessionEnded = z.infer<typeof sessionEnded>;
