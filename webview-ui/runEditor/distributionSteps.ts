import type { MetricCard } from '../../src/runview/runView.ts';
import { formatNumber } from './formatFigure.ts';

/** A step of the curve: so large a share of all values is at most this one. */
export interface DistributionStep {
  value: number;
  share: number;
}

/** Ascending, one step per distinct value; thinned values stand for those left out. */
export function distributionSteps({
  values,
  n,
}: Pick<MetricCard, 'values' | 'n'>): DistributionStep[] {
  const ranks = values.length > 1 ? (n - 1) / (values.length - 1) : 0;
  return values
    .map((value, i) => ({ value, share: (Math.round(i * ranks) + 1) / n }))
    .filter(({ value }, i) => value !== values[i + 1]);
}

/** Index of the last step whose value is at most `value`; the first one below all. */
export function stepAt(steps: readonly DistributionStep[], value: number): number {
  return Math.max(
    0,
    steps.findLastIndex((step) => step.value <= value),
  );
}

/** As short as the plot is narrow: `62 % of 51 ≤ 430 ms`. */
export function stepText({ value, share }: DistributionStep, card: MetricCard): string {
  const { n, decimals, unit } = card;
  return `${percent(share)} of ${n} ≤ ${formatNumber(value, decimals)} ${unit}`.trimEnd();
}

/** The same to be heard. */
export function spokenStep({ value, share }: DistributionStep, card: MetricCard): string {
  const { n, decimals, unit } = card;
  const shown = `${formatNumber(value, decimals)} ${unit}`.trimEnd();
  return `${shown}: ${percent(share)} of ${n} values are at most this`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
