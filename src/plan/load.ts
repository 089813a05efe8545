import * as z from 'zod';

/**
 * How sessions are started: closed (`concurrent`, the next one when one has ended) or open, at
 * times that do not depend on the server. A server that stalls cannot hold open arrivals back.
 */

const perSecond = z.number().positive().max(1000).describe('Sessions started per second.');
const seed = z.int().min(0).max(0xffff_ffff).describe('The same seed makes the same starts.');

/** The members of each kind of load, for the schemas of plans and of plan files. */
export const loadMembers = {
  concurrent: {
    kind: z.literal('concurrent').describe('A fixed number of sessions at once.'),
    sessions: z.int().positive().max(10_000).describe('Sessions at once.'),
  },
  constant: {
    kind: z.literal('constant').describe('Sessions start evenly, whatever the server does.'),
    perSecond,
  },
  poisson: {
    kind: z.literal('poisson').describe('Sessions start at random, independent of each other.'),
    perSecond,
    seed,
  },
  gamma: {
    kind: z.literal('gamma').describe('Sessions start at random, in bursts or evenly.'),
    perSecond,
    burstiness: z
      .number()
      .min(0.01)
      .max(1000)
      .describe('Shape of the gaps: 1 is `poisson`, less comes in bursts, more is more even.'),
    seed,
  },
};

export const loadSchema = z.discriminatedUnion('kind', [
  z.object({
    ...loadMembers.concurrent,
    reuseConnections: z
      .boolean()
      .exactOptional()
      .describe(
        'Whether sessions that follow each other share a connection; else each has its own.',
      ),
  }),
  z.object(loadMembers.constant),
  z.object(loadMembers.poisson),
  z.object(loadMembers.gamma),
]);

export type Load = z.infer<typeof loadSchema>;
export type ClosedLoad = Extract<Load, { kind: 'concurrent' }>;
export type OpenLoad = Exclude<Load, ClosedLoad>;
