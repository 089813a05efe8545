import { element, icon, type Child } from './element.ts';
import type { GridSort } from './gridSort.ts';

export type { GridSort } from './gridSort.ts';

export interface GridColumn<Row> {
  id: string;
  label: string;
  /** Says on hover what the values mean. */
  description?: string;
  /** Classes of all its cells, for width and alignment. */
  class: string;
  cell: (row: Row) => Child | readonly Child[];
}

export interface GridOptions<Row> {
  /** Names the grid for screen readers. */
  label: string;
  /** Unique on the page. */
  id: string;
  columns: readonly GridColumn<Row>[];
  /** Extra classes of a row. */
  rowClass?: (row: Row) => string;
  /** Enter, Space or a click on a row. */
  onSelect?: (row: Row) => void;
  /** The keyboard came to a row; for tables whose selection follows it. */
  onMove?: (row: Row) => void;
  /** A double click on a row, or Enter on it where it is selected or none can be. */
  onOpen?: (row: Row) => void;
  /** A header was pressed; without it, headers do nothing. */
  onSort?: (column: string) => void;
}

/** Height of every row in CSS pixels; grid.css relies on it. */
const rowHeightPx = 24;
/** Rows drawn above and below what is visible. */
const overscan = 10;
/** The header, when it is the active row. */
const headerRow = -1;

/**
 * A table of any length: only rows in sight are in the page. One tab stop; arrows, Home, End,
 * PageUp and PageDown move, Enter selects and opens what is selected; ArrowUp from the first row
 * reaches the header, whose cells sort.
 */
export class VirtualGrid<Row> {
  readonly root: HTMLElement;
  readonly #options: GridOptions<Row>;
  readonly #head: HTMLElement;
  readonly #body: HTMLElement;
  readonly #drawn = new Map<number, HTMLElement>();
  #rows: readonly Row[] = [];
  #active = 0;
  #activeColumn = 0;
  #selected: Row | null = null;
  #frame = 0;

  constructor(options: GridOptions<Row>) {
    this.#options = options;
    this.#head = element('div', { role: 'row', class: 'grid-head', aria: { rowindex: 1 } });
    this.#head.append(...options.columns.map((column, i) => this.#headCell(column, i)));
    this.#body = element('div', { role: 'rowgroup', class: 'grid-body' });
    this.root = element(
      'div',
      {
        role: 'grid',
        class: 'grid',
        tabIndex: 0,
        aria: { label: options.label, colcount: options.columns.length },
        on: {
          scroll: () => {
            this.#drawSoon();
          },
          keydown: (event) => {
            this.#onKey(event as KeyboardEvent);
          },
          focus: () => {
            this.#markActive();
          },
        },
      },
      [element('div', { role: 'rowgroup', class: 'grid-headgroup' }, this.#head), this.#body],
    );
    new ResizeObserver(() => {
      this.#draw();
    }).observe(this.root);
  }

  /** Shows other rows; the selected one stays selected where it is among them. */
  setRows(rows: readonly Row[]): void {
    this.#rows = rows;
    this.root.setAttribute('aria-rowcount', String(rows.length + 1));
    this.#body.style.height = `${rows.length * rowHeightPx}px`;
    this.#clear();
    const selected = this.#selected === null ? -1 : rows.indexOf(this.#selected);
    if (this.#active !== headerRow) this.#active = Math.max(0, selected);
    this.#draw();
    this.#markActive();
  }

  setSort(sort: GridSort | null): void {
    this.#options.columns.forEach((column, i) => {
      const cell = this.#head.children[i] as HTMLElement;
      const direction = column.id === sort?.column ? sort.direction : null;
      if (this.#options.onSort) cell.setAttribute('aria-sort', direction ?? 'none');
      const arrow = cell.querySelector('.codicon');
      arrow?.classList.toggle('codicon-arrow-up', direction === 'ascending');
      arrow?.classList.toggle('codicon-arrow-down', direction === 'descending');
    });
  }

  setSelected(row: Row | null): void {
    this.#selected = row;
    for (const [index, drawn] of this.#drawn) this.#markSelected(drawn, index);
    const index = row === null ? -1 : this.#rows.indexOf(row);
    if (index >= 0) {
      this.#active = index;
      this.#markActive();
    }
  }

  /** Scrolls the active row into sight. */
  reveal(): void {
    const top = Math.max(0, this.#active) * rowHeightPx;
    const visible = this.root.clientHeight - this.#head.offsetHeight;
    if (this.#active <= 0 || top < this.root.scrollTop) this.root.scrollTop = top;
    else if (top + rowHeightPx > this.root.scrollTop + visible) {
      this.root.scrollTop = top + rowHeightPx - visible;
    }
    this.#draw();
  }

  #headCell(column: GridColumn<Row>, index: number): HTMLElement {
    const sortable = this.#options.onSort !== undefined;
    return element(
      'div',
      {
        role: 'columnheader',
        id: `${this.#options.id}-head-${index}`,
        class: `grid-cell ${column.class}${sortable ? ' sortable' : ''}`,
        title: column.description ?? column.label,
        aria: { colindex: index + 1 },
        on: {
          click: () => {
            this.#active = headerRow;
            this.#activeColumn = index;
            this.#markActive();
            this.#options.onSort?.(column.id);
          },
        },
      },
      [element('span', { class: 'grid-label' }, column.label), sortable ? icon('blank') : null],
    );
  }

  #drawSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      this.#draw();
    });
  }

  #draw(): void {
    const first = Math.floor(this.root.scrollTop / rowHeightPx) - overscan;
    const count = Math.ceil(this.root.clientHeight / rowHeightPx) + 2 * overscan;
    const from = Math.max(0, first);
    const to = Math.min(this.#rows.length, first + count);
    for (const [index, drawn] of this.#drawn) {
      if (index >= from && index < to) continue;
      drawn.remove();
      this.#drawn.delete(index);
    }
    // In the rows' own order, which is how they are read out.
    let next: HTMLElement | null = null;
    for (let index = to - 1; index >= from; index--) {
      const drawn = this.#drawn.get(index) ?? this.#drawRow(index);
      if (!drawn.isConnected) this.#body.insertBefore(drawn, next);
      next = drawn;
    }
    this.#markActive();
  }

  #drawRow(index: number): HTMLElement {
    const { columns, id, rowClass, onSelect, onOpen } = this.#options;
    const row = this.#rows[index]!;
    const cells = columns.map((column, i) =>
      element(
        'div',
        { role: 'gridcell', class: `grid-cell ${column.class}`, aria: { colindex: i + 1 } },
        column.cell(row),
      ),
    );
    const drawn = element(
      'div',
      {
        role: 'row',
        id: `${id}-row-${index}`,
        class: `grid-row ${rowClass?.(row) ?? ''}`.trimEnd(),
        aria: { rowindex: index + 2 },
        on: {
          click: () => {
            this.#active = index;
            this.#markActive();
            onSelect?.(row);
          },
          dblclick: () => {
            onOpen?.(row);
          },
        },
      },
      cells,
    );
    drawn.style.transform = `translateY(${index * rowHeightPx}px)`;
    this.#markSelected(drawn, index);
    this.#drawn.set(index, drawn);
    return drawn;
  }

