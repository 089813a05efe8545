import type { AudioPicture } from '../canvas/audioPictures.ts';
import type { Track } from '../canvas/layout.ts';
import type { Palette } from '../canvas/palette.ts';
import type { SpectrogramLevels } from '../canvas/spectrogramTiles.ts';
import type { Scene } from './scene.ts';

interface Picture {
  palette: Palette;
  canvas: HTMLCanvasElement;
}

/** One picture per tile that is kept, in the colours it was made in. */
const pictures = new WeakMap<SpectrogramLevels, Picture>();

/** Tiles of the spectrogram that have arrived; the others are asked for by asking for them. */
export function drawSpectrogram(scene: Scene, track: Track, picture: AudioPicture): void {
  const { context, plot, palette } = scene;
  const { totalSamples, sampleRateHz } = picture.audio;
  const audioMs = (totalSamples / sampleRateHz) * 1000;
  context.save();
  context.beginPath();
  const left = plot.x(0);
  context.rect(left, track.bodyTop, plot.x(audioMs) - left, track.bodyHeight);
  context.clip();
  for (const { levels } of picture.spectrogram.tilesFor(plot.view, plot.msPerPx, audioMs)) {
    if (!levels) continue;
    const x = plot.exactX(levels.fromMs);
    const width = plot.exactX(levels.toMs) - x;
    context.drawImage(pictureOf(levels, palette), x, track.bodyTop, width, track.bodyHeight);
  }
  context.restore();
}

function pictureOf(levels: SpectrogramLevels, palette: Palette): HTMLCanvasElement {
  const known = pictures.get(levels);
  if (known?.palette === palette) return known.canvas;
  const canvas = document.createElement('canvas');
  canvas.width = levels.columns;
  canvas.height = levels.bins;
  canvas.getContext('2d')!.putImageData(imageOf(levels, palette), 0, 0);
  pictures.set(levels, { palette, canvas });
  return canvas;
}

/** Low frequencies at the bottom. */
function imageOf({ levels, columns, bins }: SpectrogramLevels, palette: Palette): ImageData {
  const image = new ImageData(columns, bins);
  const pixels = new Uint32Array(image.data.buffer);
  const colours = new Uint32Array(palette.spectrogram.buffer);
  for (let column = 0; column < columns; column += 1) {
    for (let bin = 0; bin < bins; bin += 1) {
      pixels[(bins - 1 - bin) * columns + column] = colours[levels[column * bins + bin] ?? 0]!;
    }
  }
  return image;
}
