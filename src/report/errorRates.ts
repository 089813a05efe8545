import type { ErrorRateComparison } from '../comparison/comparison.ts';
import type { RateEstimate } from '../metrics/statistics/wilson.ts';
import type { Letters } from './sideNames.ts';

/** How many sessions failed, with each run's Wilson interval; null where a run has no session. */
export function errorRates(errors: ErrorRateComparison, [a, b]: Letters): string | null {
  const rates = [rateText(errors.a), rateText(errors.b)];
  if (rates.includes(null)) return null;
  return `Failed sessions with 95 % Wilson intervals: ${a} ${rates[0]}; ${b} ${rates[1]}.`;
}

function rateText({ count, total, value, low, high }: RateEstimate): string | null {
  if (value === null || low === null || high === null) return null;
  const percent = (share: number) => (share * 100).toFixed(1);
  return `${count} of ${total}, ${percent(value)} % [${percent(low)}, ${percent(high)}]`;
}
