import type { SessionRow } from '../../src/runview/runView.ts';
import type { PageState } from './pageState.ts';

type SortKey = (row: SessionRow) => number | string | null;

/** Worst last, so that descending shows first what needs a look. */
const statusOrder = ['success', 'empty', 'cancelled', 'partial', 'failed'];

const sortKeys: Readonly<Record<string, SortKey>> = {
  status: (row) => statusOrder.indexOf(row.status),
  utterance: (row) => row.utteranceId,
  ttft: (row) => row.ttftMs,
  final: (row) => row.finalMs,
  errorRate: (row) => row.errorRate,
  result: (row) => row.failure ?? row.text,
};

/** The rows to show: of one endpoint, with the words looked for, in the chosen order. */
export function shownSessions(
  rows: readonly SessionRow[],
  { endpointId, query, status, sort }: PageState,
): SessionRow[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.filter(
    (row) =>
      (endpointId === null || row.endpointId === endpointId) &&
      (status === '' || row.status === status) &&
      words.every((word) => searchText(row).includes(word)),
  );
  const key = sort && sortKeys[sort.column];
  return key ? found.toSorted(bySortKey(key, sort.direction === 'ascending' ? 1 : -1)) : found;
}

/** Ascending, then descending, then as the run had it. */
export function nextSort(current: PageState['sort'], column: string): PageState['sort'] {
  if (current?.column !== column) return { column, direction: 'ascending' };
  return current.direction === 'ascending' ? { column, direction: 'descending' } : null;
}

function searchText({ utteranceId, status, text, failure }: SessionRow): string {
  return `${utteranceId} ${status} ${text} ${failure ?? ''}`.toLocaleLowerCase();
}

/** Rows without a value come last either way. */
function bySortKey(key: SortKey, sign: 1 | -1) {
  return (a: SessionRow, b: SessionRow): number => {
    const left = key(a);
    const right = key(b);
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === 'string' || typeof right === 'string') {
      return sign * collator.compare(String(left), String(right));
    }
    return sign * (left - right);
  };
}

/** So that `clip 10` follows `clip 9`. */
const collator = new Intl.Collator(undefined, { numeric: true });
