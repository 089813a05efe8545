import type { MetricScope } from './metricScope.ts';

/** `hard`: the metrics it bears on are not compared. `soft`: they are, with a warning. */
export type Severity = 'hard' | 'soft';

/** Something that both runs have and that should be the same. */
export interface Condition {
  /** Stable. */
  id: string;
  /** For people, for example `Chunk length`. */
  what: string;
  severity: Severity;
  scope: MetricScope;
  /** For people. */
  a: string;
  b: string;
  differs: boolean;
}

type Kind = Pick<Condition, 'severity' | 'scope'>;

export const hardForAll: Kind = { severity: 'hard', scope: 'all' };
export const softForAll: Kind = { severity: 'soft', scope: 'all' };

/** A condition whose values, in words, must be the same. */
export function sameValue(
  id: string,
  what: string,
  kind: Kind,
  [a, b]: readonly [string, string],
): Condition {
  return { id, what, ...kind, a, b, differs: a !== b };
}
