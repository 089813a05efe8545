import { formatThreshold } from '../plan/threshold.ts';
import { thresholdFigure } from '../report/thresholdFigure.ts';
import { checkThresholds, type ThresholdResult } from '../runfile/checkThresholds.ts';
import { plainText } from './plainText.ts';
import type { RunHead } from './runHead.ts';

/** How the thresholds of a run's plan fared, by endpoint; empty where it has none. */
export function verdictsOf({ plan, summary }: RunHead): ThresholdResult[] {
  return checkThresholds(plan.thresholds, summary);
}

/** One line for all. */
export function verdictText(results: readonly ThresholdResult[]): string {
  if (results.length === 0) return 'No thresholds to judge by.';
  const missed = results.filter(({ met }) => !met).length;
  if (missed === 0) return `Every threshold met (${results.length}).`;
  return `MISSED ${missed} of ${results.length} thresholds.`;
}

/** One line each. */
export function verdictLines(results: readonly ThresholdResult[]): string[] {
  return results.map((result) => {
    const { threshold, endpoint, value, met } = result;
    const limit = `limit ${thresholdFigure(result, threshold.limit)}`;
    const measured = `${limit}, measured ${thresholdFigure(result, value)}`;
    const name = plainText(formatThreshold(threshold));
    return `${met ? 'met' : 'MISSED'}: ${name} at ${plainText(endpoint)}: ${measured}`;
  });
}
