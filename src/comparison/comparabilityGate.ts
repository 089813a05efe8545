import type { MetricId } from '../metrics/registry/metricRegistry.ts';
import type { Condition } from './condition.ts';
import { measuringConditions } from './measuringConditions.ts';
import { isInScope, scopeText } from './metricScope.ts';
import type { Pairing } from './pairSessions.ts';
import type { RunSide } from './runSide.ts';
import { systemConditions } from './systemConditions.ts';

export interface ConditionDifference extends Omit<Condition, 'differs'> {
  /** A sentence with both values and what it means for which metrics. */
  message: string;
}

/** Whether two runs were measured alike enough to be compared. */
export interface ComparabilityGate {
  /** Hard ones first. */
  differences: ConditionDifference[];
  /** Every condition that was looked at, in the order to show them. */
  conditions: Condition[];
}

/** Holds the conditions of two runs beside each other; docs/comparing.md, "Comparability". */
export function comparabilityGate(a: RunSide, b: RunSide, pairing: Pairing): ComparabilityGate {
  const conditions = [...measuringConditions(a, b, pairing), ...systemConditions(a, b)];
  const differences = conditions.filter(({ differs }) => differs).map(difference);
  const hard = differences.filter(({ severity }) => severity === 'hard');
  const soft = differences.filter(({ severity }) => severity === 'soft');
  return { conditions, differences: [...hard, ...soft] };
}

/** The hard differences that forbid comparing a metric; empty where there are none. */
export function hardDifferences(gate: ComparabilityGate, metric: MetricId): ConditionDifference[] {
  return gate.differences.filter(
    ({ severity, scope }) => severity === 'hard' && isInScope(metric, scope),
  );
}

function difference({ id, what, severity, scope, a, b }: Condition): ConditionDifference {
  const consequence =
    severity === 'hard'
      ? `Not compared: ${scopeText(scope)}.`
      : `It may be the reason for a change in ${scopeText(scope)}.`;
  return { id, what, severity, scope, a, b, message: `${what}: ${a} → ${b}. ${consequence}` };
}
