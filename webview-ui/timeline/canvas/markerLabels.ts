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
 * room, else left of it, in the highest row that is free; null where all rows are taken.
 *
 * @param labels in the order of importance; `x` of the line and width of the text, CSS pixels
 */
export function placeLabels(
  labels: readonly { x: number; width: number }[],
  { left, right, rows }: { left: number; right: number; rows: number },
): (LabelPlace | null)[] {
  const taken: { from: number; to: number }[][] = Array.from({ length: rows }, () => []);
  return labels.map(({ x, width }) => {
    const starts = [x + offsetPx, x - offsetPx - width, Math.max(left, right - width)].filter(
      (start) => start >= left && start + width <= Math.max(right, left + width),
    );
    for (const [row, spans] of taken.entries()) {
      for (const start of starts) {
        const isFree = spans.every(({ from, to }) => start >= to || start + width <= from);
        if (!isFree) continue;
        spans.push({ from: start - gapPx, to: start + width + gapPx });
        return { x: start, row };
      }
    }
    return null;
  });
}
