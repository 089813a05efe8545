import { comparabilityGate, type ComparabilityGate } from './comparabilityGate.ts';
import type { EndpointMatch } from './matchEndpoints.ts';
import { itemValues, type ItemValues } from './itemValues.ts';
import { measures, type Measure } from './measure.ts';
import { outcomesOf, type Outcomes } from './outcomes.ts';
import { pairSessions, type Pairing } from './pairSessions.ts';
import { runSide, type RunSide } from './runSide.ts';
import { textItems, type TextItems } from './textItems.ts';
import { metricFitsLoad } from '../runfile/metricFitsLoad.ts';
import type { RunReport } from '../runfile/runReport.ts';

/** Two endpoints' runs with all that comparing them needs; kept to answer questions later. */
export interface PreparedPair {
  a: RunSide;
  b: RunSide;
  pairing: Pairing;
  gate: ComparabilityGate;
  measures: readonly Measure[];
  /**
   * By measure and item. The first items of both are the shared ones, in the same order; those
   * that only one run has come behind.
   */
  values: { a: ItemValues; b: ItemValues };
  texts: TextItems;
  outcomes: Outcomes;
}

/**
 * Reads the values of two runs.
 *
 * @param keys the measures to read; null: all
 */
export function preparePair(
  [baseline, candidate]: readonly [RunReport, RunReport],
  match: EndpointMatch,
  keys: readonly string[] | null,
): PreparedPair {
  const a = runSide(baseline, match.baseline);
  const b = runSide(candidate, match.candidate);
  const pairing = pairSessions(a, b);
  const asked = keys ? measures.filter(({ key }) => keys.includes(key)) : usualMeasures(a, b);
  const itemsA = [...pairing.shared.map((item) => item.a), ...pairing.onlyA];
  const itemsB = [...pairing.shared.map((item) => item.b), ...pairing.onlyB];
  return {
    a,
    b,
    pairing,
    gate: comparabilityGate(a, b, pairing),
    measures: asked,
    values: { a: itemValues(itemsA, a, asked), b: itemValues(itemsB, b, asked) },
    texts: textItems(a, pairing.shared),
    outcomes: outcomesOf(pairing.shared),
  };
}

function usualMeasures(a: RunSide, b: RunSide): readonly Measure[] {
  return measures.filter(({ metric }) =>
    [a, b].some(({ run }) => metricFitsLoad(metric, run.plan.load)),
  );
}
