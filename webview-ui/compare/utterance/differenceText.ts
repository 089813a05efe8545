import type { ArrivalDifference } from './arrivalDifferences.ts';

/** For example `“seven”: B 120 ms later than A`. */
export function differenceText(
  { text, deltaMs }: Pick<ArrivalDifference, 'text' | 'deltaMs'>,
  [a, b]: readonly [string, string],
): string {
  const size = Math.round(Math.abs(deltaMs));
  if (size === 0) return `“${text}”: ${b} at the same time as ${a}`;
  return `“${text}”: ${b} ${size} ms ${deltaMs > 0 ? 'later' : 'earlier'} than ${a}`;
}
