import type { CompareRun } from '../../../src/compareview/compareView.ts';
import type {
  LoadChart,
  LoadFigure,
  LoadPoint,
  LoadView,
} from '../../../src/compareview/loadView.ts';
import { formatFigure } from '../../../src/report/formatFigure.ts';
import { element, icon, spoken, type Child } from '../../shared/element.ts';
import { axisNames, axisText, loadAxes } from './loadAxis.ts';
import { missedText, statisticNames } from './loadTexts.ts';

export interface LoadTableSubject {
  load: LoadView;
  runs: readonly CompareRun[];
  /** Opens the run at a place. */
  open: (run: number) => void;
}

type Statistic = 'main' | 'tail';

interface Column {
  chart: LoadChart;
  of: Statistic;
}

/** The figures of all curves as a table: a row for each run of each. */
export function loadTable({ load, runs, open }: LoadTableSubject): HTMLElement {
  const columns = load.charts.flatMap((chart): Column[] =>
    chart.isDistribution
      ? [
          { chart, of: 'main' },
          { chart, of: 'tail' },
        ]
      : [{ chart, of: 'main' }],
  );
  const rows = load.curves.flatMap(({ name, points }) =>
    points.map((point) =>
      element('tr', {}, [
        rowHead(point, runs, open),
        element('td', { dir: 'auto' }, name),
        ...loadAxes.map((axis) => element('td', {}, axisText(point[axis]))),
        ...columns.map((column) => figureCell(column, point)),
      ]),
    ),
  );
  const table = element('table', { class: 'figures-table' }, [
    element('thead', {}, element('tr', {}, heads(columns))),
    element('tbody', {}, rows),
  ]);
  return element(
    'div',
    { class: 'scrolls', tabIndex: 0, role: 'group', aria: { label: 'Figures by load' } },
    table,
  );
}

function heads(columns: readonly Column[]): HTMLElement[] {
  const ofFigures = columns.map(({ chart, of }) =>
    `${chart.short} ${statisticNames(chart)[of]}`.trimEnd(),
  );
  const texts = ['Run', 'Endpoint', ...loadAxes.map((axis) => axisNames[axis]), ...ofFigures];
  return texts.map((text) => element('th', { attributes: { scope: 'col' } }, text));
}

function rowHead(
  { run, load }: LoadPoint,
  runs: readonly CompareRun[],
  open: LoadTableSubject['open'],
): HTMLElement {
  const { letter = null, title = '' } = runs[run] ?? {};
  const click = () => {
    open(run);
  };
  const link = element(
    'button',
    { class: 'link', title, on: { click } },
    `${letter ?? '–'}, ${load}`,
  );
  return element('th', { attributes: { scope: 'row' } }, link);
}

function figureCell({ chart, of }: Column, { figures }: LoadPoint): HTMLElement {
  const figure = figures[chart.key]?.[of] ?? null;
  const missed = missedText(figure).join(', ');
  return element('td', {}, [
    missed === '' ? null : icon('triangle-up', 'missed'),
    ...figureParts(figure, chart),
    missed === '' ? null : spoken(`, ${missed}`),
  ]);
}

/** Dim and with a star where a handful of sessions cannot tell. */
function figureParts(figure: LoadFigure | null, { format }: LoadChart): Child[] {
  const text = formatFigure(figure?.value ?? null, format);
  if (figure?.enough !== false) return [text];
  const star = element('span', { aria: { hidden: true } }, '*');
  return [element('span', { class: 'few' }, [text, star, spoken(' (n too small)')])];
}
