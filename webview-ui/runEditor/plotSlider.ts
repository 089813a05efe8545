import type { MetricCard } from '../../src/runview/runView.ts';
import { applyProps } from '../shared/element.ts';
import { spokenStep, stepAfterKey, stepAt, type DistributionStep } from './distributionSteps.ts';
import { formatNumber } from './formatFigure.ts';

/**
 * Lets the keyboard read a plot: one tab stop, arrow keys from value to value. To a screen reader
 * it is a slider, which speaks each value by itself. It begins at the median.
 *
 * @param moved told the step to show; null when the keyboard has left
 */
export function makePlotSlider(
  plot: HTMLElement,
  card: MetricCard,
  steps: readonly DistributionStep[],
  moved: (step: DistributionStep | null) => void,
): void {
  let at = stepAt(steps, card.p50.value ?? 0);
  const tell = () => {
    applyProps(plot, { aria: sliderValue(steps, at, card) });
  };
  applyProps(plot, { role: 'slider', tabIndex: 0, aria: { label: plotText(card) } });
  tell();
  plot.addEventListener('focus', () => {
    // A click brings the pointer, which reads for itself.
    if (plot.matches(':focus-visible')) moved(steps[at] ?? null);
  });
  plot.addEventListener('blur', () => {
    moved(null);
  });
  plot.addEventListener('keydown', (event) => {
    // With these keys they are commands of VS Code.
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = stepAfterKey(event.key, at, steps.length);
    if (to === null) return;
    event.preventDefault();
    at = to;
    tell();
    moved(steps[at] ?? null);
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

/** What a slider says of itself: where it is, in numbers and in words. */
function sliderValue(
  steps: readonly DistributionStep[],
  at: number,
  card: MetricCard,
): Record<string, string | number> {
  const step = steps[at];
  return {
    valuemin: steps[0]?.value ?? 0,
    valuemax: steps.at(-1)?.value ?? 0,
    valuenow: step?.value ?? 0,
    valuetext: step ? spokenStep(step, card) : '',
  };
}
