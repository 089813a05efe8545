import type { ComparePair, CompareRow, CompareView } from '../../src/compareview/compareView.ts';
import { element, spoken } from '../shared/element.ts';
import { makeCellsRoving } from './cellKeys.ts';
import { verdictClass, verdictIcon } from './verdicts.ts';

/** Opens one pair at one of its rows. */
export type OpenRow = (pair: string, row: string) => void;

/** All runs against the baseline, one table per endpoint of it: metrics by runs. */
export function runsTables(
  view: CompareView,
  family: CompareRow['family'],
  open: OpenRow,
): HTMLElement[] {
  const endpoints = [...new Set(view.pairs.map(({ a }) => a.endpoint))];
  return endpoints.flatMap((endpoint) => {
    const pairs = view.pairs.filter(({ a }) => a.endpoint === endpoint);
    const rows = rowsOf(pairs, family);
    return rows.length === 0 ? [] : [tableOf({ view, pairs, rows, endpoint }, open)];
  });
}

/** The first of each key that any pair has. */
function rowsOf(pairs: readonly ComparePair[], family: CompareRow['family']): CompareRow[] {
  const byKey = new Map<string, CompareRow>();
  for (const row of pairs.flatMap((pair) => pair.rows)) {
    if (row.family === family && !byKey.has(row.key)) byKey.set(row.key, row);
  }
  return [...byKey.values()];
}

interface RunsTable {
  view: CompareView;
  pairs: readonly ComparePair[];
  rows: readonly CompareRow[];
  endpoint: string;
}

function tableOf({ view, pairs, rows, endpoint }: RunsTable, open: OpenRow): HTMLElement {
  const letter = pairs[0]?.a.letter ?? 'A';
  const cells = rows.map(({ key }) => pairs.map((pair) => cellOf(pair, key, open)));
  const body = rows.map((row, at) =>
    element('tr', { role: 'row' }, [
      element('th', { role: 'rowheader', attributes: { scope: 'row' } }, [
        element('span', { dir: 'auto' }, row.label),
      ]),
      element('td', { role: 'gridcell', class: 'baseline-value' }, baselineValue(pairs, row.key)),
      ...cells[at]!.map((cell) => element('td', { role: 'gridcell' }, cell)),
    ]),
  );
  const heads = pairs.map(({ b }) =>
    headCell(b.letter, b.endpoint === endpoint ? '' : b.endpoint, view.runs[b.run]?.title ?? ''),
  );
  const baseline = headCell(letter, endpoint, 'baseline');
  const corner = element('td', { role: 'gridcell' });
  const table = element(
    'table',
    { role: 'grid', aria: { label: `Runs against ${letter}, ${endpoint}` } },
    [
      element(
        'thead',
        { role: 'rowgroup' },
        element('tr', { role: 'row' }, [corner, baseline, ...heads]),
      ),
      element('tbody', { role: 'rowgroup' }, body),
    ],
  );
  makeCellsRoving(table, cells);
  return element('div', { class: 'scrolls runs-table' }, table);
}

function headCell(letter: string, endpoint: string, title: string): HTMLElement {
  return element('th', { role: 'columnheader', attributes: { scope: 'col' } }, [
    element('span', { class: 'run-letter' }, letter),
    element('span', { class: 'head-title', dir: 'auto', title }, title),
    endpoint === '' ? null : element('span', { class: 'hint head-title', dir: 'auto' }, endpoint),
  ]);
}

function baselineValue(pairs: readonly ComparePair[], key: string): string {
  const rows = pairs.map((pair) => pair.rows.find((row) => row.key === key));
  return rows.find((row) => row !== undefined && row.change !== null)?.cells.a ?? '–';
}

function cellOf(pair: ComparePair, key: string, open: OpenRow): HTMLElement {
  const row = pair.rows.find((one) => one.key === key);
  const click = () => {
    open(pair.key, key);
  };
  if (!row) return element('button', { class: 'run-cell', on: { click } }, '–');
  const { cells, verdict } = row;
  return element(
    'button',
    { class: `run-cell ${verdictClass(verdict)}`, title: verdict, on: { click } },
    [
      element('span', { class: 'run-value' }, cells.b),
      element('span', { class: 'run-change' }, [
        verdictIcon(verdict),
        cells.deltaShare === '–' ? '' : cells.deltaShare,
      ]),
      spoken(`, ${verdict}`),
    ],
  );
}
