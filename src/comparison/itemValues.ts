import { countAbsence, type AbsenceCounts } from './absence.ts';
import type { Measure } from './measure.ts';
import type { ItemSide } from './pairSessions.ts';
import type { RunSide } from './runSide.ts';
import { sessionValues } from './sessionValues.ts';

/** The values of one run's utterances; those of repeats are averaged. */
export interface ItemValues {
  /** By measure, then by item; NaN where no session of the item has a value. */
  values: Float64Array[];
  /** By measure: sessions without a value, by reason. */
  absent: AbsenceCounts[];
}

/** What the items' sessions give for each measure. */
export function itemValues(
  items: readonly ItemSide[],
  side: RunSide,
  measures: readonly Measure[],
): ItemValues {
  const values = measures.map(() => new Float64Array(items.length).fill(NaN));
  const absent = measures.map((): AbsenceCounts => ({}));
  items.forEach(({ utterance, sessions }, item) => {
    const sums = measures.map(() => ({ sum: 0, count: 0 }));
    for (const session of sessions) {
      sessionValues(session, utterance, side, measures).forEach((value, measure) => {
        if (typeof value === 'string') {
          countAbsence(absent[measure]!, value);
          return;
        }
        sums[measure]!.sum += value;
        sums[measure]!.count += 1;
      });
    }
    sums.forEach(({ sum, count }, measure) => {
      if (count > 0) values[measure]![item] = sum / count;
    });
  });
  return { values, absent };
}
