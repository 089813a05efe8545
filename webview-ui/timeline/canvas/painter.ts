import type { TimelineState } from '../timelineState.ts';
import { axisHeight, drawAxis } from '../tracks/drawAxis.ts';
import { drawOverview } from '../tracks/drawOverview.ts';
import { activeLane, drawTracks } from '../tracks/drawTracks.ts';
import type { Scene } from '../tracks/scene.ts';
import { TextPen } from '../tracks/textPen.ts';
import type { AudioPictures } from './audioPictures.ts';
import type { TrackLayout } from './layout.ts';
import { readPalette, type Palette } from './palette.ts';
import { PixelBins } from './pixelBins.ts';
import type { Plot } from './plot.ts';
import { Surface } from './surface.ts';

/** Draws state onto the three surfaces, in the colours of the theme. */
export class Painter {
  readonly axis = new Surface('timeline-axis');
  readonly tracks = new Surface('timeline-drawing');
  readonly minimap: Surface;
  readonly #audio: AudioPictures;
  readonly #bins = new PixelBins();
  #palette: Palette = readPalette();
  #pens = new Map<Surface, TextPen>();

  constructor(audio: AudioPictures, minimap: Surface) {
    this.#audio = audio;
    this.minimap = minimap;
  }

  rereadTheme(): void {
    this.#palette = readPalette();
    this.#pens = new Map();
  }

  /** What drawing on a surface takes. */
  scene(surface: Surface, plot: Plot, state: TimelineState): Scene {
    const { context } = surface;
    const text = this.#pens.get(surface) ?? new TextPen(context, this.#palette.fonts);
    this.#pens.set(surface, text);
    const [palette, bins, audio] = [this.#palette, this.#bins, this.#audio];
    return { context, plot, palette, text, bins, state, audio };
  }

  /**
   * Draws axis and tracks.
   *
   * @param scrollTop of the tracks, on a boundary of device pixels
   */
  paint(state: TimelineState, plot: Plot, layout: TrackLayout, scrollTop: number): void {
    const axis = this.scene(this.axis, plot, state);
    const markers = state.lanes[activeLane(axis)]?.markers ?? [];
    drawAxis(axis, markers, axisHeight(state.lanes, plot.right));
    const tracks = this.scene(this.tracks, plot, state);
    const { ratio, height } = this.tracks;
    tracks.context.setTransform(ratio, 0, 0, ratio, 0, -scrollTop * ratio);
    drawTracks(tracks, layout, scrollTop, height);
  }

  paintMinimap(state: TimelineState, plot: Plot): void {
    drawOverview(this.scene(this.minimap, plot, state), this.minimap.height);
  }
}
