import type { Micros } from '../trace/sessionTrace.ts';
import { applyStep, finalWords, type WordStep } from './wordSteps.ts';

/** When a word of the final text was shown. */
export interface WordEmission {
  /** T_first: first time its position showed it. A word counts once its last character is there. */
  firstUs: Micros;
  /** T_stable: since when its position has shown it without a break. */
  stableUs: Micros;
}

/** Emission of every word displayed at the end, in order. Linear in the text that changed. */
export function wordEmissions(steps: readonly WordStep[]): WordEmission[] {
  const last = finalWords(steps);
  const firstUs = new Array<Micros | null>(last.length).fill(null);
  const stableUs = new Array<Micros | null>(last.length).fill(null);
  const shown: string[] = [];
  for (const step of steps) {
    const lengthBefore = shown.length;
    applyStep(shown, step);
    const changedTo = Math.min(last.length, Math.max(lengthBefore, shown.length));
    for (let k = step.keptWords; k < changedTo; k++) {
      if (shown[k] !== last[k]) {
        stableUs[k] = null;
      } else {
        firstUs[k] ??= step.atUs;
        stableUs[k] ??= step.atUs;
      }
    }
  }
  // At the end every position shows its word, so both times are known.
  return last.map((_, k) => ({ firstUs: firstUs[k]!, stableUs: stableUs[k]! }));
}
