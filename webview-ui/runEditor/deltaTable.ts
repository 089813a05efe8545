import type { DeltaRow, SessionDetail } from '../../src/runview/runView.ts';
import { button, checkbox } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';
import { toTsv } from '../shared/tsv.ts';
import { VirtualGrid, type GridColumn } from '../shared/virtualGrid.ts';
import { formatMs } from './formatFigure.ts';

export interface DeltaTableActions {
  /** Shows a delta where it arrived. */
  open: (row: DeltaRow) => void;
  hideBlank: (hidden: boolean) => void;
  copy: (text: string) => void;
}

const columns: readonly GridColumn<DeltaRow>[] = [
  {
    id: 'at',
    label: 'At ms',
    description: 'Since the first chunk of audio was sent.',
    class: 'col-number',
    cell: (row) => formatMs(row.atMs),
  },
  {
    id: 'gap',
    label: 'Gap ms',
    description: 'Since the text before.',
    class: 'col-number',
    cell: (row) => formatMs(row.gapMs),
  },
  { id: 'text', label: 'Text', class: 'col-text', cell: textCell },
];

/** Every text that came, with when it came. */
export function deltaTable(
  deltas: SessionDetail['deltas'],
  hideBlank: boolean,
  actions: DeltaTableActions,
): HTMLElement {
  if (deltas === null) {
    return section([element('p', { class: 'hint' }, 'The file holds no trace of this session.')]);
  }
  if (deltas.length === 0) return section([element('p', { class: 'hint' }, 'No text came.')]);
  const grid = new VirtualGrid<DeltaRow>({
    label: 'Deltas',
    id: 'deltas',
    columns,
    rowClass: (row) => (row.blank ? 'blank' : row.kind),
    onOpen: actions.open,
  });
  grid.root.title = 'Double click or Enter shows a delta on the timeline';
  const blanks = deltas.filter(({ blank }) => blank).length;
  const show = (hidden: boolean) => {
    const rows = hidden ? deltas.filter(({ blank }) => !blank) : deltas;
    grid.root.style.setProperty('--rows', String(rows.length));
    grid.setRows(rows);
  };
  show(hideBlank);
  const toggle = checkbox(`Hide ${blanks} blank`, hideBlank, {
    on: {
      change: () => {
        show(toggle.checked);
        actions.hideBlank(toggle.checked);
      },
    },
  });
  const copy = button(icon('copy'), {
    appearance: 'icon',
    title: 'Copy the deltas as a table',
    aria: { label: 'Copy the deltas as a table' },
    on: {
      click: () => {
        actions.copy(deltasTsv(deltas));
      },
    },
  });
  const count = deltas.length === 1 ? '1 delta' : `${deltas.length} deltas`;
  return section([
    element('div', { class: 'toolbar' }, [
      element('span', { class: 'count' }, count),
      blanks > 0 ? toggle : null,
      copy,
    ]),
    grid.root,
  ]);
}

function section(content: readonly (HTMLElement | null)[]): HTMLElement {
  return element('section', { class: 'deltas', aria: { label: 'Received texts' } }, [
    element('h3', {}, 'Deltas'),
    ...content,
  ]);
}

function textCell({ text, blank, kind }: DeltaRow): (Node | string)[] {
  const shown = blank ? blankText(text) : text;
  const said = element(
    'span',
    { class: 'delta-text', dir: blank ? 'ltr' : 'auto', title: shown },
    shown,
  );
  if (kind === 'append') return [said];
  return [element('span', { class: 'delta-kind' }, kind === 'final' ? 'final' : 'so far'), said];
}

function blankText(text: string): string {
  return text === '' ? 'blank' : `blank (${text.length} white space)`;
}

function deltasTsv(deltas: readonly DeltaRow[]): string {
  return toTsv([
    ['time_ms', 'gap_ms', 'kind', 'text'],
    ...deltas.map(({ atMs, gapMs, kind, text }) => [String(atMs), String(gapMs ?? ''), kind, text]),
  ]);
}
