import {
  percentileFractions,
  type PercentileId,
} from '../../../metrics/statistics/distribution.ts';
import { isEnoughForPercentile } from '../../../metrics/statistics/orderStatistics.ts';
import type { Finding } from '../../remarks/finding.ts';
import { numberOf, type PlanDocument } from '../planDocument.ts';
import type { PlanFacts } from '../planFacts.ts';
import { metricOf } from '../../../metrics/registry/metricRegistry.ts';
import type { WrittenThreshold } from '../writtenThreshold.ts';

/** Percentiles that a run of the plan has too few sessions for. */
export function sampleSizeFindings(document: PlanDocument, facts: PlanFacts): Finding[] {
  const sessions = fewestSessions(document, facts);
  if (sessions === null) return [];
  return document.thresholds.flatMap((threshold) => finding(threshold, sessions));
}

/** How few sessions with one endpoint a run of the plan has; null where that is not known. */
function fewestSessions(document: PlanDocument, facts: PlanFacts): number | null {
  const amounts = document.datasets.flatMap(({ path, limit }) => {
    const fact = facts.datasets.get(path.value);
    return fact?.kind === 'usable' ? [Math.min(fact.utterances, limit ?? Infinity)] : [];
  });
  if (amounts.length === 0) return null;
  return Math.min(...amounts) * numberOf(document, ['repeats'], 1);
}

function finding({ metric, statistic }: WrittenThreshold, sessions: number): Finding[] {
  // Metrics that are pooled have many values in each session.
  if (!metric || !statistic || metricOf(metric.text)?.aggregation !== 'percentiles') return [];
  if (!isPercentile(statistic.text)) return [];
  const needed = fewestFor(statistic.text);
  if (sessions >= needed) return [];
  const { offset, length, text } = statistic;
  const message =
    `A ${text} has no 95 % interval below ${needed} sessions; a run has ${sessions} ` +
    'for each endpoint (utterances × repeats).';
  return [{ offset, length, severity: 'information', code: 'few-sessions', message, fixes: [] }];
}

function isPercentile(text: string): text is PercentileId {
  return Object.hasOwn(percentileFractions, text);
}

const counted = new Map<PercentileId, number>();

/** The fewest values that give a percentile an interval. */
function fewestFor(percentile: PercentileId): number {
  const known = counted.get(percentile);
  if (known !== undefined) return known;
  let count = 1;
  while (!isEnoughForPercentile(count, percentileFractions[percentile])) count += 1;
  counted.set(percentile, count);
  return count;
}
