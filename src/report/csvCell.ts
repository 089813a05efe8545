/** What spreadsheets take for the beginning of a formula. */
const formulaStart = /^[\s\p{Cc}\p{Cf}]*[=+\-@|＝＋－＠]/u;

/**
 * One cell of a CSV file (RFC 4180). Text that a spreadsheet would compute gets an apostrophe in
 * front; numbers are numbers, negative ones too; null is an empty cell.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = formulaStart.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
