import type { TextComparison } from '../comparison/comparison.ts';
import { figureFormat, formatFigure } from './formatFigure.ts';

/**
 * What kinds of errors changed, in a line: `Errors on 120 words: 0.0 % → 6.7 %. Substituted 0 → 8
 * (+8), …`. Null where neither run has any.
 */
export function textErrors(text: TextComparison): string | null {
  const { edits, errors, length, unit, headline } = text;
  if (errors.a === 0 && errors.b === 0) return null;
  const format = figureFormat(headline, '', 1);
  const rate = (count: number) => formatFigure(length === 0 ? null : count / length, format);
  const rates = `Errors on ${roundCount(length)} ${unit}: ${rate(errors.a)} → ${rate(errors.b)}.`;
  if (edits === null) return rates;
  const { a, b } = edits;
  return (
    `${rates} Substituted ${change(a.substitutions, b.substitutions)}, ` +
    `deleted ${change(a.deletions, b.deletions)}, inserted ${change(a.insertions, b.insertions)}.`
  );
}

/** Repeats are averaged, so a count may have a fraction. */
export function roundCount(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function change(a: number, b: number): string {
  const size = roundCount(Math.abs(b - a));
  const sign = b > a ? '+' : '−';
  return `${roundCount(a)} → ${roundCount(b)} (${size === '0' ? '±0' : `${sign}${size}`})`;
}
