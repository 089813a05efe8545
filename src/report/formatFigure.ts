import { shownDecimals } from '../metrics/registry/formatMetric.ts';
import { metricRegistry, type MetricId } from '../metrics/registry/metricRegistry.ts';

/** How the numbers of one row are written. */
export interface FigureFormat {
  /** Behind a value. */
  unit: string;
  /** Behind a difference: percentage points for shares. */
  differenceUnit: string;
  scale: number;
  decimals: number;
}

const shares: ReadonlySet<MetricId> = new Set([
  'wer',
  'cer_nospace',
  'mixer',
  'error_rate',
  'partial_rate',
  'goodput_ratio',
  'wel_coverage',
]);

/** The format of a metric whose values go up to `largest`. */
export function figureFormat(metric: MetricId, unit: string, largest: number): FigureFormat {
  if (shares.has(metric)) {
    return { unit: '%', differenceUnit: 'pp', scale: 100, decimals: largest < 0.1 ? 2 : 1 };
  }
  const decimals = shownDecimals(metricRegistry[metric], largest);
  return { unit, differenceUnit: unit, scale: 1, decimals };
}

/** A value with its unit, for example `412 ms`. */
export function formatFigure(value: number | null, format: FigureFormat): string {
  return value === null ? '–' : withUnit(plainNumber(value, format), format.unit);
}

/** A difference with its sign, for example `+12 ms` or `−0.31 pp`. */
export function formatDifference(value: number | null, format: FigureFormat): string {
  if (value === null) return '–';
  return withUnit(signed(plainNumber(value, format)), format.differenceUnit);
}

/** An interval of differences, for example `[−3, +9]`; a digit finer where its ends look the same. */
export function formatInterval(
  interval: { low: number; high: number } | null,
  format: FigureFormat,
): string {
  if (interval === null) return '–';
  const written = (decimals: number) => {
    const end = (value: number) => signed(plainNumber(value, { ...format, decimals }));
    return [end(interval.low), end(interval.high)] as const;
  };
  const [low, high] = written(format.decimals);
  const ends =
    low === high && interval.low !== interval.high ? written(format.decimals + 1) : [low, high];
  return `[${ends.join(', ')}]`;
}

/** A share of the baseline as a signed percentage, for example `+5.1 %`; from tenfold on `×12`. */
export function formatShareOf(share: number | null): string {
  if (share === null) return '–';
  if (share >= 10) return `×${Math.round(share + 1)}`;
  // Beside more than twice as much, a tenth of a percent says nothing.
  return `${signed(minus((share * 100).toFixed(Math.abs(share) < 1 ? 1 : 0)))} %`;
}

/** A p-value, for example `0.012` or `< 0.001`. */
export function formatP(p: number | null): string {
  if (p === null) return '–';
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

function plainNumber(value: number, { scale, decimals }: FigureFormat): string {
  return minus((value * scale).toFixed(decimals));
}

/** A true minus sign; none before a zero that rounding made. */
function minus(digits: string): string {
  return digits.startsWith('-')
    ? Number(digits) === 0
      ? digits.slice(1)
      : `−${digits.slice(1)}`
    : digits;
}

function signed(digits: string): string {
  return digits.startsWith('−') || Number(digits) === 0 ? digits : `+${digits}`;
}

function withUnit(digits: string, unit: string): string {
  return unit === '' ? digits : `${digits} ${unit}`;
}
