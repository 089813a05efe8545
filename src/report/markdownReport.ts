import type {
  Comparison,
  MetricComparison,
  PairComparison,
  TextComparison,
} from '../comparison/comparison.ts';
import type { WordChange } from '../comparison/wordChanges.ts';
import { markdownCode as code } from './escapeMarkdown.ts';
import { errorRates } from './errorRates.ts';
import { formatDifference, formatFigure } from './formatFigure.ts';
import { methodText } from './methodText.ts';
import { rowCells, rowFormat } from './rowCells.ts';
import { rowNotes, statisticsText } from './rowNotes.ts';
import { sideNames, type Letters } from './sideNames.ts';
import { roundCount, textErrors } from './textErrors.ts';

const mostUtterances = 5;
const mostWords = 10;
const mostListed = 10;

/** A comparison as a comment on a pull request: GitHub-flavoured Markdown. */
export function markdownReport(comparison: Comparison): string {
  const blocks = [
    '## RTBench comparison',
    runTable(comparison),
    ...comparison.pairs.flatMap((pair) => pairBlocks(comparison, pair)),
    methodLine(comparison),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function runTable({ runs }: Comparison): string {
  const rows = runs.map(({ letter, title, startedAt }) => [letter, code(title), code(startedAt)]);
  const warnings = runs.flatMap(({ letter, warnings: own }) =>
    own.map((warning) => `- ⚠ ${letter}: ${code(warning)}`),
  );
  const table = markdownTable(['', 'Run', 'Measured'], rows);
  return warnings.length === 0 ? table : `${table}\n\n${warnings.join('\n')}`;
}

function pairBlocks(comparison: Comparison, pair: PairComparison): string[] {
  const letters = sideNames(comparison, pair);
  const endpoints = [pair.a.endpoint, pair.b.endpoint];
  const place =
    endpoints[0] === endpoints[1] ? code(endpoints[0]!) : endpoints.map(code).join(' → ');
  const primary = pair.metrics.filter(({ family }) => family === 'primary');
  const exploratory = pair.metrics.filter(({ family }) => family === 'exploratory');
  return [
    `### ${letters.join(' → ')}, endpoint ${place}: **${pair.conclusion.verdict}**`,
    pair.conclusion.text,
    gateText(pair),
    rowTable(primary, letters),
    notes(primary, letters),
    failures(pair, letters),
    utterances(primary, letters),
    ...pair.texts.map((text) => words(text, letters)),
    exploratory.length === 0
      ? ''
      : details(
          'Exploratory metrics (not protected against chance findings)',
          rowTable(exploratory, letters),
        ),
    unpaired(pair, letters),
  ];
}

function gateText({ gate, pairing }: PairComparison): string {
  const lines = [
    ...gate.differences.map(({ severity, message }) => {
      return `- ${severity === 'hard' ? '⛔' : '⚠'} ${code(message)}`;
    }),
    ...pairing.notes.map((note) => `- ${code(note)}`),
  ];
  return lines.join('\n');
}

function rowTable(rows: readonly MetricComparison[], letters: Letters): string {
  const cells = rows.map((row) => {
    const { name, a, b, delta, deltaShare, interval, p, verdict, n } = rowCells(row);
    const emphasised =
      row.verdict === 'regressed' || row.verdict === 'improved' ? `**${verdict}**` : verdict;
    return [name, a, b, delta, deltaShare, interval, p, n, emphasised].map(cellText);
  });
  const head = ['Metric', ...letters, 'Δ', 'Δ %', '95 % interval', 'p', 'n', 'Verdict'];
  return markdownTable(head, cells);
}

/** Labels and numbers of ours; a bar would end the cell. */
function cellText(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('~', '\\~');
}

function notes(rows: readonly MetricComparison[], letters: Letters): string {
  const lines = rowNotes(rows, letters).map(({ short, text }) => `- ${short}: ${code(text)}`);
  return [`_${statisticsText(rows, letters)}_`, lines.join('\n')]
    .filter((part) => part !== '' && part !== '__')
    .join('\n\n');
}

function failures({ errors }: PairComparison, letters: Letters): string {
  const rates = errorRates(errors, letters) ?? '';
  if (errors.failures.length === 0) return rates;
  const rows = errors.failures.map(({ reason, a, b }) => [
    `${code(reason)}${errors.newReasons.includes(reason) ? ' **new**' : ''}`,
    String(a),
    String(b),
  ]);
  return `${rates}\n\n${markdownTable(['Failed or broken-off sessions', ...letters], rows)}`.trim();
}

function utterances(rows: readonly MetricComparison[], letters: Letters): string {
  const blocks = rows
    .filter(({ verdict, worst }) => verdict === 'regressed' && worst.length > 0)
    .map((row) => {
      const format = rowFormat(row);
      const lines = row.worst
        .slice(0, mostUtterances)
        .map((one) => [
          code(one.id),
          one.a === null ? one.statusA : formatFigure(one.a, format),
          one.b === null ? one.statusB : formatFigure(one.b, format),
          formatDifference(one.delta, format),
        ]);
      return markdownTable([`Worst utterances by ${row.short}`, ...letters, 'Δ'], lines);
    });
  return blocks.join('\n\n');
}

function words(text: TextComparison, letters: Letters): string {
  if (text.words.length === 0) return '';
  const rows = text.words
    .slice(0, mostWords)
    .map((word) => [wordCell(word), roundCount(word.a), roundCount(word.b)]);
  const table = markdownTable(['Errors that changed most', ...letters], rows);
  return `${textErrors(text) ?? ''}\n\n${table}`;
}

function wordCell({ operation, reference, hypothesis }: WordChange): string {
  if (operation === 'delete') return `${code(reference!)} left out`;
  if (operation === 'insert') return `${code(hypothesis!)} put in`;
  return `${code(reference!)} → ${code(hypothesis!)}`;
}

function unpaired({ pairing }: PairComparison, [a, b]: Letters): string {
  const lists = [
    [a, pairing.onlyA],
    [b, pairing.onlyB],
  ] as const;
  const lines = lists
    .filter(([, items]) => items.length > 0)
    .map(([letter, items]) => {
      const names = items.slice(0, mostListed).map(({ id }) => code(id));
      const more = items.length > mostListed ? `, and ${items.length - mostListed} more` : '';
      return `- Only in ${letter} (${items.length}): ${names.join(', ')}${more}`;
    });
  return lines.length === 0 ? '' : details('Utterances without a partner', lines.join('\n'));
}

function methodLine(comparison: Comparison): string {
  return `_${methodText(comparison).replaceAll('_', '\\_')}_`;
}

function details(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
