import type { PercentileId } from '../statistics/distribution.ts';
import type { NoiseThreshold } from '../statistics/noiseThreshold.ts';

export type MetricUnit =
  'ms' | 's' | 'ratio' | 'count' | 'bytes' | 'per_s' | 'ms_per_s' | 'times' | 'flag' | 'label';

/** What a metric needs before it can have a value. */
export type MetricRequirement =
  | 'reference'
  | 'word_times'
  | 'commit'
  | 'final'
  /** Audio sent at the pace it is spoken, not in a burst. */
  | 'paced'
  /** As `paced`, and sent punctually: it counts from when the audio was spoken. */
  | 'audio_clock'
  | 'burst'
  /** Thresholds of the plan that a session by itself meets or misses. */
  | 'thresholds';

/** How many of something make one value. */
export type MetricLevel = 'session' | 'pooled' | 'run' | 'text';

/** How the values of a run become what a report shows. */
export type MetricAggregation =
  'percentiles' | 'percentiles_pooled' | 'share' | 'counts' | 'run' | 'pooled_counts';

/** One row of the metric registry: all that labels, tables, plots and documents need to know. */
export interface MetricDefinition {
  /** Goes up when the definition changes: values of different versions are not compared. */
  version: number;
  label: string;
  short: string;
  unit: MetricUnit;
  decimals: number;
  /** Which way is better. */
  direction: 'lower' | 'higher' | 'neutral';
  /** Changes between runs up to this size do not matter. */
  noise: NoiseThreshold;
  level: MetricLevel;
  /** One sentence for users. */
  description: string;
  aggregation: MetricAggregation;
  /** The percentiles to show where there is room for few; empty where percentiles do not apply. */
  headline: readonly PercentileId[];
  requires: readonly MetricRequirement[];
  /** Names under which other tools or papers publish the same number. */
  alsoKnownAs: readonly string[];
}

type Optional =
  'version' | 'decimals' | 'direction' | 'noise' | 'headline' | 'requires' | 'alsoKnownAs';

/** What a table has to write down; the rest follows from unit and level. */
export type MetricEntry = Omit<MetricDefinition, Optional | 'level' | 'aggregation'> &
  Partial<Pick<MetricDefinition, Optional>>;

const decimalsOfUnit: Record<MetricUnit, number> = {
  ms: 0,
  s: 2,
  ratio: 3,
  count: 0,
  bytes: 0,
  per_s: 2,
  ms_per_s: 1,
  times: 2,
  flag: 0,
  label: 0,
};

/** Five milliseconds or 2 % of a latency, 0.1 percentage points of a share, 2 % of the rest. */
const noiseOfUnit: Record<MetricUnit, NoiseThreshold> = {
  ms: { absolute: 5, relative: 0.02 },
  s: { absolute: 0.005, relative: 0.02 },
  ratio: { absolute: 0.001, relative: 0 },
  count: { absolute: 0, relative: 0.02 },
  bytes: { absolute: 0, relative: 0.02 },
  per_s: { absolute: 0, relative: 0.02 },
  ms_per_s: { absolute: 0.5, relative: 0.02 },
  times: { absolute: 0, relative: 0.02 },
  flag: { absolute: 0.001, relative: 0 },
  label: { absolute: 0, relative: 0 },
};

const aggregationOfLevel: Record<MetricLevel, MetricAggregation> = {
  session: 'percentiles',
  pooled: 'percentiles_pooled',
  run: 'run',
  text: 'pooled_counts',
};

/** Completes the entries of a table, keeping its ids as types. */
export function defineMetrics<Id extends string>(
  level: MetricLevel,
  entries: Record<Id, MetricEntry>,
): Record<Id, MetricDefinition> {
  const defined = Object.entries<MetricEntry>(entries).map(([id, entry]) => [
    id,
    defineMetric(level, entry),
  ]);
  return Object.fromEntries(defined) as Record<Id, MetricDefinition>;
}

function defineMetric(level: MetricLevel, entry: MetricEntry): MetricDefinition {
  const aggregation = aggregationOf(level, entry.unit);
  return {
    version: 1,
    decimals: decimalsOfUnit[entry.unit],
    direction: 'lower',
    noise: noiseOfUnit[entry.unit],
    headline: aggregation.startsWith('percentiles') ? ['p50', 'p95'] : [],
    requires: [],
    alsoKnownAs: [],
    ...entry,
    level,
    aggregation,
  };
}

function aggregationOf(level: MetricLevel, unit: MetricUnit): MetricAggregation {
  if (level === 'session' && unit === 'flag') return 'share';
  if (level === 'session' && unit === 'label') return 'counts';
  return aggregationOfLevel[level];
}
