import { laneColumns } from '../canvas/laneColumns.ts';
import { rowOf, type Track } from '../canvas/layout.ts';
import { laneLook } from '../canvas/palette.ts';
import { drawNote } from './drawNote.ts';
import { drawWordBoxes, type WordMark } from './drawWordBoxes.ts';
import type { Scene } from './scene.ts';

/** Height of the boxes; above them there may be room for lines to arrivals. CSS pixels. */
const boxesPx = 24;

/** Where the boxes of a lane's words lie. */
export function wordRow(track: Track, lane: number): { top: number; height: number } {
  const row = rowOf(track, lane);
  return { top: row.top + row.height - boxesPx, height: boxesPx };
}

/** Words of the text as it stands at the end, where they were spoken. */
export function drawWords(scene: Scene, track: Track): void {
  const { state, palette } = scene;
  for (const lane of track.lanes) {
    const session = state.lanes[lane]!;
    const { words: columns } = laneColumns(session);
    const { colour } = laneLook(palette, lane);
    if (columns.places.length === 0 && track.lanes.length === 1) {
      const isEmpty = session.words.length === 0;
      drawNote(scene, track, isEmpty ? 'No words.' : 'Nobody says when its words were spoken.');
    }
    drawWordBoxes(scene, {
      ...wordRow(track, lane),
      columns,
      lookOf: (place) => {
        const { text, operation, revisions, source } = session.words[place]!;
        const mark: WordMark = operation === null || operation === 'equal' ? 'none' : operation;
        const fill = revisions > 0 ? palette.heat[Math.min(revisions, 3)]! : palette.word;
        return { text, mark, fill, edge: colour, isDashed: source !== 'server', revisions };
      },
    });
  }
}
