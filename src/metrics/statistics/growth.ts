import { studentTCdf } from './studentT.ts';
import type { Point } from './theilSen.ts';

/** Chance of calling it growth where there is none. */
const alpha = 0.05;

/**
 * Whether y grows with x beyond chance: the least-squares slope, divided by its standard error,
 * lies above the 95 % quantile of Student's t with n − 2 degrees of freedom (one-sided).
 *
 * @returns null where fewer than three points, or points that do not differ in x, cannot tell
 */
export function growsSignificantly(points: readonly Point[]): boolean | null {
  const n = points.length;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n;
  let xx = 0;
  let xy = 0;
  for (const { x, y } of points) {
    xx += (x - meanX) ** 2;
    xy += (x - meanX) * (y - meanY);
  }
  if (n < 3 || xx === 0) return null;
  const slope = xy / xx;
  if (slope <= 0) return false;
  const residual = points.reduce(
    (sum, { x, y }) => sum + (y - meanY - slope * (x - meanX)) ** 2,
    0,
  );
  const standardError = Math.sqrt(residual / (n - 2) / xx);
  return standardError === 0 || studentTCdf(slope / standardError, n - 2) > 1 - alpha;
}
