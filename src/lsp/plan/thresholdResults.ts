import { checkThresholds } from '../../runfile/checkThresholds.ts';
import { parseThreshold, type Threshold } from '../../plan/threshold.ts';
import { formatMetric } from '../../metrics/registry/formatMetric.ts';
import { formatPercent } from '../../common/formatPercent.ts';
import type { PlanResult } from './planFacts.ts';
import { metricOf } from '../../metrics/registry/metricRegistry.ts';

/** A threshold against the newest runs of a plan. */
export interface ThresholdOutcome {
  met: boolean;
  /** The figure that is nearest to missing it, or furthest from meeting it; null where one is missing. */
  worst: number | null;
  /** Id of the endpoint that has it. */
  endpoint: string;
  /** Of how many endpoints and runs. */
  count: number;
}

/** The newest result of each run of the plan. */
export function newestResults(results: readonly PlanResult[]): PlanResult[] {
  return results.filter(
    (result, index) => results.findIndex((each) => isSameRun(each, result)) === index,
  );
}

/** Whether two results are of the same run of a plan, made once and again. */
export function isSameRun(one: PlanResult, other: PlanResult): boolean {
  return one.title === other.title && one.seriesOf === other.seriesOf;
}

/** How a threshold fares; null where nothing was measured or it is not understood. */
export function thresholdOutcome(
  written: string,
  results: readonly PlanResult[],
): ThresholdOutcome | null {
  const threshold = understood(written);
  if (!threshold || !metricOf(threshold.metric)) return null;
  const checked = newestResults(results).flatMap(({ summary }) =>
    checkThresholds([threshold], summary),
  );
  if (checked.length === 0) return null;
  const sign = threshold.comparison === '<=' ? 1 : -1;
  const badness = ({ value }: { value: number | null }) =>
    value === null ? Infinity : value * sign;
  const worst = checked.reduce((one, other) => (badness(other) > badness(one) ? other : one));
  return {
    met: checked.every(({ met }) => met),
    worst: worst.value,
    endpoint: worst.endpoint,
    count: checked.length,
  };
}

/** A figure in its metric's unit, shares in percent. */
export function figureText(metric: string, value: number | null): string {
  const definition = metricOf(metric);
  if (value === null || !definition) return 'no value';
  const isShare = definition.unit === 'ratio' || definition.aggregation === 'share';
  return isShare ? formatPercent(value) : formatMetric(definition, value);
}

function understood(written: string): Threshold | null {
  try {
    return parseThreshold(written);
  } catch {
    return null;
  }
}