  #markSelected(drawn: HTMLElement, index: number): void {
    if (!this.#options.onSelect) return;
    drawn.setAttribute('aria-selected', String(this.#rows[index] === this.#selected));
  }

  #markActive(): void {
    for (const marked of this.root.querySelectorAll('.active')) marked.classList.remove('active');
    const active =
      this.#active === headerRow
        ? this.#head.children[this.#activeColumn]
        : this.#drawn.get(this.#active);
    active?.classList.add('active');
    if (active) this.root.setAttribute('aria-activedescendant', active.id);
    else this.root.removeAttribute('aria-activedescendant');
  }

  #clear(): void {
    this.#body.replaceChildren();
    this.#drawn.clear();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inHead = this.#active === headerRow;
    const handled = inHead ? this.#onHeadKey(event.key) : this.#onRowKey(event.key);
    if (handled) event.preventDefault();
  }

  #onHeadKey(key: string): boolean {
    const last = this.#options.columns.length - 1;
    if (key === 'ArrowLeft') this.#activeColumn = Math.max(0, this.#activeColumn - 1);
    else if (key === 'ArrowRight') this.#activeColumn = Math.min(last, this.#activeColumn + 1);
    else if (key === 'Enter' || key === ' ') {
      this.#options.onSort?.(this.#options.columns[this.#activeColumn]!.id);
    } else if (key === 'ArrowDown' && this.#rows.length > 0) return this.#moveTo(0);
    else return false;
    this.#markActive();
    return true;
  }

  #onRowKey(key: string): boolean {
    const page = Math.max(1, Math.floor(this.root.clientHeight / rowHeightPx) - 2);
    switch (key) {
      case 'ArrowDown':
        return this.#moveTo(this.#active + 1);
      case 'ArrowUp':
        return this.#active === 0 && this.#options.onSort
          ? this.#moveTo(headerRow)
          : this.#moveTo(Math.max(0, this.#active - 1));
      case 'PageDown':
        return this.#moveTo(this.#active + page);
      case 'PageUp':
        return this.#moveTo(Math.max(0, this.#active - page));
      case 'Home':
        return this.#moveTo(0);
      case 'End':
        return this.#moveTo(this.#rows.length - 1);
      case 'Enter':
      case ' ':
        return this.#choose(key);
      default:
        return false;
    }
  }

  #choose(key: 'Enter' | ' '): boolean {
    const row = this.#rows[this.#active];
    const { onSelect, onOpen } = this.#options;
    const isChosen = row === this.#selected || !onSelect;
    const opens = key === 'Enter' && isChosen && onOpen !== undefined;
    if (row !== undefined) (opens ? onOpen : onSelect)?.(row);
    return true;
  }

  #moveTo(index: number): boolean {
    this.#active = index === headerRow ? headerRow : Math.min(index, this.#rows.length - 1);
    if (this.#active !== headerRow) this.#active = Math.max(0, this.#active);
    this.reveal();
    this.#markActive();
    const row = this.#rows[this.#active];
    if (row !== undefined) this.#options.onMove?.(row);
    return true;
  }
}
