import * as z from 'zod';

/** What a result should say about the embedded endpoint it was measured against. */
export const endpointMetadataSchema = z.object({
  model: z.string(),
  /** The only language it knows, BCP 47. */
  language: z.string(),
  runtime: z.enum(['wasm', 'native']),
  /** Threads that compute. */
  threads: z.int().positive(),
  /** Of the encoder's bytes followed by the decoder's. */
  modelSha256: z.string(),
  /** Reading, compiling and warming up; before the endpoint listens, so in no latency. */
  modelLoadMs: z.number().nonnegative(),
  /** Connections accepted at once. */
  maxSessions: z.int().positive(),
});

export type EndpointMetadata = z.infer<typeof endpointMetadataSchema>;

/** The one line on standard output by which the endpoint's process says that it is ready. */
export const listeningLineSchema = endpointMetadataSchema.extend({
  event: z.literal('listening'),
  port: z.int().min(1).max(65_535),
  url: z.string(),
});

export type ListeningLine = z.infer<typeof listeningLineSchema>;
