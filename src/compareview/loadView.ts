import * as z from 'zod/mini';
import { figureFormatSchema } from './figureFormatSchema.ts';

/** What the compare editor's page shows of runs under different loads: plain data. */

const count = z.int().check(z.nonnegative());

const figureSchema = z.nullable(
  z.object({
    value: z.number(),
    /** False: too few values for a 95 % interval. */
    enough: z.boolean(),
    /** Texts of the chart's limits that it misses. */
    missed: z.array(z.string()),
  }),
);

const pointFiguresSchema = z.object({
  /** The median, or the one value that the run has. */
  main: figureSchema,
  /** The 95th percentile; null for metrics that have one value. */
  tail: figureSchema,
  /** That the figures rest on. */
  sessions: count,
});

/** An endpoint in one of the runs. */
const pointSchema = z.object({
  /** Place in the view's `runs`. */
  run: count,
  /** As its plan has it, in words: `8 at once`. */
  load: z.string(),
  /** Sessions open at once, as measured: mean over the time of the run. */
  concurrency: z.number(),
  /** Finished; null where that was not measured. */
  sessionsPerSecond: z.nullable(z.number()),
  /** By the chart's key; none where the run has no value. */
  figures: z.record(z.string(), pointFiguresSchema),
});

const chartSchema = z.object({
  key: z.string(),
  label: z.string(),
  short: z.string(),
  format: figureFormatSchema,
  /** Whether `main` is a median; else there is but one value. */
  isDistribution: z.boolean(),
  /** Of the runs' plans. */
  limits: z.array(
    z.object({
      of: z.enum(['main', 'tail']),
      value: z.number(),
      /** `≤ 500 ms`. */
      text: z.string(),
    }),
  ),
});

export const loadViewSchema = z.object({
  /** Runs of an endpoint that belong together, the least concurrency first. */
  curves: z.array(z.object({ name: z.string(), points: z.array(pointSchema) })),
  charts: z.array(chartSchema),
});

export type LoadView = z.infer<typeof loadViewSchema>;
export type LoadCurve = LoadView['curves'][number];
export type LoadPoint = LoadCurve['points'][number];
export type LoadChart = LoadView['charts'][number];
export type LoadFigures = z.infer<typeof pointFiguresSchema>;
export type LoadFigure = NonNullable<LoadFigures['main']>;
