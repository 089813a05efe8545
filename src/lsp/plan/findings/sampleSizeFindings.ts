import {
  percentileFractions,
  type PercentileId,
} from '../../../metrics/statistics/distribution.ts';
import { isEnoughForPercentile } from '../../../metrics/statistics/orderStatistics.ts';
import type { Finding, Fix } from '../../remarks/finding.ts';
import { numberOf, type PlanDocument } from '../planDocument.ts';
import type { PlanFacts } from '../planFacts.ts';
import { metricOf } from '../../../metrics/registry/metricRegistry.ts';
import { settingEdit } from '../settingEdit.ts';
import type { Word, WrittenThreshold } from '../writtenThreshold.ts';

/** As the schema has it. */
const mostRepeats = 1000;

/** Percentiles that a run of the plan has too few sessions for. */
export function sampleSizeFindings(document: PlanDocument, facts: PlanFacts): Finding[] {
  const utterances = fewestUtterances(document, facts);
  if (utterances === null || utterances === 0) return [];
  return document.thresholds.flatMap((threshold) => finding(document, threshold, utterances));
}

/** How few utterances a run of the plan has; null where that is not known. */
function fewestUtterances(document: PlanDocument, facts: PlanFacts): number | null {
  const amounts = document.datasets.flatMap(({ path, limit }) => {
    const fact = facts.datasets.get(path.value);
    return fact?.kind === 'usable' ? [Math.min(fact.utterances, limit ?? Infinity)] : [];
  });
  return amounts.length === 0 ? null : Math.min(...amounts);
}

function finding(
  document: PlanDocument,
  { metric, statistic }: WrittenThreshold,
  utterances: number,
): Finding[] {
  // Metrics that are pooled have many values in each session.
  if (!metric || !statistic || metricOf(metric.text)?.aggregation !== 'percentiles') return [];
  if (!isPercentile(statistic.text)) return [];
  const needed = fewestFor(statistic.text);
  const sessions = utterances * numberOf(document, ['repeats'], 1);
  if (sessions >= needed) return [];
  const { offset, length, text } = statistic;
  const message =
    `A ${text} has no 95 % interval below ${needed} sessions; a run has ${sessions} ` +
    'for each endpoint (utterances × repeats).';
  const fixes = [
    ...repeatFix(document, Math.ceil(needed / utterances)),
    ...lowerFix(statistic, sessions),
  ];
  return [{ offset, length, severity: 'information', code: 'few-sessions', message, fixes }];
}

function repeatFix(document: PlanDocument, repeats: number): Fix[] {
  if (repeats > mostRepeats) return [];
  const title = `Send Each Utterance ${repeats} Times`;
  return [{ title, edits: settingEdit(document, 'repeats', String(repeats)) }];
}

/** The highest percentile that there are enough sessions for. */
function lowerFix({ offset, length }: Word, sessions: number): Fix[] {
  const ids = (Object.keys(percentileFractions) as PercentileId[]).toReversed();
  const enough = ids.find((id) => fewestFor(id) <= sessions);
  if (enough === undefined) return [];
  return [{ title: `Change to ".${enough}"`, edits: [{ offset, length, newText: enough }] }];
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
