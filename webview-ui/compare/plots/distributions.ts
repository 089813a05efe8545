import { percentile } from '../../../src/metrics/statistics/percentile.ts';

/** Values of both runs, ascending. */
export interface TwoSamples {
  a: readonly number[];
  b: readonly number[];
}

/** The shares of both that are at most `x`. */
export interface SharePoint {
  x: number;
  a: number;
  b: number;
}

/** One point per distinct value of either run; shares from 0 to 1. */
export function shareCurve({ a, b }: TwoSamples): SharePoint[] {
  const values = [...new Set([...a, ...b])].sort((one, other) => one - other);
  let [belowA, belowB] = [0, 0];
  return values.map((x) => {
    while (belowA < a.length && a[belowA]! <= x) belowA++;
    while (belowB < b.length && b[belowB]! <= x) belowB++;
    return { x, a: shareOf(belowA, a.length), b: shareOf(belowB, b.length) };
  });
}

/** The shares of both from `from` up to `to`; the last bin has its end too. */
export interface Bin {
  from: number;
  to: number;
  a: number;
  b: number;
}

/** Both in the same bins, twice the cube root of the larger number of values. */
export function histogramBins({ a, b }: TwoSamples, isLog: boolean): Bin[] {
  const least = Math.min(a[0] ?? Infinity, b[0] ?? Infinity);
  const most = Math.max(a.at(-1) ?? -Infinity, b.at(-1) ?? -Infinity);
  if (!(least <= most)) return [];
  if (least === most) return [{ from: least, to: most, a: 1, b: 1 }];
  const count = Math.ceil(2 * Math.cbrt(Math.max(a.length, b.length)));
  const edge = (at: number) => {
    const part = at / count;
    return isLog ? least * (most / least) ** part : least + (most - least) * part;
  };
  return Array.from({ length: count }, (_, at) => {
    const isLast = at === count - 1;
    const [from, to] = [edge(at), isLast ? most : edge(at + 1)];
    const inside = (value: number) => value >= from && (isLast ? value <= to : value < to);
    const share = (values: readonly number[]) =>
      shareOf(values.filter(inside).length, values.length);
    return { from, to, a: share(a), b: share(b) };
  });
}

/** A percentile of both, and by how much it changed. */
export interface QuantilePoint {
  /** 0 to 1. */
  fraction: number;
  a: number;
  b: number;
  difference: number;
}

/** From the 5th to the 95th percentile: beyond, single values decide. */
export function quantileDifferences({ a, b }: TwoSamples): QuantilePoint[] {
  if (a.length === 0 || b.length === 0) return [];
  return Array.from({ length: 91 }, (_, at) => {
    const fraction = (5 + at) / 100;
    const [inA, inB] = [percentile(a, fraction)!, percentile(b, fraction)!];
    return { fraction, a: inA, b: inB, difference: inB - inA };
  });
}

/** Whether all values have a logarithm. */
export function isPositive({ a, b }: TwoSamples): boolean {
  return (a[0] ?? 1) > 0 && (b[0] ?? 1) > 0;
}

function shareOf(count: number, total: number): number {
  return total === 0 ? 0 : count / total;
}
