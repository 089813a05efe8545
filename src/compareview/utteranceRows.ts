import type { PreparedPair } from '../comparison/preparePair.ts';
import { worstUtterances } from '../comparison/utteranceChanges.ts';
import type { UtteranceRow } from './compareView.ts';

/** All shared utterances by how much worse they became in a row of the comparison. */
export function utteranceRows(pair: PreparedPair, key: string): UtteranceRow[] {
  return worstUtterances(pair, key).map((change) => ({
    id: change.id,
    a: change.a,
    b: change.b,
    delta: change.delta,
    statusA: change.statusA,
    statusB: change.statusB,
    repeats: { a: change.sessionsA.length, b: change.sessionsB.length },
  }));
}
