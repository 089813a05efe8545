import { elapsedOnAxisMs } from '../../../src/timeline/axis.ts';
import { DisplayedTexts } from '../../../src/timeline/displayedTexts.ts';
import type { Stretch, TimelineSession } from '../../../src/timeline/timelineSession.ts';
import type { Alignment } from './threeWayWords.ts';

/** A word of the reference that both runs showed. */
export interface ArrivalDifference {
  text: string;
  /** Where it was said; where that is not known, when it arrived first. Milliseconds on the axis. */
  at: Stretch;
  /** Real milliseconds that B showed it later; below 0: earlier. */
  deltaMs: number;
}

/**
 * How much later B showed each word, in the order of the reference.
 *
 * @param speed of the audio, `×` real time; null where arrivals do not relate to it
 */
export function arrivalDifferences(
  alignment: Alignment | null,
  speed: number | null,
): ArrivalDifference[] {
  return (alignment?.columns ?? []).flatMap(({ reference, times }) => {
    if (reference === null || !times) return [];
    const { startMs, endMs, arrivedMsA, arrivedMsB } = times;
    if (arrivedMsA === null || arrivedMsB === null) return [];
    const first = Math.min(arrivedMsA, arrivedMsB);
    const at = { startMs: startMs ?? first, endMs: endMs ?? startMs ?? first };
    const deltaMs = elapsedOnAxisMs({ speed }, arrivedMsA, arrivedMsB);
    return [{ text: reference, at, deltaMs }];
  });
}

/** How many more characters B shows than A, from a time on until the next. */
export interface LengthDifferences {
  atMs: Float64Array;
  /** UTF-16 units. */
  chars: Float64Array;
}

export function lengthDifferences(a: TimelineSession, b: TimelineSession): LengthDifferences {
  const [textsA, textsB] = [new DisplayedTexts(a.deltas), new DisplayedTexts(b.deltas)];
  const times = new Set([...a.deltas.atMs, ...b.deltas.atMs]);
  const atMs = Float64Array.from(times).sort();
  const charsAt = (texts: DisplayedTexts, ms: number) => texts.charsAfter(texts.deltaAt(ms));
  return { atMs, chars: atMs.map((ms) => charsAt(textsB, ms) - charsAt(textsA, ms)) };
}
