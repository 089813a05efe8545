import { laneColumns } from '../canvas/laneColumns.ts';
import { laneLook } from '../canvas/palette.ts';
import { drawDensity } from './drawDensity.ts';
import { isProblem } from './drawEvents.ts';
import type { Scene } from './scene.ts';
import { drawShape } from './shapes.ts';

/** The upper part is for the audio, the lower for the lanes. */
const waveShare = 0.5;

/** All of the axis: waveform, density of deltas, stalls and errors. */
export function drawOverview(scene: Scene, height: number): void {
  const { context, plot, palette, state } = scene;
  context.fillStyle = palette.background;
  context.fillRect(plot.left, 0, plot.width, height);
  const waveHeight = Math.round(height * waveShare);
  const first = state.lanes[0];
  if (first) drawWave(scene, first.audioKey, waveHeight);
  const laneHeight = (height - waveHeight - 2) / Math.max(1, state.lanes.length);
  for (const lane of state.lanes.keys()) {
    drawLane(scene, lane, { top: waveHeight + 1 + lane * laneHeight, height: laneHeight });
  }
}

function drawWave({ context, plot, palette, audio }: Scene, audioKey: string, height: number) {
  const picture = audio.get(audioKey);
  if (!picture || picture.audio.totalSamples === 0) return;
  const samplesPerMs = picture.audio.sampleRateHz / 1000;
  const { peaks } = picture;
  const whole = peaks.minMaxOf(0, peaks.totalSamples);
  const scale = (height / 2 - 1) / Math.max(600, whole?.max ?? 0, -(whole?.min ?? 0));
  context.fillStyle = palette.wave;
  for (let column = 0; column < plot.width; column += 1) {
    const from = plot.ms(plot.left + column) * samplesPerMs;
    const found = peaks.minMaxOf(from, from + plot.msPerPx * samplesPerMs);
    if (!found) continue;
    const bar = Math.max(1, (found.max - found.min) * scale);
    context.fillRect(plot.left + column, height / 2 - found.max * scale, 1, bar);
  }
}

function drawLane(scene: Scene, lane: number, row: { top: number; height: number }): void {
  const { context, plot, palette, bins, state } = scene;
  const session = state.lanes[lane]!;
  const { atMs } = session.deltas;
  const { isBlank } = laneColumns(session).deltas;
  const { colour } = laneLook(palette, lane);
  context.fillStyle = palette.bad;
  for (const { startMs, endMs } of session.stalls) {
    const x = plot.x(startMs);
    context.fillRect(x, row.top, Math.max(1, plot.x(endMs) - x), 2);
  }
  bins.reset(plot.left, plot.width);
  for (let i = 0; i < atMs.length; i += 1) {
    if (!isBlank[i]) bins.add(plot.exactX(atMs[i]!), 1);
  }
  drawDensity(scene, { top: row.top + 3, height: Math.max(1, row.height - 3) }, () => ({
    colour,
    isFull: false,
  }));
  const y = row.top + row.height / 2;
  for (const event of session.events) {
    if (isProblem(event)) {
      drawShape(context, 'cross', palette.bad, { x: plot.x(event.atMs), y, r: 3 });
    }
  }
}
