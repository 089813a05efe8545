import { metricRegistry, type MetricId } from '../metrics/registry/metricRegistry.ts';
import type { SessionStatus } from '../metrics/sessionStatus.ts';
import { gravityOf, type Outcomes } from './outcomes.ts';
import type { PairedItem } from './pairSessions.ts';
import type { PreparedPair } from './preparePair.ts';
import { textKey } from './textKey.ts';

/** What became of one utterance. */
export interface UtteranceChange {
  /** In the baseline. */
  id: string;
  /** Averages over the repeats; null where there is no value. */
  a: number | null;
  b: number | null;
  /** B − A. */
  delta: number | null;
  /** The worst of the repeats. */
  statusA: SessionStatus;
  statusB: SessionStatus;
  /** Session ids, by repeat. */
  sessionsA: string[];
  sessionsB: string[];
}

/**
 * The shared utterances by how much worse they became in a row of the comparison: first those
 * whose sessions now end worse, then by the change, worst first; those without a value, or that
 * now end better, last.
 *
 * @param key of a row, for example `ttfs`, `wel.p95` or `wer`
 */
export function worstUtterances(
  pair: PreparedPair,
  key: string,
  most = Infinity,
): UtteranceChange[] {
  const { shared } = pair.pairing;
  const { valuesOf, metric } = valuesByKey(pair, key);
  const sign = metricRegistry[metric].direction === 'higher' ? -1 : 1;
  const ranks = shared.map((_, index) => statusRank(pair.outcomes, index));
  const worsening = Float64Array.from(shared, (_, index) => {
    const [a, b] = valuesOf(index);
    return a === null || b === null ? -Infinity : sign * (b - a);
  });
  const order = (one: number, other: number) =>
    ranks[one]! - ranks[other]! || compareNumbers(worsening[other]!, worsening[one]!);
  return firstOf(shared.length, most, order).map((index) =>
    utteranceChange(pair, index, valuesOf(index)),
  );
}

/** The first of the indices below `count` in an order; few of many are found without sorting all. */
function firstOf(
  count: number,
  most: number,
  order: (one: number, other: number) => number,
): number[] {
  if (most >= count) return Array.from({ length: count }, (_, index) => index).sort(order);
  const first: number[] = [];
  for (let index = 0; index < count; index++) {
    if (first.length >= most && !(order(index, first.at(-1) ?? index) < 0)) continue;
    let place = first.length;
    while (place > 0 && order(index, first[place - 1]!) < 0) place--;
    first.splice(place, 0, index);
    if (first.length > most) first.pop();
  }
  return first;
}

/** Minus infinity minus itself is not a number. */
function compareNumbers(one: number, other: number): number {
  return one === other ? 0 : one - other;
}

function statusRank({ a, b }: Outcomes, index: number): number {
  const worse = gravityOf(b[index]!) - gravityOf(a[index]!);
  if (worse > 0) return -worse;
  return worse < 0 ? 1 : 0;
}

type ValuePair = readonly [number | null, number | null];

function valuesByKey(
  pair: PreparedPair,
  key: string,
): { metric: MetricId; valuesOf: (index: number) => ValuePair } {
  const place = pair.measures.findIndex((measure) => measure.key === key);
  if (place >= 0) {
    const { a, b } = pair.values;
    const known = (value: number) => (Number.isNaN(value) ? null : value);
    return {
      metric: pair.measures[place]!.metric,
      valuesOf: (index) => [known(a.values[place]![index]!), known(b.values[place]![index]!)],
    };
  }
  const groups = pair.texts.groups.filter((group) => textKey(group, pair.texts) === key);
  const rates = new Map<PairedItem, ValuePair>();
  for (const { items } of groups) {
    for (const { item, length, a, b } of items) {
      const share = (errors: number) => (length === 0 ? null : errors / length);
      rates.set(item, [share(a.errors), share(b.errors)]);
    }
  }
  return {
    metric: groups[0]?.headline ?? 'error_rate',
    valuesOf: (index) => rates.get(pair.pairing.shared[index]!) ?? [null, null],
  };
}

function utteranceChange(
  { pairing, outcomes }: PreparedPair,
  index: number,
  [valueA, valueB]: ValuePair,
): UtteranceChange {
  const { id, a, b } = pairing.shared[index]!;
  return {
    id,
    a: valueA,
    b: valueB,
    delta: valueA === null || valueB === null ? null : valueB - valueA,
    statusA: outcomes.a[index]!,
    statusB: outcomes.b[index]!,
    sessionsA: a.sessions.map((session) => session.id),
    sessionsB: b.sessions.map((session) => session.id),
  };
}
