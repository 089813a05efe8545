/**
 * Makes the controls of a table one tab stop: the arrow keys, Home and End walk between cells, and
 * Tab comes back to where the reader was.
 *
 * @param rows one control per cell, row by row
 */
export function makeCellsRoving(
  table: HTMLElement,
  rows: readonly (readonly HTMLElement[])[],
): void {
  const choose = (cell: HTMLElement) => {
    for (const other of rows.flat()) other.tabIndex = other === cell ? 0 : -1;
  };
  const first = rows[0]?.[0];
  if (first) choose(first);
  table.addEventListener('focusin', (event) => {
    if (rows.some((row) => row.includes(event.target as HTMLElement))) {
      choose(event.target as HTMLElement);
    }
  });
  table.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const row = rows.findIndex((cells) => cells.includes(event.target as HTMLElement));
    const column = rows[row]?.indexOf(event.target as HTMLElement) ?? -1;
    const next = cellAfterKey(event.key, rows, { row, column });
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

interface Place {
  row: number;
  column: number;
}

/** Undefined where the key moves nowhere. */
function cellAfterKey(
  key: string,
  rows: readonly (readonly HTMLElement[])[],
  { row, column }: Place,
): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return rows[row + 1]?.[column];
    case 'ArrowUp':
      return rows[row - 1]?.[column];
    case 'ArrowRight':
      return rows[row]?.[column + 1];
    case 'ArrowLeft':
      return rows[row]?.[column - 1];
    case 'Home':
      return rows[row]?.[0];
    case 'End':
      return rows[row]?.at(-1);
    default:
      return undefined;
  }
}
