/** What a grid is sorted by. */
export interface GridSort {
  column: string;
  direction: 'ascending' | 'descending';
}
