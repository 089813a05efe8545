/**
 * Milliseconds, from a time that a manifest gives in milliseconds or in seconds (the former wins);
 * null when it gives neither. Seconds are rounded to the microsecond: 0.07 s is 70 ms, not 70.00000000000001.
 */
export function timeMs(givenMs: number | undefined, givenS: number | undefined): number | null {
  if (givenMs !== undefined) return givenMs;
  return givenS === undefined ? null : Math.round(givenS * 1e6) / 1e3;
}
