/** A place in a text; UTF-16 units. */
export interface Place {
  offset: number;
  length: number;
}

/** Whether an offset is in a place or at its end, where a caret stands behind it. */
export function contains({ offset, length }: Place, at: number): boolean {
  return at >= offset && at <= offset + length;
}
