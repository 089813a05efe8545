import { roundUp } from '../../shared/roundUp.ts';
import { referenceColumns } from '../../timeline/canvas/laneColumns.ts';
import { lowerBound } from '../../timeline/canvas/columnSearch.ts';
import { laneLook } from '../../timeline/canvas/palette.ts';
import { drawWordBoxes } from '../../timeline/tracks/drawWordBoxes.ts';
import type { Scene } from '../../timeline/tracks/scene.ts';
import type { ReferenceWord } from '../../../src/timeline/timelineSession.ts';
import type { ArrivalDifference, LengthDifferences } from './arrivalDifferences.ts';

/** All that the difference of two sessions shows. */
export interface DifferenceModel {
  letters: readonly [string, string];
  words: readonly ReferenceWord[];
  arrivals: readonly ArrivalDifference[];
  /** Null where a session is missing. */
  lengths: LengthDifferences | null;
  /** Differences of at most this many milliseconds do not matter; 0 where none is known. */
  noiseMs: number;
}

interface Band {
  top: number;
  height: number;
}

const wordsPx = 22;
const labelPx = 16;
const gapPx = 4;

/** Where the parts lie; CSS pixels from the top. */
export interface DifferenceLayout {
  words: Band | null;
  arrivals: Band;
  lengths: Band;
}

export function differenceLayout(
  { words }: Pick<DifferenceModel, 'words'>,
  height: number,
): DifferenceLayout {
  const top = words.length > 0 ? wordsPx + gapPx : 0;
  const room = Math.max(40, height - top - 2 * labelPx - gapPx);
  const arrivals = { top: top + labelPx, height: Math.round(room * 0.58) };
  const after = arrivals.top + arrivals.height + gapPx + labelPx;
  return {
    words: words.length > 0 ? { top: 0, height: wordsPx } : null,
    arrivals,
    lengths: { top: after, height: Math.max(16, height - after - 2) },
  };
}

/** How B differs from A: word by word, and in how much text there is. Up is later, and more. */
export function drawDifference(scene: Scene, model: DifferenceModel, height: number): void {
  const { context, plot, palette } = scene;
  context.fillStyle = palette.background;
  context.fillRect(0, 0, plot.right, height);
  const layout = differenceLayout(model, height);
  if (layout.words) drawWords(scene, model.words, layout.words);
  drawArrivals(scene, model, layout.arrivals);
  drawLengths(scene, model, layout.lengths);
}

function drawWords(scene: Scene, words: readonly ReferenceWord[], { top, height }: Band): void {
  const { palette } = scene;
  drawWordBoxes(scene, {
    top,
    height,
    columns: referenceColumns(words),
    lookOf: (place) => ({
      text: words[place]!.text,
      mark: 'none',
      fill: palette.word,
      edge: palette.dim,
      isDashed: false,
      revisions: 0,
    }),
  });
}

function drawArrivals(scene: Scene, model: DifferenceModel, band: Band): void {
  const { context, plot, palette } = scene;
  const { arrivals, noiseMs, letters } = model;
  drawTitle(scene, band, `${letters[1]} shows words later ▲ or earlier ▼ than ${letters[0]}`);
  const reach = arrivalReach(model);
  const y = scaleOf(band, reach);
  if (noiseMs > 0) {
    context.fillStyle = palette.word;
    context.fillRect(plot.left, y(noiseMs), plot.width, y(-noiseMs) - y(noiseMs));
    context.fillStyle = palette.faintLine;
    for (const edge of [noiseMs, -noiseMs]) {
      context.fillRect(plot.left, plot.snap(y(edge)), plot.width, 1 / plot.ratio);
    }
  }
  for (const { at, deltaMs } of arrivals) {
    if (at.endMs < plot.view.startMs || at.startMs > plot.view.endMs) continue;
    const x = Math.max(plot.left, plot.x(at.startMs));
    const width = Math.max(2, plot.x(at.endMs) - x - 1);
    const isNoise = Math.abs(deltaMs) <= noiseMs;
    const colour = deltaMs > 0 ? palette.bad : palette.good;
    context.fillStyle = isNoise ? palette.dim : colour;
    context.fillRect(
      x,
      Math.min(y(0), y(deltaMs)),
      width,
      Math.max(1, Math.abs(y(deltaMs) - y(0))),
    );
  }
  drawZero(scene, y(0));
  drawScale(scene, band, { top: `+${reach} ms`, bottom: `−${reach} ms` });
  if (arrivals.length === 0)
    drawHint(scene, band, 'It is not known of any word when both showed it.');
}

