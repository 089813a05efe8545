import type { Micros } from '../trace/sessionTrace.ts';
import { isMissing, missing, type Measured, type Missing } from './missingValue.ts';
import type { SessionTimeline, SpeechSpan } from './sessionTimeline.ts';
import { applyStep, finalWords, type WordStep } from './wordSteps.ts';

/** How often shown text was taken back, over one word form. */
export interface PartialStability {
  normalized_erasure: Measured;
  revision_events: Measured;
  revision_rate: Measured;
  stable_prefix_ratio: Measured;
  edit_overhead: Measured;
}

/** Words taken back and words added over all changes of the displayed text. */
export interface ErasureCounts {
  erasedWords: number;
  revisionEvents: number;
  addedWords: number;
  finalWords: number;
}

/**
 * Counts erasures with prefix semantics: every word behind the longest common prefix of two
 * consecutive texts was erased (Arivazhagan et al. 2020). A word that an append-only protocol
 * completes piece by piece was not erased.
 */
export function countErasures(steps: readonly WordStep[]): ErasureCounts {
  const counts = { erasedWords: 0, revisionEvents: 0, addedWords: 0, finalWords: 0 };
  for (const step of steps) {
    const lengthBefore = step.keptWords + step.removedWords;
    const lengthAfter = step.keptWords + step.addedWords.length;
    counts.finalWords = lengthAfter;
    if (step.appends) {
      counts.addedWords += lengthAfter - lengthBefore;
      continue;
    }
    counts.erasedWords += step.removedWords;
    counts.addedWords += step.addedWords.length;
    if (step.removedWords > 0) counts.revisionEvents++;
  }
  return counts;
}

/** Stability of the partial texts; `steps` are the timeline's raw or light ones. */
export function partialStability(
  timeline: SessionTimeline,
  steps: readonly WordStep[],
): PartialStability {
  const { speech } = timeline;
  const counts = countErasures(steps);
  if (counts.finalWords === 0) return withoutText();
  return {
    normalized_erasure: counts.erasedWords / counts.finalWords,
    revision_events: counts.revisionEvents,
    revision_rate: revisionRate(counts.revisionEvents, speech),
    stable_prefix_ratio: stablePrefixRatio(steps, lastFinalUs(timeline)),
    edit_overhead: (counts.erasedWords + counts.addedWords) / counts.finalWords,
  };
}

function withoutText(): PartialStability {
  const reason = missing('no_text');
  return {
    normalized_erasure: reason,
    revision_events: reason,
    revision_rate: reason,
    stable_prefix_ratio: reason,
    edit_overhead: reason,
  };
}

/** Per second of speech; under a millisecond of it is no speech to rate. */
function revisionRate(events: number, speech: SpeechSpan | Missing): Measured {
  if (isMissing(speech)) return speech;
  const speechMs = speech.endMs - speech.startMs;
  return speechMs < 1 ? missing('undefined_ratio') : (events * 1000) / speechMs;
}

function lastFinalUs({ finalUs }: SessionTimeline): Micros {
  return isMissing(finalUs) ? -Infinity : finalUs;
}

/**
 * Time average, from the first text to the final, of the share of shown words that are also
 * the beginning of the final text.
 */
function stablePrefixRatio(steps: readonly WordStep[], finalUs: Micros): Measured {
  const last = finalWords(steps);
  const startUs = steps.at(0)?.atUs ?? 0;
  const endUs = Math.max(finalUs, steps.at(-1)?.atUs ?? 0);
  if (endUs <= startUs) return missing('no_partial_text');
  const shown: string[] = [];
  let rightWords = 0;
  let weighted = 0;
  steps.forEach((step, index) => {
    applyStep(shown, step);
    rightWords = Math.min(rightWords, step.keptWords);
    while (rightWords < shown.length && shown[rightWords] === last[rightWords]) rightWords++;
    const isGrowing = step.appends && rightWords === shown.length - 1;
    const grows = isGrowing && last[rightWords]?.startsWith(shown[rightWords]!) === true;
    const share = (rightWords + (grows ? 1 : 0)) / Math.max(1, shown.length);
    const untilUs = steps[index + 1]?.atUs ?? endUs;
    weighted += share * (untilUs - step.atUs);
  });
  return weighted / (endUs - startUs);
}
