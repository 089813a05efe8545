import { samplesPerPeak } from '../../../src/timeline/timelineMessages.ts';
import type { AudioPicture } from '../canvas/audioPictures.ts';
import type { Track } from '../canvas/layout.ts';
import { drawNote } from './drawNote.ts';
import type { Scene } from './scene.ts';
import { drawSpectrogram } from './drawSpectrogram.ts';

/** Quieter recordings are not blown up beyond this share of full scale. */
const leastPeak = 0.02 * 32768;
/** Points are drawn where samples are this far apart, CSS pixels. */
const dotSpacingPx = 6;

/** The audio as it was sent: waveform, or spectrogram where that is wanted. */
export function drawWaveform(scene: Scene, track: Track): void {
  const picture = scene.audio.get(track.audioKey);
  if (!picture || picture.audio.totalSamples === 0) {
    drawNote(scene, track, picture?.audio.problem ?? 'Preparing the audio …');
    return;
  }
  if (scene.state.showsSpectrogram) drawSpectrogram(scene, track, picture);
  else drawWave(scene, track, picture);
}

function drawWave(scene: Scene, track: Track, picture: AudioPicture): void {
  const { context, plot, palette } = scene;
  const { sampleRateHz } = picture.audio;
  const samplesPerPx = (plot.msPerPx / 1000) * sampleRateHz;
  const whole = picture.peaks.minMaxOf(0, picture.peaks.totalSamples);
  const peak = Math.max(leastPeak, whole?.max ?? 0, -(whole?.min ?? 0));
  const middle = plot.snap(track.bodyTop + track.bodyHeight / 2);
  const scale = (track.bodyHeight / 2 - 2) / peak;
  context.fillStyle = palette.faintLine;
  context.fillRect(plot.left, middle, plot.width, 1 / plot.ratio);
  context.fillStyle = palette.wave;
  const first = (plot.view.startMs / 1000) * sampleRateHz;
  const last = (plot.view.endMs / 1000) * sampleRateHz;
  const hasSamples = samplesPerPx < samplesPerPeak && picture.samples.prepare(first - 1, last + 2);
  if (hasSamples && samplesPerPx < 1) {
    drawCurve(scene, picture, { first, last, middle, scale });
    return;
  }
  const source = hasSamples ? picture.samples : picture.peaks;
  for (let column = 0; column < plot.width; column += 1) {
    const from = first + column * samplesPerPx;
    const found = source.minMaxOf(from, from + samplesPerPx);
    if (!found) continue;
    const height = Math.max(1, (found.max - found.min) * scale);
    context.fillRect(plot.left + column, middle - found.max * scale, 1, height);
  }
}

interface Curve {
  first: number;
  last: number;
  middle: number;
  scale: number;
}

/** Sample by sample, joined by lines. */
function drawCurve(scene: Scene, picture: AudioPicture, curve: Curve): void {
  const { context, plot, palette } = scene;
  const { sampleRateHz, totalSamples } = picture.audio;
  const from = Math.max(0, Math.floor(curve.first) - 1);
  const to = Math.min(totalSamples - 1, Math.ceil(curve.last) + 1);
  const spacing = (plot.pxPerMs * 1000) / sampleRateHz;
  context.strokeStyle = palette.wave;
  context.lineWidth = 1.25;
  context.setLineDash([]);
  context.beginPath();
  for (let sample = from; sample <= to; sample += 1) {
    const x = plot.exactX((sample / sampleRateHz) * 1000);
    const y = curve.middle - (picture.samples.at(sample) ?? 0) * curve.scale;
    context.lineTo(x, y);
    if (spacing >= dotSpacingPx) context.fillRect(x - 1.5, y - 1.5, 3, 3);
  }
  context.stroke();
}
