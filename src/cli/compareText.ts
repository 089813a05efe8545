import type { Comparison, MetricComparison, PairComparison } from '../comparison/comparison.ts';
import { formatDifference, formatFigure } from '../report/formatFigure.ts';
import { rowCells, rowFormat } from '../report/rowCells.ts';
import { rowNotes, statisticsText } from '../report/rowNotes.ts';
import { sideNames, type Letters } from '../report/sideNames.ts';
import { textTable } from './textTable.ts';

const mostUtterances = 5;
const mostWords = 8;

/** A comparison for people to read in a terminal. */
export function compareText(comparison: Comparison): string {
  const blocks = [
    comparison.runs
      .map(({ letter, title, startedAt }) => `${letter}  ${title}, ${startedAt}`)
      .join('\n'),
    runWarnings(comparison),
    ...comparison.pairs.flatMap((pair) => pairBlocks(comparison, pair)),
  ];
  return withoutControls(blocks.filter((block) => block !== '').join('\n\n'));
}

/** Names and words come from files and servers: none may steer the terminal. */
function withoutControls(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, '\uFFFD');
}

function runWarnings({ runs }: Comparison): string {
  return runs
    .flatMap(({ letter, warnings }) => warnings.map((warning) => `! ${letter}: ${warning}`))
    .join('\n');
}

function pairBlocks(comparison: Comparison, pair: PairComparison): string[] {
  const letters = sideNames(comparison, pair);
  const endpoints = [...new Set([pair.a.endpoint, pair.b.endpoint])].join(' → ');
  const primary = pair.metrics.filter(({ family }) => family === 'primary');
  const exploratory = pair.metrics.filter(({ family }) => family === 'exploratory');
  return [
    `${letters.join(' → ')}  ${endpoints}: ${designText(pair)}`,
    gateText(pair),
    rowTable('primary metric', primary, letters),
    notes(primary, letters),
    exploratory.length === 0
      ? ''
      : `Exploratory: not protected against chance findings.\n${rowTable('metric', exploratory, letters)}`,
    failures(pair, letters),
    ...worst(primary, letters),
    words(pair, letters),
    `${pair.conclusion.verdict.toUpperCase()}: ${pair.conclusion.text}`,
  ];
}

function designText({ pairing }: PairComparison): string {
  const { design, sharedItems, onlyA, onlyB, unit, units } = pairing;
  const left = onlyA.length + onlyB.length;
  const dropped = left === 0 ? '' : `, ${left} without a partner`;
  const resampled = unit === 'speaker' ? `, resampled by ${units} speakers` : '';
  return `${design}, ${sharedItems} shared utterances${dropped}${resampled}`;
}

function gateText({ gate, pairing }: PairComparison): string {
  const differences = gate.differences.map(
    ({ severity, message }) => `${severity === 'hard' ? 'X' : '!'} ${message}`,
  );
  return [...differences, ...pairing.notes.map((note) => `! ${note}`)].join('\n');
}

function rowTable(title: string, rows: readonly MetricComparison[], letters: Letters): string {
  const head = [title, ...letters, 'Δ', 'Δ %', '95 % interval', 'p', 'n', 'verdict'];
  const cells = rows.map((row) => {
    const { name, a, b, delta, deltaShare, interval, p, n, verdict } = rowCells(row);
    return [name, a, b, delta, deltaShare, interval, p, n, verdict];
  });
  return textTable(head, cells);
}

function notes(rows: readonly MetricComparison[], letters: Letters): string {
  const lines = rowNotes(rows, letters).map(({ short, text }) => `${short}: ${text}`);
  return [statisticsText(rows, letters), ...lines].filter((line) => line !== '').join('\n');
}

function failures({ errors }: PairComparison, letters: Letters): string {
  if (errors.failures.length === 0) return '';
  const rows = errors.failures.map(({ reason, a, b }) => [
    errors.newReasons.includes(reason) ? `${reason} (new)` : reason,
    String(a),
    String(b),
  ]);
  return textTable(['failed or broken off', ...letters], rows);
}

function worst(rows: readonly MetricComparison[], letters: Letters): string[] {
  return rows
    .filter((row) => row.verdict === 'regressed' && row.worst.length > 0)
    .map((row) => {
      const format = rowFormat(row);
      const cells = row.worst
        .slice(0, mostUtterances)
        .map((one) => [
          one.id,
          one.a === null ? one.statusA : formatFigure(one.a, format),
          one.b === null ? one.statusB : formatFigure(one.b, format),
          formatDifference(one.delta, format),
        ]);
      return textTable([`worst by ${row.short}`, ...letters, 'Δ'], cells);
    });
}

function words({ texts }: PairComparison, letters: Letters): string {
  const changes = texts.flatMap((text) => text.words).slice(0, mostWords);
  if (changes.length === 0) return '';
  const round = (value: number) => String(Math.round(value * 10) / 10);
  const rows = changes.map(({ reference, hypothesis, a, b }) => [
    `${reference ?? '(nothing)'} → ${hypothesis ?? '(nothing)'}`,
    round(a),
    round(b),
  ]);
  return textTable(['errors that changed most', ...letters], rows);
}
