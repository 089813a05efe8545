export type Shape = 'square' | 'cross' | 'diamond' | 'circle' | 'triangle';

/** Where a shape is, in the context's pixels. */
export interface ShapePlace {
  x: number;
  y: number;
  /** Half its width. */
  size: number;
}

/** Makes a shape around a point the context's path, to stroke or to fill. */
export function traceShape(
  ctx: CanvasRenderingContext2D,
  shape: Shape,
  { x, y, size }: ShapePlace,
): void {
  ctx.beginPath();
  if (shape === 'square') ctx.rect(x - size, y - size, 2 * size, 2 * size);
  else if (shape === 'circle') ctx.arc(x, y, size, 0, 2 * Math.PI);
  else if (shape === 'diamond') {
    const far = size * 1.3;
    ctx.moveTo(x, y - far);
    ctx.lineTo(x + far, y);
    ctx.lineTo(x, y + far);
    ctx.lineTo(x - far, y);
    ctx.closePath();
  } else if (shape === 'triangle') {
    const far = size * 1.3;
    ctx.moveTo(x, y - far);
    ctx.lineTo(x + far, y + size);
    ctx.lineTo(x - far, y + size);
    ctx.closePath();
  } else {
    ctx.moveTo(x - size, y - size);
    ctx.lineTo(x + size, y + size);
    ctx.moveTo(x + size, y - size);
    ctx.lineTo(x - size, y + size);
  }
}

/** The place of a shape in the middle of a small canvas. */
export function middleOf({ canvas }: CanvasRenderingContext2D): ShapePlace {
  return { x: canvas.width / 2, y: canvas.height / 2, size: 4 * devicePixelRatio };
}
