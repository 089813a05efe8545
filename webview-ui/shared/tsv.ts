/**
 * Rows as tab-separated text for spreadsheets. Tabs and line breaks within a cell become spaces,
 * since the format cannot hold them.
 */
export function toTsv(rows: readonly (readonly string[])[]): string {
  return rows
    .map((row) => row.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n');
}
