import type { AudioPictures } from '../canvas/audioPictures.ts';
import type { Track } from '../canvas/layout.ts';
import type { Palette } from '../canvas/palette.ts';
import type { PixelBins } from '../canvas/pixelBins.ts';
import type { Plot } from '../canvas/plot.ts';
import type { TimelineState } from '../timelineState.ts';
import type { TextPen } from './textPen.ts';

/** What every track is drawn with. */
export interface Scene {
  context: CanvasRenderingContext2D;
  plot: Plot;
  palette: Palette;
  text: TextPen;
  /** Shared by all tracks, one after the other. */
  bins: PixelBins;
  state: TimelineState;
  audio: AudioPictures;
}

/** Draws one track; its place on the surface is that of the track less the scroll position. */
export type DrawTrack = (scene: Scene, track: Track) => void;
