import { lowerBound } from '../canvas/columnSearch.ts';
import { laneColumns } from '../canvas/laneColumns.ts';
import { laneLook } from '../canvas/palette.ts';
import type { Scene } from './scene.ts';

/** Lines closer than this are left out, CSS pixels. */
const leastSpacingPx = 4;

/**
 * Lines from where words end in the audio to where their texts arrived: the more they lean, the
 * longer the lag.
 *
 * @param fromY of the words
 * @param toY of the arrivals
 */
export function drawConnectors(scene: Scene, lane: number, fromY: number, toY: number): void {
  const { context, plot, palette, state } = scene;
  const session = state.lanes[lane]!;
  const { lags } = laneColumns(session);
  const from = lowerBound(lags.atMs, plot.view.startMs);
  const to = lowerBound(lags.atMs, plot.view.endMs + Math.max(0, lags.most));
  const { colour, dash } = laneLook(palette, lane);
  context.strokeStyle = state.layout === 'overlaid' ? colour : palette.connector;
  context.setLineDash(state.layout === 'overlaid' ? [...dash] : []);
  context.lineWidth = 1;
  context.beginPath();
  let last = -Infinity;
  for (let i = from; i < to; i += 1) {
    const { endMs, arrivalMs } = session.lags[i]!;
    const x = plot.exactX(arrivalMs);
    if (x - last < leastSpacingPx || endMs > plot.view.endMs) continue;
    context.moveTo(plot.exactX(endMs), fromY);
    context.lineTo(x, toY);
    last = x;
  }
  context.stroke();
  context.setLineDash([]);
}
