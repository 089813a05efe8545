import { element } from '../../shared/element.ts';

const heightPx = 14;

/**
 * What something in a plot means, beside a sample of it.
 *
 * @param draw its sample, in the middle of a canvas `widthPx` wide; in the canvas' pixels
 */
export function legendItem(
  text: string,
  draw: (ctx: CanvasRenderingContext2D) => void,
  widthPx = heightPx,
): HTMLElement {
  const canvas = element('canvas', { class: 'legend-sample', aria: { hidden: true } });
  canvas.width = widthPx * devicePixelRatio;
  canvas.height = heightPx * devicePixelRatio;
  canvas.style.width = `${widthPx}px`;
  const ctx = canvas.getContext('2d')!;
  ctx.lineWidth = 2 * devicePixelRatio;
  draw(ctx);
  return element('li', {}, [canvas, element('span', { dir: 'auto' }, text)]);
}
