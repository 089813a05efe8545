import type { Change, MetricComparison } from '../comparison/comparison.ts';
import {
  figureFormat,
  formatDifference,
  formatFigure,
  formatInterval,
  formatP,
  formatShareOf,
  type FigureFormat,
} from './formatFigure.ts';

/** One row of a comparison in words and figures, for every kind of report. */
export interface RowCells {
  /** `Time to final segment (TTFS)`. */
  name: string;
  a: string;
  b: string;
  delta: string;
  deltaShare: string;
  interval: string;
  p: string;
  /** With an arrow where B is better or worse, so that it does not rest on colour. */
  verdict: string;
  n: string;
}

/** The cells of a row. */
export function rowCells(row: MetricComparison): RowCells {
  const { change, test, n } = row;
  const figures = changeCells(change, rowFormat(row));
  return {
    ...figures,
    name: rowName(row),
    p: formatP(test && (test.adjustedP ?? test.p)),
    verdict: verdictText(row),
    n: n.a === n.b ? String(n.a) : `${n.a}/${n.b}`,
  };
}

/** How the row's numbers are written. */
export function rowFormat({ change, metric, unit }: MetricComparison): FigureFormat {
  const largest = change === null ? 0 : Math.max(Math.abs(change.a), Math.abs(change.b));
  return figureFormat(metric, unit, largest);
}

type ChangeCells = Pick<RowCells, 'a' | 'b' | 'delta' | 'deltaShare' | 'interval'>;

function changeCells(change: Change | null, format: FigureFormat): ChangeCells {
  if (change === null) return { a: '–', b: '–', delta: '–', deltaShare: '–', interval: '–' };
  return {
    a: formatFigure(change.a, format),
    b: formatFigure(change.b, format),
    delta: formatDifference(change.delta, format),
    deltaShare: formatShareOf(change.deltaShare),
    interval: formatInterval(change.interval, format),
  };
}

/** The row's metric by its long and its short name. */
export function rowName({ label, short, standsInFor }: MetricComparison): string {
  const name = label === short ? label : `${label} (${short})`;
  return standsInFor === null ? name : `${name}, for want of ${standsInFor}`;
}

/** `regressed ▲`: the arrow says where the number went. `~` as benchstat and others write it. */
export function verdictText({ verdict, change }: MetricComparison): string {
  if (verdict === 'no significant change') return `~ ${verdict}`;
  if (verdict !== 'improved' && verdict !== 'regressed') return verdict;
  return `${verdict} ${(change?.delta ?? 0) > 0 ? '▲' : '▼'}`;
}
