import type { RunView, SessionRow } from '../../src/runview/runView.ts';
import { button, dropdown, textField, type ValueControl } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';
import { toTsv } from '../shared/tsv.ts';
import { VirtualGrid, type GridColumn } from '../shared/virtualGrid.ts';
import { formatMs, formatShare } from './formatFigure.ts';
import type { PageState } from './pageState.ts';
import { nextSort, shownSessions } from './sessionFilter.ts';
import { statusLabel } from '../shared/statusLabel.ts';

export interface SessionTableActions {
  select: (session: SessionRow) => void;
  /** Opens its timeline. */
  open: (session: SessionRow) => void;
  copy: (text: string) => void;
  /** Sort or filter changed. */
  change: (state: Partial<PageState>) => void;
}

/** All sessions of an endpoint: to sort, to search, to choose one. */
export class SessionTable {
  readonly root: HTMLElement;
  readonly #actions: SessionTableActions;
  readonly #grid: VirtualGrid<SessionRow>;
  readonly #search: ValueControl;
  readonly #status: ValueControl;
  readonly #count = element('span', { class: 'count', role: 'status' });
  readonly #nothing: HTMLElement;
  readonly #columns: readonly GridColumn<SessionRow>[];
  #state: PageState;
  #all: readonly SessionRow[];
  #shown: SessionRow[] = [];

  constructor(view: RunView, state: PageState, actions: SessionTableActions) {
    this.#actions = actions;
    this.#state = state;
    this.#all = view.sessions;
    this.#columns = columnsOf(view);
    this.#grid = new VirtualGrid({
      label: 'Sessions',
      id: 'sessions',
      columns: this.#columns,
      rowClass: (row) => `row-${row.status}`,
      onSelect: actions.select,
      onOpen: actions.open,
      onSort: (column) => {
        this.#change({ sort: nextSort(this.#state.sort, column) });
      },
    });
    this.#search = textField('Filter sessions by utterance, text or failure', state.query, {
      class: 'search',
      attributes: { placeholder: 'Filter', type: 'search' },
      on: {
        input: () => {
          this.#change({ query: this.#search.value });
        },
      },
    });
    this.#status = this.#statusFilter();
    this.#nothing = element('p', { class: 'hint nothing' }, 'No session matches the filter.');
    this.root = element('section', { class: 'sessions', aria: { label: 'Sessions' } }, [
      element('div', { class: 'toolbar' }, [
        element('h2', {}, 'Sessions'),
        this.#search,
        this.#status,
        this.#count,
        this.#copyButton(),
      ]),
      this.#grid.root,
      this.#nothing,
    ]);
  }

  /** Shows the rows that the state asks for. Once in the page, and after every change. */
  update(state: PageState): void {
    this.#state = state;
    // Another version's reader may have searched.
    if (this.#search.value !== state.query) this.#search.value = state.query;
    this.#shown = shownSessions(this.#all, state);
    this.#grid.root.style.setProperty('--rows', String(this.#shown.length));
    this.#grid.setRows(this.#shown);
    this.#grid.setSort(state.sort);
    const all = this.#all.filter(
      ({ endpointId }) => state.endpointId === null || endpointId === state.endpointId,
    ).length;
    this.#count.textContent =
      this.#shown.length === all ? String(all) : `${this.#shown.length} of ${all}`;
    this.#nothing.hidden = this.#shown.length > 0;
  }

  select(session: SessionRow | null): void {
    this.#grid.setSelected(session);
  }

  reveal(): void {
    this.#grid.reveal();
  }

  #change(change: Partial<PageState>): void {
    this.#actions.change(change);
  }

  #statusFilter(): ValueControl {
    const present = [...new Set(this.#all.map(({ status }) => status))];
    const options = [
      { value: '', label: 'All' },
      ...present.map((status) => ({ value: status, label: status })),
    ];
    return dropdown(options, this.#state.status, {
      class: 'status-filter',
      aria: { label: 'Filter sessions by status' },
      on: {
        change: () => {
          this.#change({ status: this.#status.value });
        },
      },
    });
  }

  #copyButton(): HTMLElement {
    return button(icon('copy'), {
      appearance: 'icon',
      title: 'Copy the sessions shown as a table',
      aria: { label: 'Copy the sessions shown as a table' },
      on: {
        click: () => {
          this.#actions.copy(sessionsTsv(this.#shown));
        },
      },
    });
  }
}

/** Numbers in full, as spreadsheets want them. */
function sessionsTsv(rows: readonly SessionRow[]): string {
  const head = ['session', 'endpoint', 'utterance', 'repeat', 'status', 'ttft_ms', 'final_ms'];
  return toTsv([
    [...head, 'error_rate', 'failure', 'text'],
    ...rows.map((row) => [
      row.id,
      row.endpointId,
      row.utteranceId,
      String(row.repeat),
      row.status,
      String(row.ttftMs ?? ''),
      String(row.finalMs ?? ''),
      String(row.errorRate ?? ''),
      row.failure ?? '',
      row.text,
    ]),
  ]);
}

function columnsOf({ columns, sessions }: RunView): GridColumn<SessionRow>[] {
  const repeats = sessions.some(({ repeat }) => repeat > 0);
  return [
    { id: 'status', label: 'Status', class: 'col-status', cell: (row) => statusLabel(row.status) },
    {
      id: 'utterance',
      label: 'Utterance',
      class: 'col-utterance',
      cell: (row) => [
        element(
          'span',
          { class: 'utterance', dir: 'auto', title: row.utteranceId },
          row.utteranceId,
        ),
        repeats ? element('span', { class: 'repeat' }, ` #${row.repeat + 1}`) : null,
      ],
    },
    {
      id: 'ttft',
      ...labelled(columns.ttft, ' ms'),
      class: 'col-number',
      cell: (row) => formatMs(row.ttftMs),
    },
    {
      id: 'final',
      ...labelled(columns.final, ' ms'),
      class: 'col-number col-final',
      cell: (row) => formatMs(row.finalMs),
    },
    {
      id: 'errorRate',
      ...labelled(columns.errorRate, ''),
      class: 'col-number',
      cell: (row) => formatShare(row.errorRate),
    },
    {
      id: 'result',
      label: 'Failure or text',
      class: 'col-result',
      cell: (row) => {
        const text = row.failure ?? row.text;
        const kind = row.failure === null ? 'result-text' : 'result-failure';
        return element('span', { class: kind, dir: 'auto', title: text }, text);
      },
    },
  ];
}

function labelled(column: RunView['columns']['ttft'], unit: string) {
  return { label: `${column.label}${unit}`, description: column.description };
}
