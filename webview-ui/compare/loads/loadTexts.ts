import type { LoadChart, LoadFigure, LoadFigures } from '../../../src/compareview/loadView.ts';
import { formatFigure } from '../../../src/report/formatFigure.ts';

/** What the figures of a chart are called; one that has no name is the only one. */
export function statisticNames({ isDistribution }: LoadChart): { main: string; tail: string } {
  return isDistribution ? { main: 'p50', tail: 'p95' } : { main: '', tail: '' };
}

/** `TTFT p50 412 ms, p95 655 ms, 24 sessions`. */
export function figuresText(chart: LoadChart, { main, tail, sessions }: LoadFigures): string {
  const names = statisticNames(chart);
  const figures = [named(names.main, main, chart), named(names.tail, tail, chart)];
  const counted = sessions === 1 ? '1 session' : `${sessions} sessions`;
  return `${chart.short} ${[...figures.flat(), counted].join(', ')}`;
}

/** What the figures alone do not say: limits that they miss, and that they rest on too little. */
export function remarksOf(chart: LoadChart, { main, tail }: LoadFigures): string[] {
  const names = statisticNames(chart);
  const remarks = (name: string, figure: LoadFigure | null) =>
    missedText(figure).map((text) => `${name} ${text}`.trimStart());
  const few = [
    ...(main?.enough === false ? [names.main] : []),
    ...(tail?.enough === false ? [names.tail] : []),
  ];
  return [
    ...remarks(names.main, main),
    ...remarks(names.tail, tail),
    ...(few.length === 0 ? [] : [`n too small for an interval of ${few.join(' and ')}`]),
  ];
}

/** `misses ≤ 500 ms`, once per limit. */
export function missedText(figure: LoadFigure | null): string[] {
  return (figure?.missed ?? []).map((limit) => `misses ${limit}`);
}

function named(name: string, figure: LoadFigure | null, { format }: LoadChart): string[] {
  return figure ? [`${name} ${formatFigure(figure.value, format)}`.trimStart()] : [];
}
