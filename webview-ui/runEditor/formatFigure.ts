/** Stands where there is no value. */
export const noValue = '–';

export function formatNumber(value: number | null, decimals: number): string {
  return value === null ? noValue : value.toFixed(decimals);
}

/** Whole milliseconds, as tables show them. */
export function formatMs(value: number | null): string {
  return value === null ? noValue : String(Math.round(value) + 0);
}

/** A share as a percentage without its sign, for narrow columns. */
export function formatShare(value: number | null): string {
  return value === null ? noValue : `${(value * 100).toFixed(1)} %`;
}
