import { elapsedOnAxisMs } from '../../../src/timeline/axis.ts';
import { duration } from '../../../src/timeline/formatTime.ts';
import type { TimelineSession } from '../../../src/timeline/timelineSession.ts';
import { laneColumns } from '../canvas/laneColumns.ts';
import type { Track } from '../canvas/layout.ts';
import { lagAxis } from './lagAxis.ts';

/** What a height of a track stands for. */
export interface ScaleLabel {
  text: string;
  /** CSS pixels from the top of all tracks. */
  y: number;
}

/** Labels closer than this would lie upon each other, CSS pixels. */
const apartPx = 12;

/** The values of a track's scale, the greatest first; none where heights stand for nothing. */
export function scaleLabels(track: Track, sessions: readonly TimelineSession[]): ScaleLabel[] {
  const lanes = track.lanes.map((lane) => sessions[lane]!);
  const top = track.bodyTop + 9;
  const passed = (ms: number) => duration(lanes[0] ? elapsedOnAxisMs(lanes[0], 0, ms) : ms);
  if (track.kind === 'gaps') {
    const most = greatestGap(lanes);
    return most > 0 ? [{ text: passed(Math.round(most)), y: top }] : [];
  }
  if (track.kind !== 'lag') return [];
  const lags = lanes.map((lane) => laneColumns(lane).lags);
  if (lags.every(({ values }) => values.length === 0)) return [];
  const { least, most, y } = lagAxis(track, lags);
  const bottom = track.bodyTop + track.bodyHeight - 6;
  const labels = [
    { text: passed(most), y: top },
    { text: least < 0 ? passed(least) : '0', y: bottom },
  ];
  const hasRoom = y(0) - top >= apartPx && bottom - y(0) >= apartPx;
  return least < 0 && hasRoom ? labels.toSpliced(1, 0, { text: '0', y: y(0) }) : labels;
}

/** By which all lanes of a track are scaled; `-Infinity` without gaps. */
export function greatestGap(lanes: readonly TimelineSession[]): number {
  return Math.max(...lanes.map((lane) => laneColumns(lane).gaps.most));
}
