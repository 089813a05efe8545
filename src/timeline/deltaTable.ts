import { deltaGapMs } from './deltaGap.ts';
import { deltaLagMs } from './deltaLag.ts';
import { deltaKinds, type DeltaKind, type TimelineSession } from './timelineSession.ts';

/** A delta in the table view. */
export interface DeltaTableRow {
  /** Place in the lane's deltas, 0-based. */
  index: number;
  /** Milliseconds on the axis. */
  atMs: number;
  /** See {@link deltaGapMs}. */
  gapMs: number | null;
  kind: DeltaKind;
  /** What it added to the displayed text. */
  text: string;
  /** UTF-16 units displayed after it. */
  displayedChars: number;
  bytes: number;
  /** Milliseconds of audio sent by then. */
  audioSentMs: number;
  /** See {@link deltaLagMs}. */
  lagMs: number | null;
}

export type DeltaTableColumn = keyof DeltaTableRow;

/** The columns in the order to show them, with the names they are copied under. */
export const deltaTableColumns: readonly { id: DeltaTableColumn; label: string }[] = [
  { id: 'index', label: '#' },
  { id: 'atMs', label: 'At (ms)' },
  { id: 'gapMs', label: 'Gap (ms)' },
  { id: 'kind', label: 'Kind' },
  { id: 'text', label: 'Text' },
  { id: 'displayedChars', label: 'Displayed (chars)' },
  { id: 'bytes', label: 'Bytes' },
  { id: 'audioSentMs', label: 'Audio sent (ms)' },
  { id: 'lagMs', label: 'Lag (ms)' },
];

/** A session's deltas by arrival. */
export function deltaTable(session: TimelineSession): DeltaTableRow[] {
  const { deltas } = session;
  return deltas.texts.map((text, index): DeltaTableRow => {
    return {
      index,
      atMs: deltas.atMs[index]!,
      gapMs: deltaGapMs(session, index),
      kind: deltaKinds[deltas.kinds[index]!]!,
      text,
      displayedChars: deltas.keptChars[index]! + text.length,
      bytes: deltas.bytes[index]!,
      audioSentMs: deltas.audioSentMs[index]!,
      lagMs: deltaLagMs(session, index),
    };
  });
}

/** Sorted copy. Rows without a value come last either way, equal ones by arrival. */
export function sortDeltaTable(
  rows: readonly DeltaTableRow[],
  column: DeltaTableColumn,
  descending: boolean,
): DeltaTableRow[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const one = a[column];
    const other = b[column];
    if (one === other) return a.index - b.index;
    if (one === null) return 1;
    if (other === null) return -1;
    return one < other ? -sign : sign;
  });
}

/** Rows with a heading, tab between cells: what spreadsheets paste. Numbers start at 1. */
export function deltaTableTsv(rows: readonly DeltaTableRow[]): string {
  const heading = deltaTableColumns.map(({ label }) => label).join('\t');
  const lines = rows.map((row) => deltaTableColumns.map(({ id }) => tsvCell(row, id)).join('\t'));
  return [heading, ...lines, ''].join('\n');
}

/** Rows as they are, times to the microsecond. */
export function deltaTableJson(rows: readonly DeltaTableRow[]): string {
  const rounded = (_: string, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
  return `${JSON.stringify(rows, rounded, 2)}\n`;
}

function tsvCell(row: DeltaTableRow, id: DeltaTableColumn): string {
  const value = row[id];
  if (value === null) return '';
  if (id === 'index') return String(row.index + 1);
  return typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : tsvText(value);
}

/**
 * One line, and never a formula: spreadsheets run what begins like one. What begins with a quotation
 * mark is quoted: they would look for its end in the cells after it.
 */
function tsvText(text: string): string {
  const line = text.replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  if (line.startsWith('"')) return `"${line.replaceAll('"', '""')}"`;
  return /^[=+\-@]/.test(line) ? `'${line}` : line;
}
