import type { TimelineDeltas } from '../timeline/timelineSession.ts';
import type { TextStretch } from './transcript.ts';

/** A stretch of the text as it ended, and the delta that wrote it. */
export interface WrittenPiece extends TextStretch {
  delta: number;
}

/** Which delta wrote what of the text that is left at the end. Linear in the deltas. */
export function writtenPieces({ keptChars, texts }: TimelineDeltas): WrittenPiece[] {
  const pieces: WrittenPiece[] = [];
  texts.forEach((text, delta) => {
    const kept = keptChars[delta]!;
    while (pieces.length > 0 && pieces.at(-1)!.startChars >= kept) pieces.pop();
    const last = pieces.at(-1);
    if (last && last.endChars > kept) last.endChars = kept;
    if (text !== '') pieces.push({ startChars: kept, endChars: kept + text.length, delta });
  });
  return pieces;
}
