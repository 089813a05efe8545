export interface LabelPlace {
  /** Left edge of the text. */
  x: number;
  /** From the top. */
  row: number;
}

/** Between neighbours in a row, CSS pixels. */
const gapPx = 10;
/** Between a line and its text. */
const offsetPx = 4;

/**
 * Places labels beside their lines so that none covers another: right of the line if there is
 * room, else left of it, in the highest row that is free. Where no row is, or the label is too long,
 * at the right edge; null where that is taken too.
 *
 * @param labels in the order of importance; `x` of the line and width of the text, CSS pixels
 */
export function placeLabels(
  labels: readonly { x: number; width: number }[],
  { left, right, rows }: { left: number; right: number; rows: number },
): (LabelPlace | null)[] {
  const taken: Span[][] = Array.from({ length: rows }, () => []);
  return labels.map(({ x, width }) => {
    const beside = [x + offsetPx, x - offsetPx - width].filter(
      (start) => start >= left && start + width <= right,
    );
    const atEdge = [Math.max(left, right - width)];
    const place = freePlace(taken, beside, width) ?? freePlace(taken, atEdge, width);
    if (place) {
      taken[place.row]!.push({ from: place.x - gapPx, to: place.x + width + gapPx });
    }
    return place;
  });
}

interface Span {
  from: number;
  to: number;
}

/** The highest row with room at one of the starts, the first of them first. */
function freePlace(
  rows: readonly (readonly Span[])[],
  starts: readonly number[],
  width: number,
): LabelPlace | null {
  for (const [row, spans] of rows.entries()) {
    const start = starts.find((one) =>
      spans.every(({ from, to }) => one >= to || one + width <= from),
    );
    if (start !== undefined) return { x: start, row };
  }
  return null;
}
