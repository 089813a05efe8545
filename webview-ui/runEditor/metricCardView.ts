import type { MetricCard, PercentileView } from '../../src/runview/runView.ts';
import { element, spoken } from '../shared/element.ts';
import { distributionPlot, type DistributionPlot } from './distributionPlot.ts';
import { formatNumber } from './formatFigure.ts';

export interface MetricCardView {
  root: HTMLElement;
  /** Null where the values are not at hand. */
  plot: DistributionPlot | null;
}

/** A metric at a glance: its median in large, the other percentiles, and all values as a curve. */
export function metricCardView(card: MetricCard): MetricCardView {
  const plot = card.values.length > 0 ? distributionPlot(card) : null;
  const shown = [card.p50, card.p90, card.p95, card.p99];
  const few = shown.some(({ enough }) => !enough);
  const root = element('section', { class: 'card', aria: { label: card.label } }, [
    cardHead(card),
    element('div', { class: 'card-median' }, [
      percentileValue(card.p50, card, 'figure'),
      element('span', { class: 'unit' }, card.unit || null),
      element('span', { class: 'card-of' }, 'p50'),
    ]),
    plot?.root ?? null,
    element('dl', { class: 'card-figures' }, [
      ...figure('p90', percentileValue(card.p90, card)),
      ...figure('p95', percentileValue(card.p95, card)),
      ...figure('p99', percentileValue(card.p99, card)),
      ...figure('max', formatNumber(card.max, card.decimals)),
      ...figure('n', String(card.n)),
    ]),
    cardNote(card, few),
  ]);
  return { root, plot };
}

function cardHead({ label, short, description }: MetricCard): HTMLElement {
  return element('h3', { class: 'card-head', title: `${label}. ${description}` }, [
    element('span', { class: 'card-short' }, short),
    short === label ? null : element('span', { class: 'card-label' }, label),
  ]);
}

function figure(name: string, value: Node | string): Node[] {
  return [element('div', {}, [element('dt', {}, name), element('dd', {}, value)])];
}

/** Dim and with a star where a handful of values cannot tell. */
function percentileValue(
  { value, enough, low, high }: PercentileView,
  { decimals, unit }: MetricCard,
  className = '',
): HTMLElement {
  const text = formatNumber(value, decimals);
  if (value === null || !enough) {
    return element('span', { class: `${className} few`.trimStart(), title: 'n is too small' }, [
      text,
      value === null ? null : element('span', { aria: { hidden: true } }, '*'),
      value === null ? null : spoken(' (n too small)'),
    ]);
  }
  const interval = `95 % interval: ${formatNumber(low, decimals)} to ${formatNumber(high, decimals)} ${unit}`;
  return element('span', { class: className, title: interval.trimEnd() }, text);
}

/** One line: that percentiles are shaky, and how many sessions have no value for what reason. */
function cardNote({ missing }: MetricCard, few: boolean): HTMLElement | null {
  const sessions = missing.reduce((sum, { count }) => sum + count, 0);
  const reasons = missing.map(({ reason, count }) => `${count} × ${reason}`).join('; ');
  const notes = [
    few ? '* n too small for a 95 % interval' : '',
    sessions > 0 ? `${sessions} without a value: ${reasons}` : '',
  ].filter(Boolean);
  if (notes.length === 0) return null;
  return element('p', { class: 'card-note one-line', title: notes.join('\n') }, notes.join(' · '));
}
