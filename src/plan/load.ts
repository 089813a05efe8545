import * as z from 'zod';

/**
 * How sessions are started: closed (so many at once, the next one when one has ended) or open, at
 * times that do not depend on the server. A server that stalls cannot hold open arrivals back.
 * Metrics specification 7.1.
 */

const perSecond = z.number().positive().max(1000).describe('Sessions started per second.');
const atOnce = z.int().positive().max(10_000).describe('Sessions at once.');
const seed = z.int().min(0).max(0xffff_ffff).describe('The same seed makes the same starts.');

const rampMembers = {
  overSeconds: z
    .number()
    .positive()
    .max(86_400)
    .describe('How long the change takes; the load stays then as it is.'),
  shape: z
    .enum(['linear', 'exponential'])
    .describe('`linear`: as much in each second. `exponential`: by the same factor.'),
};

/** The members of each kind of load, for the schemas of plans and of plan files. */
export const loadMembers = {
  concurrent: {
    kind: z.literal('concurrent').describe('A fixed number of sessions at once.'),
    sessions: atOnce,
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
  rateRamp: {
    kind: z.literal('ramp').describe('The load grows or falls while the run goes on.'),
    of: z.literal('perSecond').describe('Sessions started per second change, evenly spaced.'),
    from: perSecond,
    to: perSecond,
    ...rampMembers,
  },
  sessionsRamp: {
    kind: z.literal('ramp').describe('The load grows or falls while the run goes on.'),
    of: z.literal('sessions').describe('Sessions at once change.'),
    from: atOnce,
    to: atOnce,
    ...rampMembers,
  },
  trace: {
    kind: z.literal('trace').describe('Sessions start as others once did.'),
    path: z
      .string()
      .min(1)
      .describe('Recorded starts: seconds or ISO 8601 times, one per line; or a saved run.'),
    timeScale: z
      .number()
      .positive()
      .max(1000)
      .describe('What the time between starts is multiplied by.'),
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
  z.discriminatedUnion('of', [z.object(loadMembers.rateRamp), z.object(loadMembers.sessionsRamp)]),
  z.object(loadMembers.trace),
]);

export type Load = z.infer<typeof loadSchema>;
export type ClosedLoad = Extract<Load, { kind: 'concurrent' } | { of: 'sessions' }>;
export type OpenLoad = Exclude<Load, ClosedLoad>;
export type Ramp = Extract<Load, { kind: 'ramp' }>;

/** Whether a session waits for another's end before it starts. */
export function isClosed(load: Load): load is ClosedLoad {
  return load.kind === 'concurrent' || (load.kind === 'ramp' && load.of === 'sessions');
}
