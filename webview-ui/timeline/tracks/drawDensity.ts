import type { Scene } from './scene.ts';

/** Colour, and what of the height it takes, of a column with these kinds of items. */
export type DensityStyle = (flags: number) => { colour: string; isFull: boolean };

/**
 * Draws what was counted per pixel column as bars: the higher the more. Full ones reach the top
 * whatever they count, so that what matters stays in sight among many.
 */
export function drawDensity(
  { context, bins }: Scene,
  { top, height }: { top: number; height: number },
  style: DensityStyle,
): void {
  const scale = 0.65 / Math.log2(1 + Math.max(1, bins.most));
  const bottom = top + height;
  let colour = '';
  bins.eachRun((x, width, count, flags) => {
    const look = style(flags);
    if (look.colour !== colour) context.fillStyle = colour = look.colour;
    const bar = look.isFull ? height : Math.round(height * (0.35 + Math.log2(1 + count) * scale));
    context.fillRect(x, bottom - bar, width, bar);
  });
}
