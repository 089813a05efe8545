import type {
  Comparison,
  MetricComparison,
  PairComparison,
  TextComparison,
} from '../comparison/comparison.ts';
import type { WordChange } from '../comparison/wordChanges.ts';
import { ecdfPlot, quantileDifferencePlot } from './distributionPlots.ts';
import { errorRates } from './errorRates.ts';
import { escapeHtml, isolatedHtml } from './escapeHtml.ts';
import { formatDifference, formatFigure } from './formatFigure.ts';
import { htmlTable } from './htmlTable.ts';
import { rowCells, rowFormat } from './rowCells.ts';
import { rowNotes, statisticsText } from './rowNotes.ts';
import { sideNames, type Letters } from './sideNames.ts';
import { roundCount, textErrors } from './textErrors.ts';

const mostUtterances = 10;
const mostListed = 100;

/** One candidate against the baseline: a section of the HTML report. */
export function htmlPair(comparison: Comparison, pair: PairComparison): string {
  const heads = sideNames(comparison, pair);
  const primary = pair.metrics.filter(({ family }) => family === 'primary');
  const exploratory = pair.metrics.filter(({ family }) => family === 'exploratory');
  const endpoints = [...new Set([pair.a.endpoint, pair.b.endpoint])].map(isolatedHtml).join(' → ');
  return [
    `<section><h2>${heads.join(' → ')}, ${endpoints}: ` +
      `<span class="${escapeHtml(pair.conclusion.verdict)}">${pair.conclusion.verdict}</span></h2>`,
    `<p>${escapeHtml(pair.conclusion.text)}</p>`,
    gateList(pair),
    rowTable(primary, heads),
    noteList(primary, heads),
    ...primary.map((row) => rowDetail(row, heads)),
    failureTable(pair, heads),
    ...pair.texts.map((text) => wordTable(text, heads)),
    '<h3>Exploratory metrics</h3>',
    '<p class="dim">Not protected against chance findings.</p>',
    rowTable(exploratory, heads),
    conditionTable(pair, heads),
    unpairedList(pair, heads),
    '</section>',
  ].join('\n');
}

function gateList({ gate, pairing }: PairComparison): string {
  const items = [
    ...gate.differences.map(
      ({ severity, message }) =>
        `<li class="${severity}">${severity === 'hard' ? '⛔' : '⚠'} ${isolatedHtml(message)}</li>`,
    ),
    ...pairing.notes.map((note) => `<li>${isolatedHtml(note)}</li>`),
  ];
  return items.length === 0 ? '' : `<ul>${items.join('\n')}</ul>`;
}

function rowTable(rows: readonly MetricComparison[], heads: Letters): string {
  if (rows.length === 0) return '<p class="dim">None has values in both runs.</p>';
  const head = ['Metric', ...heads, 'Δ', 'Δ %', '95 % interval', 'p', 'n', 'Verdict'];
  const cells = rows.map((row) => {
    const { name, a, b, delta, deltaShare, interval, p, n, verdict } = rowCells(row);
    const plain = [name, a, b, delta, deltaShare, interval, p, n].map(escapeHtml);
    return [...plain, `<span class="${row.verdict}">${escapeHtml(verdict)}</span>`];
  });
  return htmlTable(head, cells);
}

function noteList(rows: readonly MetricComparison[], letters: Letters): string {
  const notes = rowNotes(rows, letters).map(
    ({ short, text }) => `<li>${escapeHtml(short)}: ${isolatedHtml(text)}</li>`,
  );
  const list = notes.length === 0 ? '' : `<ul class="dim">${notes.join('\n')}</ul>`;
  return `<p class="dim">${escapeHtml(statisticsText(rows, letters))}</p>${list}`;
}

function rowDetail(row: MetricComparison, heads: Letters): string {
  const parts = [
    plots(row, heads),
    row.verdict === 'regressed' ? utteranceTable(row, heads) : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : [`<h3>${escapeHtml(row.label)}</h3>`, ...parts].join('\n');
}

function plots(row: MetricComparison, [letterA, letterB]: Letters): string {
  if (row.values.a.length < 2 || row.values.b.length < 2) return '';
  const key = `<p class="dim"><span class="key-a">━ ${letterA}</span> <span class="key-b">╍ ${letterB}</span></p>`;
  return `${key}<div class="plots">${ecdfPlot(row)}${quantileDifferencePlot(row)}</div>`;
}

function utteranceTable(row: MetricComparison, heads: Letters): string {
  const format = rowFormat(row);
  const rows = row.worst
    .slice(0, mostUtterances)
    .map((one) => [
      isolatedHtml(one.id),
      escapeHtml(one.a === null ? one.statusA : formatFigure(one.a, format)),
      escapeHtml(one.b === null ? one.statusB : formatFigure(one.b, format)),
      escapeHtml(formatDifference(one.delta, format)),
    ]);
  return htmlTable(['Utterances that got worst', ...heads, 'Δ'], rows);
}

function failureTable({ errors }: PairComparison, heads: Letters): string {
  const rates = paragraph(errorRates(errors, heads));
  if (errors.failures.length === 0) return rates;
  const rows = errors.failures.map(({ reason, a, b }) => [
    `${escapeHtml(reason)}${errors.newReasons.includes(reason) ? ' <strong>new</strong>' : ''}`,
    String(a),
    String(b),
  ]);
  return `${rates}${htmlTable(['Failed or broken-off sessions', ...heads], rows)}`;
}

function paragraph(text: string | null): string {
  return text === null ? '' : `<p>${escapeHtml(text)}</p>`;
}

function wordTable(text: TextComparison, heads: Letters): string {
  const { words, unit } = text;
  const summary = paragraph(textErrors(text));
  if (words.length === 0) return summary;
  const rows = words.map((word) => [wordCell(word), roundCount(word.a), roundCount(word.b)]);
  return `${summary}${htmlTable([`Errors on ${unit} that changed most`, ...heads], rows)}`;
}

function wordCell({ operation, reference, hypothesis }: WordChange): string {
  if (operation === 'delete') return `${isolatedHtml(reference!)} left out`;
  if (operation === 'insert') return `${isolatedHtml(hypothesis!)} put in`;
  return `${isolatedHtml(reference!)} → ${isolatedHtml(hypothesis!)}`;
}

function conditionTable({ gate }: PairComparison, heads: Letters): string {
  const rows = gate.conditions.map(({ what, a, b }) => [what, a, b].map(isolatedHtml));
  return (
    `<details><summary>Conditions of both runs</summary>` +
    `${htmlTable(['Condition', ...heads], rows)}</details>`
  );
}

function unpairedList({ pairing }: PairComparison, [letterA, letterB]: Letters): string {
  const lists = [
    [letterA, pairing.onlyA],
    [letterB, pairing.onlyB],
  ] as const;
  return lists
    .filter(([, items]) => items.length > 0)
    .map(([letter, items]) => {
      const names = items.slice(0, mostListed).map(({ id }) => isolatedHtml(id));
      const more = items.length > mostListed ? `, and ${items.length - mostListed} more` : '';
      return `<p>Only in ${letter} (${items.length}): ${names.join(', ')}${more}</p>`;
    })
    .join('\n');
}
