import { metricRegistry, type MetricId } from '../../metrics/registry/metricRegistry.ts';
import { thresholdName, type Threshold } from '../../plan/threshold.ts';
import { thresholdFigure } from '../../report/thresholdFigure.ts';
import { checkThresholds, type ThresholdResult } from '../../runfile/checkThresholds.ts';
import type { FileSummary } from '../../runfile/summarySchema.ts';
import { missingReasonText } from '../../runview/missingReasonText.ts';
import { sanitiseText } from '../../transport/sanitiseText.ts';

/** How a threshold fares at one endpoint of a run. */
export interface ThresholdVerdict {
  kind: 'met' | 'missed' | 'no value';
  /** For example `ttfs.p95 <= 800 ms`. */
  expected: string;
  /** For example `ttfs.p95 = 912 ms`. */
  actual: string;
  /** Why there is no value; null where there is one. */
  missing: string | null;
}

/** Holds an endpoint's figures against a threshold. */
export function judgeThreshold(threshold: Threshold, summary: FileSummary): ThresholdVerdict {
  const [result] = checkThresholds([threshold], [summary]);
  const { value, met } = result!;
  const name = thresholdName(threshold);
  return {
    kind: value === null ? 'no value' : met ? 'met' : 'missed',
    expected: `${name} ${threshold.comparison} ${thresholdFigure(result!, threshold.limit)}`,
    actual: value === null ? `${name} has no value` : `${name} = ${figure(result!, value)}`,
    missing: value === null ? missingText(threshold, summary) : null,
  };
}

/** A figure that misses its limit by less than is shown is written in full. */
function figure(result: ThresholdResult, value: number): string {
  const shown = thresholdFigure(result, value);
  const isHidden = !result.met && shown === thresholdFigure(result, result.threshold.limit);
  return isHidden ? `${shown} (${value})` : shown;
}

function missingText(threshold: Threshold, summary: FileSummary): string {
  const reasons = missingReasonsOf(threshold, summary);
  const { total = 0 } = summary.sessions;
  const failures = summary.failures.map(
    ({ reason, count }) => `${count} of ${total} sessions failed: ${sanitiseText(reason, 80)}`,
  );
  const known = [...reasons, ...failures];
  return known.length > 0 ? known.join('; ') : 'the run has no such figure';
}

/** Words for each reason, the most frequent first. */
function missingReasonsOf({ metric }: Threshold, summary: FileSummary): string[] {
  const { metrics, pooled, flags, runMissing } = summary;
  const counts =
    metrics[metric]?.missing ?? pooled[metric]?.pooled.missing ?? flags[metric]?.missing;
  if (counts) {
    return Object.entries(counts)
      .filter(([, count]) => count > 0)
      .sort(([, one], [, other]) => other - one)
      .map(([reason, count]) => `${missingReasonText(sanitiseText(reason, 80))} (${count} ×)`);
  }
  const single = runMissing[metric];
  if (single !== undefined) return [missingReasonText(sanitiseText(single, 80))];
  return isTextMetric(metric) ? ['no session that completed has a reference text with words'] : [];
}

function isTextMetric(metric: string): boolean {
  return metricRegistry[metric as MetricId].level === 'text';
}
