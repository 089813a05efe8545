/** The first place in an ascending column whose value is at least this; its length if none is. */
export function lowerBound(column: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last place whose value is at most this; -1 where none is. */
export function lastAtMost(column: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The place of the value closest to this one within a distance; -1 where none is. */
export function nearestWithin(column: ArrayLike<number>, value: number, distance: number): number {
  const after = lowerBound(column, value);
  const gap = (place: number) =>
    place >= 0 && place < column.length ? Math.abs(column[place]! - value) : Infinity;
  const nearest = gap(after - 1) <= gap(after) ? after - 1 : after;
  return gap(nearest) <= distance ? nearest : -1;
}
