import { formatPercent } from '../common/formatPercent.ts';
import type { FileSummary } from './summarySchema.ts';

/** How many sessions were good enough, in words; null without thresholds on sessions. */
export function goodputText({ run }: FileSummary): string | null {
  const { goodput, goodput_ratio: share } = run;
  if (typeof goodput !== 'number' || typeof share !== 'number') return null;
  return `${goodput.toFixed(2)} sessions per second within all thresholds, ${formatPercent(share)} of all`;
}

/** That the server fell behind its load; null where nothing says so. */
export function saturationText({ run }: FileSummary): string | null {
  if (run.saturation !== true) return null;
  return 'saturated: sessions at once and the time to first text grew over the run';
}
