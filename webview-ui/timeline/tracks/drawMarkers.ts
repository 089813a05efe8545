import type { TimelineMarker } from '../../../src/timeline/timelineSession.ts';
import type { Palette } from '../canvas/palette.ts';
import type { Scene } from './scene.ts';

export interface MarkerLook {
  colour: string;
  dash: readonly number[];
  width: number;
}

/** Each kind of marker has its own dashes as well as its own colour. */
export function markerLook(palette: Palette, id: TimelineMarker['id']): MarkerLook {
  const looks: Record<TimelineMarker['id'], MarkerLook> = {
    firstText: { colour: palette.wave, dash: [], width: 1 },
    endOfSpeech: { colour: palette.foreground, dash: [2, 3], width: 1 },
    endOfAudio: { colour: palette.dim, dash: [8, 4], width: 1 },
    finalCommit: { colour: palette.warning, dash: [8, 3, 2, 3], width: 1 },
    final: { colour: palette.final, dash: [], width: 2 },
  };
  return looks[id];
}

/** Lines at a lane's milestones between two heights. */
export function drawMarkers(
  { context, plot, palette }: Scene,
  markers: readonly TimelineMarker[],
  top: number,
  bottom: number,
): void {
  for (const { id, atMs } of markers) {
    if (!plot.shows(atMs)) continue;
    const { colour, dash, width } = markerLook(palette, id);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash([...dash]);
    const x = plot.x(atMs) + width / 2;
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, bottom);
    context.stroke();
  }
  context.setLineDash([]);
}
