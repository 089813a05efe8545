import * as z from 'zod';

/** What the extension and the probing process say to each other; both check what they receive. */

export const probeRequestSchema = z.object({
  dialect: z.string(),
  url: z.string(),
  /** Null: the first model that the server lists. */
  model: z.string().nullable(),
  language: z.string().nullable(),
  options: z.record(z.string(), z.json()),
  /** Goes through memory only, never to a file or a command line. */
  apiKey: z.string().nullable(),
  /** Address of the proxy to go through, as the user gave it; null for none. */
  proxy: z.string().nullable(),
  /**
   * `models`: only ask for the list. `connection`: also open a session, without audio.
   * `dialect`: only find out what speaks there, whatever `dialect` says.
   */
  ask: z.enum(['models', 'connection', 'dialect']),
});

const problem = z.object({
  message: z.string(),
  /** Whether the server asks for a key, or for another one. */
  unauthorised: z.boolean(),
});

export const detectionSchema = z.object({
  kind: z.enum(['recognised', 'silent', 'unknown', 'unreachable']),
  /** Ids: the one that was recognised, or those it may be. */
  dialects: z.array(z.string()),
  /** Completes a sentence that says what was found. */
  because: z.string(),
});

export const probeResultSchema = z.object({
  /** What speaks there; null where that was not asked. */
  detection: detectionSchema.nullable(),
  /** Null where the server gives no list. */
  models: z.array(z.string()).nullable(),
  /** Why there is no list. */
  modelsProblem: problem.nullable(),
  /** The model a session would ask for. */
  model: z.string().nullable(),
  /** Null where no connection was asked for or none was made. */
  connection: z.object({ connectMs: z.number(), readyMs: z.number() }).nullable(),
  connectionProblem: problem.nullable(),
});

export type ProbeRequest = z.infer<typeof probeRequestSchema>;
export type ProbeResult = z.infer<typeof probeResultSchema>;
export type DetectionResult = z.infer<typeof detectionSchema>;
export type ProbeProblem = z.infer<typeof problem>;
