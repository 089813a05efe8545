import { referenceColumns } from '../canvas/laneColumns.ts';
import type { Track } from '../canvas/layout.ts';
import { drawWordBoxes, type WordMark } from './drawWordBoxes.ts';
import type { Scene } from './scene.ts';

/** Words of the reference where they were spoken, marked as the lane in focus got them. */
export function drawReference(scene: Scene, track: Track): void {
  const { state, palette } = scene;
  const sessions = track.lanes.map((lane) => state.lanes[lane]!);
  const chosen = sessions.find(({ key }) => key === state.selection.lane);
  const words =
    chosen?.referenceWords ?? sessions.find(({ referenceWords }) => referenceWords)?.referenceWords;
  if (!words) return;
  drawWordBoxes(scene, {
    top: track.bodyTop,
    height: track.bodyHeight,
    columns: referenceColumns(words),
    lookOf: (place) => {
      const { text, operation } = words[place]!;
      const mark: WordMark = operation === null || operation === 'equal' ? 'none' : operation;
      return {
        text,
        mark,
        fill: palette.word,
        edge: palette.dim,
        isDashed: false,
        revisions: 0,
      };
    },
  });
}
