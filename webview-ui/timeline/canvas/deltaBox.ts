import { rowOf, type Track } from './layout.ts';

interface Row {
  top: number;
  height: number;
}

/** Below the boxes: ticks of messages without text. */
const blankStripPx = 4;

/** Where in a track of deltas the boxes of a lane and its ticks lie. */
export function deltaRows(track: Track, lane: number): { boxes: Row; blanks: Row } {
  const row = rowOf(track, lane);
  const height = row.height - blankStripPx - 4;
  return {
    boxes: { top: row.top + 2, height },
    blanks: { top: row.top + 2 + height + 1, height: blankStripPx },
  };
}
