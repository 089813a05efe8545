/** At most `most` of the sorted values at even distances, the ends among them. */
export function thinRanks(sorted: ArrayLike<number>, most: number): number[] {
  if (sorted.length <= most) return Array.from(sorted);
  const step = (sorted.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, rank) => sorted[Math.round(rank * step)]!);
}
