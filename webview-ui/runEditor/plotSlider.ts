import type { MetricCard } from '../../src/runview/runView.ts';
import { ValueSlider } from '../shared/valueSlider.ts';
import { spokenStep, stepAt, type DistributionStep } from './distributionSteps.ts';
import { formatNumber } from './formatFigure.ts';

/**
 * Lets the keyboard read a distribution. It begins at the median.
 *
 * @param moved told the step to show; null when the keyboard has left
 */
export function makePlotSlider(
  plot: HTMLElement,
  card: MetricCard,
  steps: readonly DistributionStep[],
  moved: (step: DistributionStep | null) => void,
): void {
  new ValueSlider(plot, {
    label: plotText(card),
    at: stepAt(steps, card.p50.value ?? 0),
    values: steps.map((step) => ({ value: step.value, spoken: spokenStep(step, card) })),
    moved: (at) => {
      moved(at === null ? null : (steps[at] ?? null));
    },
  });
}

/** The plot in a sentence. */
function plotText({ label, n, unit, decimals, p50, p95, max, values }: MetricCard): string {
  const say = (value: number | null) => `${formatNumber(value, decimals)} ${unit}`.trimEnd();
  return (
    `Distribution of ${label} over ${n} values: from ${say(values[0] ?? null)} to ${say(max)}, ` +
    `half of them at most ${say(p50.value)}, 95 % at most ${say(p95.value)}.`
  );
}
