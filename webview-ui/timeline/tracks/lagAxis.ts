import { roundUp } from '../../shared/roundUp.ts';
import type { ValueColumns } from '../canvas/laneColumns.ts';
import type { Track } from '../canvas/layout.ts';

/** Room above the greatest value. */
const headroomPx = 4;

export interface ValueAxis {
  least: number;
  most: number;
  y: (value: number) => number;
}

/** Value axis of a track of lags: from 0, or the least where text came early, to a round value. */
export function lagAxis(track: Track, columns: readonly ValueColumns[]): ValueAxis {
  const most = roundUp(Math.max(1, ...columns.map((each) => each.most)));
  const early = Math.min(0, ...columns.map((each) => each.least));
  const least = early < 0 ? -roundUp(-early) : 0;
  const bottom = track.bodyTop + track.bodyHeight - 2;
  const scale = (track.bodyHeight - 2 - headroomPx) / (most - least);
  return { least, most, y: (value) => bottom - (value - least) * scale };
}
