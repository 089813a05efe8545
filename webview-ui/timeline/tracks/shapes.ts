type Context = CanvasRenderingContext2D;

export type ShapeName =
  | 'circle'
  | 'ring'
  | 'square'
  | 'diamond'
  | 'playRight'
  | 'playLeft'
  | 'cross'
  | 'crossedRing'
  | 'check'
  | 'dash'
  | 'triangle'
  | 'halfCircle';

/** Small signs in the current fill and stroke colours, about a middle, of a radius in pixels. */
const shapes: Readonly<
  Record<ShapeName, (context: Context, x: number, y: number, r: number) => void>
> = {
  circle: (context, x, y, r) => {
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
    context.fill();
  },
  ring: (context, x, y, r) => {
    context.beginPath();
    context.arc(x, y, r - 0.5, 0, 2 * Math.PI);
    context.stroke();
  },
  halfCircle: (context, x, y, r) => {
    context.beginPath();
    context.arc(x, y, r - 0.5, 0, 2 * Math.PI);
    context.stroke();
    context.beginPath();
    context.arc(x, y, r - 0.5, Math.PI / 2, 1.5 * Math.PI);
    context.fill();
  },
  square: (context, x, y, r) => {
    context.fillRect(x - r, y - r, 2 * r, 2 * r);
  },
  diamond: (context, x, y, r) => {
    polygon(context, [x, y - r, x + r, y, x, y + r, x - r, y]);
    context.fill();
  },
  playRight: (context, x, y, r) => {
    polygon(context, [x - r * 0.7, y - r, x + r, y, x - r * 0.7, y + r]);
    context.fill();
  },
  playLeft: (context, x, y, r) => {
    polygon(context, [x + r * 0.7, y - r, x - r, y, x + r * 0.7, y + r]);
    context.fill();
  },
  triangle: (context, x, y, r) => {
    polygon(context, [x, y - r, x + r, y + r * 0.8, x - r, y + r * 0.8]);
    context.fill();
  },
  cross: (context, x, y, r) => {
    context.beginPath();
    context.moveTo(x - r, y - r);
    context.lineTo(x + r, y + r);
    context.moveTo(x + r, y - r);
    context.lineTo(x - r, y + r);
    context.stroke();
  },
  crossedRing: (context, x, y, r) => {
    shapes.ring(context, x, y, r + 1);
    shapes.cross(context, x, y, r * 0.5);
  },
  check: (context, x, y, r) => {
    context.beginPath();
    context.moveTo(x - r, y);
    context.lineTo(x - r * 0.3, y + r * 0.8);
    context.lineTo(x + r, y - r * 0.8);
    context.stroke();
  },
  dash: (context, x, y, r) => {
    context.fillRect(x - r, y - 1, 2 * r, 2);
  },
};

/** Draws a sign whose meaning lies in its shape as well as in its colour. */
export function drawShape(
  context: Context,
  name: ShapeName,
  colour: string,
  at: { x: number; y: number; r: number },
): void {
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.setLineDash([]);
  shapes[name](context, at.x, at.y, at.r);
}

/** A wavy line, as under a misspelt word. */
export function drawWave(context: Context, x: number, y: number, width: number): void {
  context.lineWidth = 1.2;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x, y);
  for (let along = 0; along < width; along += 4) {
    const end = Math.min(along + 4, width);
    context.quadraticCurveTo(x + along + 2, y + (along % 8 === 0 ? -3 : 3), x + end, y);
  }
  context.stroke();
}

/** Slanted lines across a box. */
export function drawHatch(
  context: Context,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.lineWidth = 1;
  context.setLineDash([]);
  context.beginPath();
  for (let start = x - height - (x % 5); start < x + width; start += 5) {
    context.moveTo(start, y + height);
    context.lineTo(start + height, y);
  }
  context.stroke();
  context.restore();
}

/** The outline of a box, inside it, so that it is sharp and covers nothing beside it. */
export function outline(
  context: Context,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  thickness = 1,
): void {
  if (width <= 2 * thickness) {
    context.fillRect(x, y, width, height);
    return;
  }
  context.fillRect(x, y, width, thickness);
  context.fillRect(x, y + height - thickness, width, thickness);
  context.fillRect(x, y, thickness, height);
  context.fillRect(x + width - thickness, y, thickness, height);
}

function polygon(context: Context, points: readonly number[]): void {
  context.beginPath();
  for (let i = 0; i < points.length; i += 2) context.lineTo(points[i]!, points[i + 1]!);
  context.closePath();
}
