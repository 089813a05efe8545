/** A stretch of an axis in the values' own unit. */
export interface AxisRange {
  low: number;
  high: number;
  isLog: boolean;
}

/** From this ratio on, equal distances hide the small values. */
const logRatio = 30;
/** Beyond this ratio a logarithmic axis has more marks than room. */
const greatestLogRatio = 1e12;

/** The range of some values; logarithmic where they span orders of magnitude. */
export function axisRange(values: readonly number[], mayBeLog: boolean): AxisRange {
  const least = values.reduce((low, value) => Math.min(low, value), Infinity);
  const most = values.reduce((high, value) => Math.max(high, value), -Infinity);
  const ratio = least > 0 ? most / least : 0;
  if (mayBeLog && ratio >= logRatio && ratio <= greatestLogRatio) {
    return { low: least, high: most, isLog: true };
  }
  const margin = (most - least) * 0.03 || Math.abs(most) * 0.1 || 1;
  return { low: least - margin, high: most + margin, isLog: false };
}

/** Where a value lies in a range, 0..1. */
export function axisPosition(value: number, { low, high, isLog }: AxisRange): number {
  if (isLog) return Math.log(value / low) / Math.log(high / low);
  return (value - low) / (high - low);
}

/** Round values to mark: 1, 2 or 5 times a power of ten apart; some six of them. */
export function axisTicks({ low, high, isLog }: AxisRange): number[] {
  if (isLog) return logTicks(low, high);
  const rough = (high - low) / 6;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((size) => size >= rough)!;
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  // Multiples instead of sums: sums of 0.1 do not hit 0.3.
  return Array.from({ length: count }, (_, i) => roundTo((first + i) * step, step));
}

function logTicks(low: number, high: number): number[] {
  const ticks: number[] = [];
  const lastDecade = Math.floor(Math.log10(high));
  for (let decade = Math.floor(Math.log10(low)); decade <= lastDecade; decade++) {
    for (const factor of [1, 2, 5]) {
      const tick = roundTo(factor * 10 ** decade, 10 ** decade);
      if (tick >= low && tick <= high) ticks.push(tick);
    }
  }
  return ticks;
}

function roundTo(value: number, step: number): number {
  const digits = Math.min(12, Math.max(0, -Math.floor(Math.log10(step))));
  return Number(value.toFixed(digits));
}
