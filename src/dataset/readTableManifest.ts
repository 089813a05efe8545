import { Readable } from 'node:stream';
import { parse, type CsvError, type Parser } from 'csv-parse';
import * as z from 'zod';
import { DatasetError } from './datasetError.ts';
import { parseManifestEntry, type LocatedEntry } from './manifestEntry.ts';
import { audioFieldNames, namesAudio, pickFields } from './manifestFields.ts';
import type { ProblemList } from './problemList.ts';
import { readLines, readText } from './readText.ts';

const maxRecordLength = 1024 * 1024;

const parsedRow = z.object({
  record: z.array(z.string()),
  info: z.object({ lines: z.number() }),
});

interface Row {
  /** 1-based, where the row begins. */
  line: number;
  cells: string[];
}

/**
 * Reads a table whose first row names the columns: CSV as in RFC 4180 (also with `;` or tabs), or
 * tab-separated values, where quotes have no meaning inside a cell. Empty cells count as absent.
 * Rows that cannot be used are reported and left out.
 * @throws DatasetError when the file cannot be read or no column names the audio
 */
export async function readTableManifest(
  path: string,
  format: 'csv' | 'tsv',
  problems: ProblemList,
): Promise<LocatedEntry[]> {
  const entries: LocatedEntry[] = [];
  let columns: string[] | null = null;
  for await (const { line, cells } of readRows(path, format, problems)) {
    if (columns === null) {
      columns = checkedColumns(cells, path);
      continue;
    }
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (cells.length !== columns.length) {
      problems.add(path, line, rowLengthMessage(cells.length, columns.length));
    }
    const entry = parseManifestEntry(pickFields(namedCells(columns, cells)), (message) => {
      problems.add(path, line, message);
    });
    if (entry) entries.push({ entry, file: path, line });
  }
  return entries;
}

function namedCells(columns: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const named: Record<string, unknown> = {};
  for (const [i, column] of columns.entries()) {
    if (cells[i]?.trim()) named[column] = cells[i];
  }
  return named;
}

function checkedColumns(cells: string[], path: string): string[] {
  if (cells.some(namesAudio)) return cells;
  throw new DatasetError(
    'missing-column',
    `${path}: the first row must name the columns, one of them ${audioFieldNames.join(', ')}; ` +
      `it has: ${cells.slice(0, 10).join(', ').slice(0, 200)}.`,
  );
}

function rowLengthMessage(count: number, expected: number): string {
  return `The row has ${count} cells, the header ${expected}: check the quotes and separators.`;
}

async function* readRows(
  path: string,
  format: 'csv' | 'tsv',
  problems: ProblemList,
): AsyncGenerator<Row> {
  const separator = format === 'tsv' ? '\t' : await detectSeparator(path);
  const parser = createParser(separator, format, (line, message) => {
    problems.add(path, line, message);
  });
  const text = Readable.from(readText(path));
  text.once('error', (error) => parser.destroy(error));
  try {
    for await (const chunk of text.pipe(parser)) {
      const { record, info } = parsedRow.parse(chunk);
      const innerBreaks = record.join('').split('\n').length - 1;
      yield {
        line: info.lines - innerBreaks,
        cells: format === 'tsv' ? record.map(unquoteWhole) : record,
      };
    }
  } finally {
    text.destroy();
  }
}

function createParser(
  delimiter: string,
  format: 'csv' | 'tsv',
  report: (line: number, message: string) => void,
): Parser {
  // Rows wait in the stream's buffer before they are read, so the reader cannot tell where a
  // row that the parser skips begins.
  let lastLine = 0;
  const parser = parse({
    delimiter,
    quote: format === 'tsv' ? null : '"',
    record_delimiter: '\n',
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: maxRecordLength,
    info: true,
    on_record: (row: string[], { lines }) => {
      lastLine = lines;
      return row;
    },
  });
  parser.on('skip', (error: CsvError) => {
    report(lastLine + 1, skipMessage(error));
  });
  return parser;
}

function skipMessage(error: CsvError): string {
  return error.code === 'CSV_QUOTE_NOT_CLOSED'
    ? 'A quote that opens here or below is never closed; the rows from there on are lost.'
    : `Not a valid row, left out: ${error.message}`;
}

/** `"He said ""no"""` is how spreadsheets write a tab-separated cell that holds quotes. */
function unquoteWhole(cell: string): string {
  const inner = /^"((?:[^"]|"")*)"$/.exec(cell)?.[1];
  return inner === undefined ? cell : inner.replaceAll('""', '"');
}

/** The one of comma, semicolon and tab that the header uses most; a comma in doubt. */
async function detectSeparator(path: string): Promise<string> {
  for await (const { text } of readLines(path)) {
    const counts = [',', ';', '\t'].map((separator) => ({
      separator,
      count: text.split(separator).length,
    }));
    return counts.reduce((best, next) => (next.count > best.count ? next : best)).separator;
  }
  return ',';
}
