import * as z from 'zod';

/**
 * Profiles that take several runs, each under a load that depends on what those before it showed.
 * Metrics specification 7.1.
 */

const sessions = z.int().min(2).max(10_000);

/** The members of each kind of series, for the schemas of plans' files and of runs. */
export const seriesMembers = {
  sweep: {
    kind: z
      .literal('sweep')
      .describe('Runs from one session at a time to as many as you say, and between.'),
    sessions: sessions.describe('Sessions at once that saturate the endpoint.'),
    levels: z.int().min(1).max(40).describe('Runs between, at evenly spaced rates.'),
  },
  findCapacity: {
    kind: z
      .literal('find_capacity')
      .describe('Runs that look for the most sessions at once that the endpoint keeps up with.'),
    sessions: sessions.describe('Sessions at once beyond which nothing is tried.'),
  },
};

export const seriesSchema = z.discriminatedUnion('kind', [
  z.object(seriesMembers.sweep),
  z.object(seriesMembers.findCapacity),
]);

export type Series = z.infer<typeof seriesSchema>;
export type Sweep = Extract<Series, { kind: 'sweep' }>;
export type CapacitySearch = Extract<Series, { kind: 'find_capacity' }>;

/** Which run of which series a run is. */
export const seriesPlaceSchema = z
  .object({
    id: z.string().min(1).describe('Runs of one series have the same.'),
    title: z.string().min(1).describe('What the series is called.'),
    profile: seriesSchema.describe('What was asked for.'),
    step: z.int().min(0).describe('Which of the runs with its endpoint this is, from 0.'),
  })
  .describe('The series of runs that this one is part of.');

export type SeriesPlace = z.infer<typeof seriesPlaceSchema>;

export function isSeries(profile: { kind: string }): profile is Series {
  return profile.kind === 'sweep' || profile.kind === 'find_capacity';
}