/** The end of the scale, milliseconds. */
function arrivalReach({ arrivals, noiseMs }: DifferenceModel): number {
  return roundUp(
    arrivals.reduce((most, each) => Math.max(most, Math.abs(each.deltaMs)), noiseMs || 1),
  );
}

function drawLengths(scene: Scene, { lengths, letters }: DifferenceModel, band: Band): void {
  const { context, plot, palette } = scene;
  drawTitle(scene, band, `${letters[1]} shows more ▲ or fewer ▼ characters than ${letters[0]}`);
  if (!lengths) {
    drawHint(scene, band, 'One of the sessions is missing.');
    return;
  }
  const { atMs, chars } = lengths;
  const reach = roundUp(chars.reduce((most, each) => Math.max(most, Math.abs(each)), 1));
  const y = scaleOf(band, reach);
  const from = Math.max(0, lowerBound(atMs, plot.view.startMs) - 1);
  const to = Math.min(atMs.length, lowerBound(atMs, plot.view.endMs) + 1);
  const { colour, fill } = laneLook(palette, 1);
  const line = new Path2D();
  context.fillStyle = fill;
  for (let at = from; at < to; at += 1) {
    const left = Math.max(plot.left, plot.x(atMs[at]!));
    const right = Math.min(plot.right, plot.x(atMs[at + 1] ?? plot.view.endMs));
    if (right < left) continue;
    const top = y(chars[at]!);
    context.fillRect(left, Math.min(top, y(0)), right - left, Math.abs(top - y(0)));
    line.lineTo(left, top);
    line.lineTo(right, top);
  }
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.stroke(line);
  drawZero(scene, y(0));
  drawScale(scene, band, { top: `+${reach}`, bottom: `−${reach}` });
}

/** Zero in the middle. */
function scaleOf({ top, height }: Band, reach: number): (value: number) => number {
  return (value) => top + height / 2 - (value / reach) * (height / 2);
}

function drawTitle({ context, plot, palette, text }: Scene, { top }: Band, title: string): void {
  context.fillStyle = palette.dim;
  text.draw(title, 'small', plot.left + 4, top - labelPx / 2, plot.width - 8);
}

function drawHint({ context, plot, palette, text }: Scene, { top, height }: Band, hint: string) {
  context.fillStyle = palette.dim;
  text.draw(hint, 'small', plot.left + 6, top + height / 4, plot.width - 12);
}

function drawZero({ context, plot, palette }: Scene, y: number): void {
  context.fillStyle = palette.dim;
  context.fillRect(plot.left, plot.snap(y), plot.width, 1 / plot.ratio);
}

/** Ends of the scale: beside it, or within where there is no room beside. */
function drawScale(
  { context, plot, palette, text }: Scene,
  { top, height }: Band,
  ends: { top: string; bottom: string },
): void {
  context.fillStyle = palette.dim;
  const left = (label: string) =>
    plot.left > 0 ? plot.left - 6 - text.width(label, 'small') : plot.left + 4;
  text.draw(ends.top, 'small', left(ends.top), top + 6);
  text.draw(ends.bottom, 'small', left(ends.bottom), top + height - 6);
  if (plot.left > 0) text.draw('0', 'small', left('0'), top + height / 2);
}
