/** One number per item. `Float64Array.from` does the same, ten times as slowly. */
export function numberColumn<T>(
  items: readonly T[],
  valueOf: (item: T) => number,
): Float64Array<ArrayBuffer> {
  const column = new Float64Array(items.length);
  for (let index = 0; index < items.length; index++) column[index] = valueOf(items[index]!);
  return column;
}
