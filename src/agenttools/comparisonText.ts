import type { Comparison, MetricComparison, PairComparison } from '../comparison/comparison.ts';
import { formatDifference, formatFigure } from '../report/formatFigure.ts';
import { rowCells, rowFormat } from '../report/rowCells.ts';
import { rowNotes } from '../report/rowNotes.ts';
import { sideNames, type Letters } from '../report/sideNames.ts';
import { textErrors } from '../report/textErrors.ts';
import { dataNotice, pipeTable, plainText } from './plainText.ts';

const mostUtterances = 5;
const longestSentence = 400;

/** A comparison for an agent: the verdicts first, then what they rest on. */
export function comparisonText(comparison: Comparison): string {
  const { runs, pairs } = comparison;
  const verdicts = pairs.map((pair) => {
    const { verdict, text } = pair.conclusion;
    return `${pairName(comparison, pair)}: ${verdict.toUpperCase()}. ${plainText(text, longestSentence)}`;
  });
  const names = runs.flatMap(({ letter, title, startedAt, warnings }) => [
    `${letter}: ${plainText(title)}, started ${plainText(startedAt)}`,
    ...warnings.map((warning) => `! ${letter}: ${plainText(warning, longestSentence)}`),
  ]);
  const details = pairs.flatMap((pair) => pairLines(comparison, pair));
  return [...verdicts, ...names, ...details, dataNotice].join('\n');
}

function pairName(comparison: Comparison, pair: PairComparison): string {
  const endpoints = [...new Set([pair.a.endpoint, pair.b.endpoint])].map((id) => plainText(id));
  return `${sideNames(comparison, pair).join(' → ')} (${endpoints.join(' → ')})`;
}

function pairLines(comparison: Comparison, pair: PairComparison): string[] {
  const letters = sideNames(comparison, pair);
  const primary = pair.metrics.filter(({ family }) => family === 'primary');
  const { design, sharedItems, notes } = pair.pairing;
  const conditions = pair.gate.differences.map(({ severity, message }) => {
    return `${severity === 'hard' ? 'X' : '!'} ${plainText(message, longestSentence)}`;
  });
  return [
    '',
    `${pairName(comparison, pair)}: ${design}, ${sharedItems} shared utterances.`,
    ...conditions,
    ...notes.map((note) => `! ${plainText(note, longestSentence)}`),
    rowTable(primary, letters),
    ...rowNotes(primary, letters).map(
      ({ short, text }) => `${short}: ${plainText(text, longestSentence)}`,
    ),
    ...failureLines(pair, letters),
    ...pair.texts.flatMap((text) => textErrors(text) ?? []),
    ...worstLines(primary, letters),
  ];
}

function rowTable(rows: readonly MetricComparison[], letters: Letters): string {
  const head = ['metric', ...letters, 'Δ', 'Δ %', '95 % interval', 'p', 'n', 'verdict'];
  const cells = rows.map((row) => {
    const { name, a, b, delta, deltaShare, interval, p, n, verdict } = rowCells(row);
    return [name, a, b, delta, deltaShare, interval, p, n, verdict].map((cell) => plainText(cell));
  });
  return pipeTable(head, cells);
}

function failureLines({ errors }: PairComparison, letters: Letters): string[] {
  if (errors.failures.length === 0) return [];
  const rows = errors.failures.map(({ reason, a, b }) => {
    const isNew = errors.newReasons.includes(reason) ? ' (new)' : '';
    return [`${plainText(reason)}${isNew}`, String(a), String(b)];
  });
  return [pipeTable(['failed or broken off', ...letters], rows)];
}

function worstLines(rows: readonly MetricComparison[], letters: Letters): string[] {
  return rows
    .filter(({ verdict, worst }) => verdict === 'regressed' && worst.length > 0)
    .map((row) => {
      const format = rowFormat(row);
      const cells = row.worst
        .slice(0, mostUtterances)
        .map(({ id, a, b, delta, statusA, statusB }) => [
          plainText(id),
          a === null ? statusA : formatFigure(a, format),
          b === null ? statusB : formatFigure(b, format),
          formatDifference(delta, format),
        ]);
      return pipeTable([`worst by ${row.short}`, ...letters, 'Δ'], cells);
    });
}
