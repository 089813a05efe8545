/** A share as a percentage, for example `8.3 %`. */
export function formatPercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
