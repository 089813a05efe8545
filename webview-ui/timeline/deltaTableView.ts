import {
  deltaTable,
  deltaTableColumns,
  deltaTableJson,
  deltaTableTsv,
  sortDeltaTable,
  type DeltaTableColumn,
  type DeltaTableRow,
} from '../../src/timeline/deltaTable.ts';
import type { TimelineSession } from '../../src/timeline/timelineSession.ts';
import { button } from '../shared/controls.ts';
import { element, icon, type Child } from '../shared/element.ts';
import { VirtualGrid, type GridSort } from '../shared/virtualGrid.ts';
import { selectedLane } from './navigation.ts';
import type { TimelineSelection, TimelineState } from './timelineState.ts';

export interface DeltaTableActions {
  select: (delta: number) => void;
  copy: (text: string) => void;
  sorted: (sort: GridSort | null) => void;
  /** To the lane before or after. */
  stepLane: (step: 1 | -1) => void;
}

/** Says on hover what the values mean. */
const meanings: Readonly<Record<DeltaTableColumn, string>> = {
  index: 'In the order of arrival.',
  atMs: 'On the axis: where the audio had got to when it arrived.',
  gapMs: 'Real time since the delta with text before.',
  kind: 'What it does to the text displayed so far.',
  text: 'What it added to the displayed text.',
  displayedChars: 'Length of the displayed text after it.',
  bytes: 'Of the message, as received.',
  audioSentMs: 'Audio that the server had been sent by then.',
  lagMs: 'Real time from the end of the last word it completed to its arrival.',
};

/** The deltas of the chosen lane as a table; what is chosen here is chosen on the timeline. */
export class DeltaTableView {
  readonly root: HTMLElement;
  readonly #actions: DeltaTableActions;
  readonly #grid: VirtualGrid<DeltaTableRow>;
  readonly #title = element('h2', { dir: 'auto' });
  readonly #scope = element('span', { class: 'count', role: 'status' });
  readonly #laneButtons: HTMLElement;
  #sort: GridSort | null;
  #session: TimelineSession | null = null;
  #selection: TimelineSelection | null = null;
  #rows: DeltaTableRow[] = [];

  constructor(sort: GridSort | null, actions: DeltaTableActions) {
    this.#actions = actions;
    this.#sort = deltaTableColumns.some(({ id }) => id === sort?.column) ? sort : null;
    this.#grid = new VirtualGrid<DeltaTableRow>({
      label: 'Deltas',
      id: 'deltas',
      columns: deltaTableColumns.map(({ id, label }) => ({
        id,
        label,
        description: meanings[id],
        class: `col-${id}`,
        cell: (row) => cell(row, id),
      })),
      rowClass: ({ kind, text }) => (text === '' ? `${kind} blank` : kind),
      onSelect: ({ index }) => {
        actions.select(index);
      },
      onSort: (column) => {
        this.#sortBy(column);
      },
    });
    this.#laneButtons = element('span', { class: 'tool-group' }, [
      laneButton('chevron-up', 'Lane above', () => {
        actions.stepLane(-1);
      }),
      laneButton('chevron-down', 'Lane below', () => {
        actions.stepLane(1);
      }),
    ]);
    this.root = element('section', { class: 'table-view', aria: { label: 'Table of deltas' } }, [
      element('div', { class: 'table-head' }, [
        this.#title,
        this.#laneButtons,
        this.#scope,
        element('span', { class: 'table-copy' }, [
          this.#copyButton('Copy Table', deltaTableTsv),
          this.#copyButton('Copy JSON', deltaTableJson),
        ]),
      ]),
      this.#grid.root,
    ]);
  }

  /** Shows the chosen lane. Only while the table is in sight, so that it costs nothing else. */
  update(state: TimelineState): void {
    const session = selectedLane(state);
    if (!session) return;
    if (session !== this.#session) {
      this.#session = session;
      this.#rows = deltaTable(session);
      this.#title.textContent = session.endpoint;
      this.#showRows();
      this.#selection = null;
    }
    this.#laneButtons.hidden = state.lanes.length < 2;
    if (state.selection === this.#selection) return;
    const before = this.#selection;
    this.#selection = state.selection;
    const { delta } = state.selection;
    this.#grid.setSelected(this.#rows.find(({ index }) => index === delta) ?? null);
    if (delta !== null && delta !== before?.delta) this.#grid.reveal();
    this.#scope.textContent = this.#scopeText();
  }

  focus(): void {
    this.#grid.root.focus();
  }

  #sortBy(column: string): void {
    const { column: now, direction } = this.#sort ?? { column: '', direction: 'descending' };
    if (now !== column) this.#sort = { column, direction: 'ascending' };
    else this.#sort = direction === 'ascending' ? { column, direction: 'descending' } : null;
    this.#actions.sorted(this.#sort);
    this.#showRows();
  }

  #showRows(): void {
    const sort = this.#sort;
    this.#rows = sort
      ? sortDeltaTable(this.#rows, sort.column as DeltaTableColumn, sort.direction === 'descending')
      : sortDeltaTable(this.#rows, 'index', false);
    this.#grid.setRows(this.#rows);
    this.#grid.setSort(sort);
  }

  /** What copying takes: the stretch, else the chosen delta, else all; in the order shown. */
  #copied(): DeltaTableRow[] {
    const { area, delta } = this.#selection ?? { area: null, delta: null };
    if (area) {
      return this.#rows.filter(({ atMs }) => atMs >= area.startMs && atMs <= area.endMs);
    }
    const chosen = this.#rows.filter(({ index }) => index === delta);
    return chosen.length > 0 ? chosen : this.#rows;
  }

  #scopeText(): string {
    const all = this.#rows.length;
    const copied = this.#copied().length;
    const deltas = all === 1 ? '1 delta' : `${all} deltas`;
    return copied === all ? deltas : `${copied} of ${deltas} selected`;
  }

  #copyButton(label: string, write: (rows: readonly DeltaTableRow[]) => string): HTMLElement {
    return button([icon('copy'), label], {
      title: `${label}: the selected deltas, or all`,
      on: {
        click: () => {
          this.#actions.copy(write(this.#copied()));
        },
      },
    });
  }
}

function laneButton(name: string, label: string, click: () => void): HTMLElement {
  return button(icon(name), {
    appearance: 'icon',
    title: label,
    aria: { label },
    on: { click },
  });
}

function cell(row: DeltaTableRow, id: DeltaTableColumn): Child {
  const value = row[id];
  if (id === 'index') return String(row.index + 1);
  if (value === null) return '–';
  if (typeof value === 'number') {
    return id === 'displayedChars' || id === 'bytes' ? String(value) : value.toFixed(1);
  }
  if (id !== 'text') return element('span', { class: `kind kind-${value}` }, value);
  return element('span', { class: 'delta-text', dir: 'auto', title: value }, value);
}
