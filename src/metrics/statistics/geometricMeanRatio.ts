/**
 * Geometric mean of the ratios b / a of the same metrics or items: 0.9 means that B takes 10 % less
 * over all. Pairs with a value that is not positive are left out; null when none is left.
 */
export function geometricMeanRatio(
  pairs: readonly { a: number; b: number }[],
): { ratio: number; used: number } | null {
  const logs = pairs.filter(({ a, b }) => a > 0 && b > 0).map(({ a, b }) => Math.log(b / a));
  if (logs.length === 0) return null;
  const ratio = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
  return { ratio, used: logs.length };
}
