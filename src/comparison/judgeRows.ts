import { holmAdjusted } from '../metrics/statistics/holm.ts';
import { itemsToDecide, itemsToHalve } from '../metrics/statistics/itemsToDecide.ts';
import { verdictOf, type Verdict } from '../metrics/statistics/verdict.ts';
import { absenceText } from './absence.ts';
import { hardDifferences, type ComparabilityGate } from './comparabilityGate.ts';
import type { MetricComparison } from './comparison.ts';
import type { MetricRow } from './metricRows.ts';

/**
 * The verdict on each row. The p-values of the primary rows are adjusted after Holm; those that
 * could not be tested take no part.
 */
export function judgeRows(
  rows: readonly MetricRow[],
  gate: ComparabilityGate,
  alpha: number,
): MetricComparison[] {
  const tested = rows.filter(
    ({ family, comparable, enough, test }) => family === 'primary' && comparable && enough && test,
  );
  const adjusted = holmAdjusted(tested.map(({ test }) => test!.p));
  const adjustedPs = new Map(tested.map(({ key }, at) => [key, adjusted[at]!]));
  return rows.map((row) => judged(row, { gate, alpha, tests: tested.length, adjustedPs }));
}

interface Judgement {
  gate: ComparabilityGate;
  alpha: number;
  /** In the family of primary rows. */
  tests: number;
  adjustedPs: ReadonlyMap<string, number>;
}

function judged(row: MetricRow, judgement: Judgement): MetricComparison {
  const { comparable, enough, units, ...rest } = row;
  const adjustedP = judgement.adjustedPs.get(row.key) ?? null;
  // What must not be compared shows both values and nothing that would compare them.
  const shown = comparable ? rest : { ...rest, ...uncompared(rest) };
  const test = shown.test && { ...shown.test, adjustedP };
  const verdict = verdictOf({
    comparable,
    enough,
    p: test && (test.adjustedP ?? test.p),
    effect: row.change?.delta ?? null,
    interval: row.change?.interval ?? null,
    noise: row.noise,
    direction: row.direction,
    alpha: judgement.alpha,
  });
  const toDecide = verdict === 'inconclusive' ? decidingItems(row, judgement) : null;
  const reason = reasonOf({ ...rest, units }, verdict, toDecide, judgement);
  return { ...shown, test, verdict, toDecide, reason };
}

function uncompared({ change, tail }: Pick<MetricRow, 'change' | 'tail'>) {
  return {
    change: change && { ...change, interval: null },
    tail: tail && { ...tail, interval: null },
    test: null,
    matchedPairs: null,
    shift: null,
    cliffsDelta: null,
    meanRatio: null,
    probabilityImproved: null,
  };
}

function decidingItems(row: MetricRow, { alpha, tests }: Judgement): MetricComparison['toDecide'] {
  const { change, noise, n, family, metric } = row;
  // Intervals of rates near 0 do not shrink with the square root that a plan would rest on.
  if (!change?.interval || metric === 'error_rate') return null;
  return itemsToDecide({
    items: Math.min(n.a, n.b),
    effect: change.delta,
    low: change.interval.low,
    high: change.interval.high,
    noise,
    alpha: family === 'primary' ? alpha / Math.max(1, tests) : alpha,
  });
}

type ReasonedRow = Omit<MetricRow, 'comparable' | 'enough'>;

function reasonOf(
  row: ReasonedRow,
  verdict: Verdict,
  toDecide: MetricComparison['toDecide'],
  { gate }: Judgement,
): string | null {
  if (verdict === 'insufficient data') return insufficiency(row);
  if (verdict === 'inconclusive') return undecided(row, toDecide);
  if (verdict !== 'not comparable') return null;
  const messages = hardDifferences(gate, row.metric).map(({ message }) => message);
  return messages.join(' ');
}

function insufficiency({ n, absent, change, units }: ReasonedRow): string {
  if (change !== null) {
    const { name, a, b } = units;
    const purpose = name === 'sessions' ? 'a test' : 'a 95 % interval';
    return (
      `Too few ${name} for ${purpose}: ${a} in the baseline, ${b} in the other run. ` +
      `Measure more ${name}.`
    );
  }
  const [name, counts] =
    n.a === 0 && Object.keys(absent.a).length > 0
      ? ['The baseline', absent.a]
      : ['The other run', absent.b];
  const [most] = Object.entries(counts).toSorted(([, one], [, other]) => other - one);
  return most
    ? `${name} has no values: ${absenceText(most[0])}.`
    : 'No utterance has a value in both runs.';
}

function undecided({ n, metric }: ReasonedRow, toDecide: MetricComparison['toDecide']): string {
  const items = Math.min(n.a, n.b);
  const what = metric === 'error_rate' ? 'sessions' : 'utterances';
  const half = `${itemsToHalve(items)} ${what} instead of ${items} would halve the interval`;
  if (toDecide === null) return `${half}.`;
  const aim = toDecide.toShow === 'change' ? 'show the change' : 'show that nothing changed';
  return `${half}; some ${toDecide.items} may ${aim}.`;
}
