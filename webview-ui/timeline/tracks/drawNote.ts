import type { Track } from '../canvas/layout.ts';
import type { Scene } from './scene.ts';

/** A dim line of text where a track has nothing to draw. */
export function drawNote(scene: Scene, track: Track, note: string): void {
  scene.context.fillStyle = scene.palette.dim;
  const { left, width } = scene.plot;
  const middle = track.bodyTop + track.bodyHeight / 2;
  scene.text.draw(note, 'small', left + 6, middle, width - 12);
}
