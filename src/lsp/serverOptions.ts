import * as z from 'zod';

/** What a client says of itself when it starts the server. Nothing is needed. */
const schema = z.object({
  /** Whether somebody else checks, completes, explains, formats and outlines JSON by its schema. */
  jsonService: z.boolean().default(false),
  /** Whether the client has RTBench's commands. */
  commands: z.boolean().default(false),
  /** Whether the client asks about each document that it shows: it has others open, unseen. */
  asksWhatItShows: z.boolean().default(false),
  /** False: what plans name is not looked at. */
  trusted: z.boolean().default(true),
});

export type ServerOptions = z.infer<typeof schema>;

/** The options of a client; the usual ones where it gives none or others. */
export function parseServerOptions(given: unknown): ServerOptions {
  const parsed = schema.safeParse(given ?? {});
  return parsed.success ? parsed.data : schema.parse({});
}
