import { alignTokens } from '../metrics/text/alignTokens.ts';
import type { AlignmentChunkType } from '../metrics/text/alignment.ts';

export type WordOperation = AlignmentChunkType;

/** How two sequences of words compare, word by word. */
export interface WordAlignment {
  /** For each reference word what became of it. */
  reference: WordOperation[];
  /** For each shown word what it is. */
  shown: WordOperation[];
  /** For each reference word the place of the shown word that is equal or stands for it, or -1. */
  shownPlace: Int32Array;
  /** For each shown word the place of the reference word it equals, or -1. */
  equalTo: Int32Array;
}

/** Aligns words in the form they are compared by; docs/text-metrics.md says how. */
export function alignWords(reference: readonly string[], shown: readonly string[]): WordAlignment {
  const alignment: WordAlignment = {
    reference: [],
    shown: [],
    shownPlace: new Int32Array(reference.length).fill(-1),
    equalTo: new Int32Array(shown.length).fill(-1),
  };
  for (const { type, refStart, refEnd, hypStart, hypEnd } of alignTokens(reference, shown).chunks) {
    for (let at = refStart; at < refEnd; at++) {
      alignment.reference.push(type);
      if (type !== 'delete') alignment.shownPlace[at] = hypStart + at - refStart;
    }
    for (let at = hypStart; at < hypEnd; at++) {
      alignment.shown.push(type);
      if (type === 'equal') alignment.equalTo[at] = refStart + at - hypStart;
    }
  }
  return alignment;
}
