import type { MetricComparison, PairComparison } from '../comparison/comparison.ts';
import { errorRates } from '../report/errorRates.ts';
import { formatDifference, formatP, type FigureFormat } from '../report/formatFigure.ts';
import { rowCells, rowFormat } from '../report/rowCells.ts';
import { rowNotes } from '../report/rowNotes.ts';
import type { Letters } from '../report/sideNames.ts';
import type { CompareRow } from './compareView.ts';

/** A metric of a pair, in figures and in words. */
export function compareRow(
  row: MetricComparison,
  { pairing, errors }: Pick<PairComparison, 'pairing' | 'errors'>,
  letters: Letters,
): CompareRow {
  const { key, label, short, direction, family, statistic, change, tail } = row;
  return {
    key,
    label,
    short,
    direction,
    family,
    statistic,
    format: rowFormat(row),
    change,
    tail,
    cells: rowCells(row),
    verdict: row.verdict,
    explanation: explanation(row, errors, letters),
    noise: row.noise,
    values: row.values,
    // Sessions fail or do not: there is nothing to average of an utterance.
    hasUtterances: pairing.sharedItems > 0 && change !== null && row.metric !== 'error_rate',
  };
}

/** Effect sizes, the test, and what the verdict alone does not say. */
function explanation(
  row: MetricComparison,
  errors: PairComparison['errors'],
  letters: Letters,
): string[] {
  const format = rowFormat(row);
  return [
    ...shiftText(row, format),
    ...cliffText(row, letters),
    ...ratioText(row, letters),
    ...improvedText(row),
    ...wilsonText(row, errors, letters),
    ...testText(row),
    ...matchedPairsText(row),
    ...rowNotes([row], letters).map(({ text }) => sentence(text)),
  ];
}

function shiftText({ shift }: MetricComparison, format: FigureFormat): string[] {
  if (shift === null) return [];
  return [`Typical change of a value (Hodges–Lehmann shift): ${formatDifference(shift, format)}.`];
}

function cliffText({ cliffsDelta }: MetricComparison, [a, b]: Letters): string[] {
  if (cliffsDelta === null) return [];
  const { value, magnitude } = cliffsDelta;
  const figure = `Cliff’s δ ${signed(value)}, ${magnitude}`;
  if (value === 0) return [`${figure}: values of neither run are the larger ones more often.`];
  const [larger, smaller] = value > 0 ? [b, a] : [a, b];
  return [`${figure}: a value of ${larger} is more often above one of ${smaller} than below it.`];
}

function ratioText({ meanRatio }: MetricComparison, [a, b]: Letters): string[] {
  if (meanRatio === null) return [];
  return [`Geometric mean of ${b} / ${a} over the utterances: ${meanRatio.toFixed(3)}.`];
}

function improvedText({ probabilityImproved }: MetricComparison): string[] {
  if (probabilityImproved === null) return [];
  return [`Improved in ${(probabilityImproved * 100).toFixed(1)} % of the resamples.`];
}

function testText({ test, family }: MetricComparison): string[] {
  if (test === null) return [];
  const { name, p, adjustedP } = test;
  const raw = `${name[0]!.toUpperCase()}${name.slice(1)} test: p ${formatP(p)}`;
  if (adjustedP !== null) return [`${raw}; ${formatP(adjustedP)} after Holm.`];
  return [family === 'primary' ? `${raw}.` : `${raw}, not protected against chance findings.`];
}

function wilsonText(
  { metric }: MetricComparison,
  errors: PairComparison['errors'],
  letters: Letters,
): string[] {
  const rates = metric === 'error_rate' ? errorRates(errors, letters) : null;
  return rates === null ? [] : [rates];
}

function matchedPairsText({ matchedPairs }: MetricComparison): string[] {
  if (matchedPairs === null) return [];
  const { z, p } = matchedPairs;
  return [`A second opinion, the matched-pairs test (MAPSSWE): Z ${signed(z)}, p ${formatP(p)}.`];
}

function signed(value: number): string {
  const digits = Math.abs(value).toFixed(2);
  if (Number(digits) === 0) return digits;
  return `${value < 0 ? '−' : '+'}${digits}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
