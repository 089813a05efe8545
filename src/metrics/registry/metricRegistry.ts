import { flagMetricTable, labelMetricTable } from './flagMetricTable.ts';
import type { MetricDefinition } from './metricDefinition.ts';
import { pooledMetricTable } from './pooledMetricTable.ts';
import { runMetricTable, textMetricTable } from './runMetricTable.ts';
import { timingMetricTable } from './timingMetricTable.ts';
import { transcriptMetricTable } from './transcriptMetricTable.ts';

/** Identifies the definitions all values were computed by; saved with every result. */
export const metricsSpecId = 'rtbench-metrics/1';

const numberMetricTable = { ...timingMetricTable, ...transcriptMetricTable };

/** A number per session. */
export type NumberMetricId = keyof typeof numberMetricTable;
/** Yes or no per session. */
export type FlagMetricId = keyof typeof flagMetricTable;
/** A word per session. */
export type LabelMetricId = keyof typeof labelMetricTable;
/** Many numbers per session. */
export type SeriesMetricId = keyof typeof pooledMetricTable;
/** One value per run and endpoint. */
export type RunMetricId = keyof typeof runMetricTable;
/** Text quality, from the text module. */
export type TextMetricId = keyof typeof textMetricTable;

export type SessionMetricId = NumberMetricId | FlagMetricId | LabelMetricId;
export type MetricId = SessionMetricId | SeriesMetricId | RunMetricId | TextMetricId;

/** Every metric by its stable id, in the order to show them. */
export const metricRegistry: Readonly<Record<MetricId, MetricDefinition>> = {
  ...numberMetricTable,
  ...flagMetricTable,
  ...labelMetricTable,
  ...pooledMetricTable,
  ...runMetricTable,
  ...textMetricTable,
};

export const numberMetricIds = idsOf(numberMetricTable);
export const flagMetricIds = idsOf(flagMetricTable);
export const labelMetricIds = idsOf(labelMetricTable);
export const seriesMetricIds = idsOf(pooledMetricTable);

/** Whether the metric counts from when audio was spoken, so that late sending spoils it. */
export function needsAudioClock(id: MetricId): boolean {
  return metricRegistry[id].requires.includes('audio_clock');
}

function idsOf<Id extends string>(table: Record<Id, MetricDefinition>): readonly Id[] {
  return Object.keys(table) as Id[];
}

/** The metric of an id of unknown origin, null where there is none. */
export function metricOf(id: string): MetricDefinition | null {
  return Object.hasOwn(metricRegistry, id) ? metricRegistry[id as MetricId] : null;
}
