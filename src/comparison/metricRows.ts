import { unitText } from '../metrics/registry/formatMetric.ts';
import { metricRegistry, type MetricId } from '../metrics/registry/metricRegistry.ts';
import { noiseSize } from '../metrics/statistics/noiseThreshold.ts';
import { isEnoughForPercentile } from '../metrics/statistics/orderStatistics.ts';
import { hardDifferences } from './comparabilityGate.ts';
import { compareErrorRate } from './compareErrorRate.ts';
import { compareMeasure, fewestUnpaired, type SamplingOptions } from './compareMeasure.ts';
import { compareText } from './compareText.ts';
import { changeOf } from './change.ts';
import type { MetricComparison } from './comparison.ts';
import { errorRateKey, measureShort } from './measure.ts';
import { measureSample } from './measureSample.ts';
import type { PreparedPair } from './preparePair.ts';
import { textKey } from './textKey.ts';
import type { TextGroup } from './textItems.ts';
import { worstUtterances } from './utteranceChanges.ts';

/** A row before all rows together are judged. */
export interface MetricRow extends Omit<MetricComparison, 'verdict' | 'reason' | 'toDecide'> {
  comparable: boolean;
  /** What is resampled or tested as one, and how many of these either run has. */
  units: { name: 'utterances' | 'speakers' | 'sessions'; a: number; b: number };
  /** Enough of them for the test and the interval. */
  enough: boolean;
}

export interface RowOptions extends SamplingOptions {
  /** By row key; the registry's where there is none. */
  noise: Readonly<Record<string, number>>;
  /** Most entries in the list of worst utterances. */
  worst: number;
}

/** The row of a measure; null where neither run has a value. */
export function measureRow(
  pair: PreparedPair,
  place: number,
  options: RowOptions,
): MetricRow | null {
  const measure = pair.measures[place]!;
  const { key, metric } = measure;
  const { a, b } = pair.values;
  const sample = measureSample(pair.pairing, a.values[place]!, b.values[place]!);
  const has = (values: Float64Array) => values.some((value) => !isNaN(value));
  if (!has(a.values[place]!) && !has(b.values[place]!)) return null;
  const empty = emptyRow(pair, key, metric);
  const evidence = compareMeasure(sample, empty.comparable ? options : null);
  const n = { a: sample.a.length, b: sample.b.length };
  return {
    ...empty,
    ...evidence,
    short: measureShort(measure),
    label: labelOf(metric, measure.percentile),
    statistic: n.a === n.b ? `medians of ${n.a} utterances` : 'medians of utterances',
    test: evidence.test && { ...evidence.test, adjustedP: null },
    noise: noiseOf(key, metric, evidence.change?.a ?? 0, options),
    n,
    absent: { a: a.absent[place]!, b: b.absent[place]! },
    units: { name: unitName(pair), ...evidence.units },
    worst: worstUtterances(pair, key, options.worst),
  };
}

/** The row of a text error rate. */
export function textRow(pair: PreparedPair, group: TextGroup, options: RowOptions): MetricRow {
  const key = textKey(group, pair.texts);
  const { headline, items, profileId } = group;
  const { change, probabilityImproved, p, matchedPairs } = compareText(group, options);
  const blocks = new Set(items.map(({ item }) => item.block)).size;
  return {
    ...emptyRow(pair, key, headline),
    label:
      key === headline
        ? metricRegistry[headline].label
        : `${metricRegistry[headline].label}, ${profileId}`,
    statistic: `all errors of ${items.length} utterances`,
    change,
    probabilityImproved,
    test: p === null ? null : { name: 'sign-flip permutation', p, adjustedP: null },
    matchedPairs,
    noise: noiseOf(key, headline, change?.a ?? 0, options),
    n: { a: items.length, b: items.length },
    absent: pair.texts.absent,
    units: { name: unitName(pair), a: blocks, b: blocks },
    enough: isEnoughForPercentile(blocks, 0.5),
    worst: worstUtterances(pair, key, options.worst),
  };
}

/** The row of the error rate. */
export function errorRateRow(pair: PreparedPair, options: RowOptions): MetricRow {
  const { a, b, difference, p } = compareErrorRate(pair.a, pair.b, pair.pairing);
  const change = changeOf(a.value, b.value, difference);
  return {
    ...emptyRow(pair, errorRateKey, 'error_rate'),
    statistic: 'sessions that failed',
    change,
    test: difference && { name: 'Fisher', p, adjustedP: null },
    noise: noiseOf(errorRateKey, 'error_rate', change?.a ?? 0, options),
    n: { a: a.total, b: b.total },
    units: { name: 'sessions', a: a.total, b: b.total },
    enough: difference !== null && Math.min(a.total, b.total) >= fewestUnpaired,
    worst: worstUtterances(pair, errorRateKey, options.worst).filter(
      ({ statusA, statusB }) => statusA !== statusB,
    ),
  };
}

/** What all rows of a metric share, with nothing found yet. */
function emptyRow({ gate }: PreparedPair, key: string, metric: MetricId): MetricRow {
  const { label, short, unit, decimals, direction } = metricRegistry[metric];
  return {
    key,
    metric,
    label,
    short,
    unit: unitText[unit],
    decimals,
    direction,
    family: 'exploratory',
    standsInFor: null,
    statistic: '',
    change: null,
    tail: null,
    shift: null,
    cliffsDelta: null,
    meanRatio: null,
    probabilityImproved: null,
    test: null,
    matchedPairs: null,
    noise: 0,
    n: { a: 0, b: 0 },
    absent: { a: {}, b: {} },
    values: { a: [], b: [] },
    worst: [],
    comparable: hardDifferences(gate, metric).length === 0,
    units: { name: 'utterances', a: 0, b: 0 },
    enough: false,
  };
}

function unitName({ pairing }: PreparedPair): MetricRow['units']['name'] {
  return pairing.unit === 'speaker' ? 'speakers' : 'utterances';
}

function labelOf(metric: MetricId, percentile: 'p50' | 'p95' | null): string {
  const { label } = metricRegistry[metric];
  if (percentile === null) return label;
  return percentile === 'p50' ? `${label}, median` : `${label}, 95th percentile`;
}

function noiseOf(key: string, metric: MetricId, baseline: number, { noise }: RowOptions): number {
  return noise[key] ?? noiseSize(metricRegistry[metric].noise, baseline);
}
