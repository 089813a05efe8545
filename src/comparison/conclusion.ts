import type { Conclusion, MetricComparison } from './comparison.ts';

/** What the primary rows say together. */
export function conclusionOf(rows: readonly MetricComparison[]): Conclusion {
  const primary = rows.filter(({ family }) => family === 'primary');
  const having = (...verdicts: MetricComparison['verdict'][]) =>
    primary.filter(({ verdict }) => verdicts.includes(verdict));
  const regressed = having('regressed');
  const improved = having('improved');
  const unchanged = having('equivalent', 'no significant change', 'significant but negligible');
  const keys = {
    regressed: regressed.map(({ key }) => key),
    improved: improved.map(({ key }) => key),
  };
  const names = (some: readonly MetricComparison[]) => some.map(({ short }) => short).join(', ');
  if (regressed.length > 0 && improved.length > 0) {
    const text = `${names(regressed)} regressed, ${names(improved)} improved.`;
    return { verdict: 'mixed', text, ...keys };
  }
  if (regressed.length > 0) {
    return { verdict: 'regressed', text: `${names(regressed)} regressed.`, ...keys };
  }
  if (improved.length > 0) {
    return { verdict: 'improved', text: `${names(improved)} improved.`, ...keys };
  }
  if (primary.length > 0 && having('not comparable').length === primary.length) {
    const text = 'The runs were measured under conditions too different to compare.';
    return { verdict: 'not comparable', text, ...keys };
  }
  const open = having('inconclusive', 'insufficient data', 'not comparable');
  const said = unchanged.length === 0 ? [] : [`No significant change of ${names(unchanged)}.`];
  const left = open.length === 0 ? [] : [`Nothing can be said of ${names(open)}.`];
  // Where both have the same, as error rates of 0, too little data leaves nothing to worry about.
  const isOpen = unchanged.length === 0 || open.some(({ change }) => change?.delta !== 0);
  return {
    verdict: isOpen ? 'undecided' : 'no change',
    text: [...said, ...left].join(' '),
    ...keys,
  };
}
