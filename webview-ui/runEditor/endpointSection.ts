import type { EndpointView, TextFigure } from '../../src/runview/runView.ts';
import { formatPercent } from '../../src/common/formatPercent.ts';
import { element, icon } from '../shared/element.ts';
import { errorBars } from './errorBars.ts';
import { metricCardView, type MetricCardView } from './metricCardView.ts';
import { isStatus, statusLabel } from '../shared/statusLabel.ts';

export interface EndpointSection {
  root: HTMLElement;
  redraw(): void;
  dispose(): void;
}

/** What the sessions with one endpoint say together. */
export function endpointSection(endpoint: EndpointView): EndpointSection {
  const cards = endpoint.cards.map((card) => metricCardView(card));
  const plots = cards.flatMap(({ plot }: MetricCardView) => plot ?? []);
  const root = element(
    'section',
    { class: 'endpoint', aria: { label: `Figures of ${endpoint.id}` } },
    [
      element('h2', { class: 'spoken' }, `Figures of ${endpoint.id}`),
      element('ul', { class: 'chips', aria: { label: 'How the sessions ended' } }, chips(endpoint)),
      element('div', { class: 'cards' }, [
        ...textCards(endpoint),
        ...cards.map((card) => card.root),
      ]),
    ],
  );
  return {
    root,
    redraw: () => {
      for (const plot of plots) plot.redraw();
    },
    dispose: () => {
      for (const plot of plots) plot.dispose();
    },
  };
}

function chips({
  sessions,
  failures,
  errorRate,
  pacingQuality,
  load,
}: EndpointView): HTMLElement[] {
  const statuses = Object.entries(sessions).map(([status, count]) =>
    chip([
      element('strong', {}, String(count)),
      isStatus(status) ? statusLabel(status) : element('span', {}, status),
    ]),
  );
  const reasons = failures.map(({ reason, count }) =>
    chip([icon('error'), `${reason.replaceAll('_', ' ')} × ${count}`]),
  );
  const { value, low, high } = errorRate;
  if (value !== null && value > 0) {
    const interval = `95 % interval: ${formatPercent(low ?? 0)} to ${formatPercent(high ?? 1)}`;
    reasons.push(chip([`error rate ${formatPercent(value)}`], interval));
  }
  return [...statuses, ...reasons, ...load.map(loadChip), ...pacingChip(pacingQuality)];
}

function loadChip({ text, description, isWarning }: EndpointView['load'][number]): HTMLElement {
  return chip([...(isWarning ? [icon('warning')] : []), text], description);
}

const pacingIcons: Readonly<Record<string, string>> = {
  ok: 'pass',
  degraded: 'warning',
  invalid: 'error',
};

function pacingChip(quality: string | null): HTMLElement[] {
  if (quality === null) return [];
  const title =
    'Whether this computer sent the audio on time: ok, degraded or invalid. Not the server’s doing.';
  return [chip([icon(pacingIcons[quality] ?? 'question'), `pacing ${quality}`], title)];
}

function chip(content: (Node | string)[], title?: string): HTMLElement {
  return element('li', { class: 'chip', ...(title !== undefined && { title }) }, content);
}

function textCards({ text, noText }: EndpointView): HTMLElement[] {
  if (text.length > 0) return text.map(textCard);
  return [
    element('section', { class: 'card card-text', aria: { label: 'Text quality' } }, [
      element('h3', { class: 'card-head' }, element('span', { class: 'card-short' }, 'WER')),
      element('p', { class: 'card-note' }, `No value: ${noText}.`),
    ]),
  ];
}

function textCard(figure: TextFigure): HTMLElement {
  const { label, rate, basis, wordErrors, profileId, reason, utterances } = figure;
  const sessions = utterances === 1 ? '1 session' : `${utterances} sessions`;
  return element(
    'section',
    { class: 'card card-text', aria: { label: `${label}, ${profileId}` } },
    [
      element('h3', { class: 'card-head' }, [
        element('span', { class: 'card-short' }, label),
        element('span', { class: 'card-label' }, profileId),
      ]),
      element('div', { class: 'card-median' }, [
        element('span', { class: 'figure' }, rate === null ? '–' : (rate * 100).toFixed(1)),
        element('span', { class: 'unit' }, rate === null ? null : '%'),
      ]),
      wordErrors && errorBars(wordErrors),
      element('p', {}, `${basis}.`),
      element('p', { class: 'card-note' }, `${sessions}. ${reason}`),
    ],
  );
}
