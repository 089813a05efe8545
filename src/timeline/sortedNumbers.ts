/** How many of the ascending numbers are at most `limit`. */
export function countUpTo(numbers: ArrayLike<number>, limit: number): number {
  return countWhile(numbers, (number) => number <= limit);
}

/** How many of the ascending numbers are below `limit`. */
export function countBelow(numbers: ArrayLike<number>, limit: number): number {
  return countWhile(numbers, (number) => number < limit);
}

/** How many items at the front fulfil a condition that no item after them does. */
export function countWhile<T>(items: ArrayLike<T>, fulfils: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fulfils(items[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
