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
  const counts = new Int32Array(measures.length);
  items.forEach(({ utterance, sessions }, item) => {
    counts.fill(0);
    for (const session of sessions) {
      const own = sessionValues(session, utterance, side, measures);
      for (let measure = 0; measure < own.length; measure++) {
        const value = own[measure]!;
        if (typeof value === 'string') {
          countAbsence(absent[measure]!, value);
          continue;
        }
        const isFirst = counts[measure] === 0;
        const before = isFirst ? 0 : values[measure]![item]!;
        values[measure]![item] = before + value;
        counts[measure]! += 1;
      }
    }
    for (let measure = 0; measure < counts.length; measure++) {
      if (counts[measure]! > 1) values[measure]![item]! /= counts[measure]!;
    }
  });
  return { values, absent };
}
