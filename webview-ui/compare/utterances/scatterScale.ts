/** One scale for both axes, so that what is equal in both runs lies on the diagonal. */
export interface ScatterScale {
  least: number;
  most: number;
  isLog: boolean;
  /** Where a value lies: 0 is the least, 1 the most. */
  place: (value: number) => number;
  /** The value at a place; the inverse of {@link place}. */
  valueAt: (place: number) => number;
  /** Round values within the scale, ascending. */
  ticks: number[];
}

/** Room beyond the least and the greatest value, as a share of the scale. */
const room = 0.04;
/** Values that differ by less of their size are the same: there are no round numbers between them. */
const rounding = 1e-9;

/** The scale of values; logarithmic only where all of them are above 0. */
export function scatterScale(values: readonly number[], wantsLog: boolean): ScatterScale {
  const { least, most } = rangeOf(values);
  const isLog = wantsLog && least > 0;
  const [to, from] = isLog ? [Math.log, Math.exp] : [identity, identity];
  const [sameSpan, size] = isLog ? [1, 1] : [Math.abs(most) || 1, Math.max(-least, most)];
  const distance = to(most) - to(least);
  const span = distance > size * rounding ? distance : sameSpan;
  const low = to(least) - span * room;
  const high = to(most) + span * room;
  const [bottom, top] = [from(low), from(high)];
  return {
    least: bottom,
    most: top,
    isLog,
    place: (value) => (to(value) - low) / (high - low),
    valueAt: (place) => from(low + place * (high - low)),
    ticks: isLog ? logTicks(bottom, top) : linearTicks(bottom, top),
  };
}

/** Whether a logarithmic scale can show all of them. */
export function allowsLog(values: readonly number[]): boolean {
  return values.length > 0 && rangeOf(values).least > 0;
}

function rangeOf(values: readonly number[]): { least: number; most: number } {
  if (values.length === 0) return { least: 0, most: 1 };
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { least, most };
}

const mostTicks = 5;

function linearTicks(least: number, most: number): number[] {
  const wanted = (most - least) / mostTicks;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= wanted)!;
  const first = Math.ceil(least / step);
  const count = Math.floor(most / step) - first + 1;
  // `+ 0` makes 0 of -0.
  return Array.from({ length: Math.max(0, count) }, (_, at) => (first + at) * step + 0);
}

/** Powers of ten, and what lies between them where there are few. */
function logTicks(least: number, most: number): number[] {
  const decades = Math.log10(most / least);
  if (decades < 0.6) return linearTicks(least, most).filter((tick) => tick > 0);
  const steps = decades > 3 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(least)); 10 ** power <= most; power++) {
    ticks.push(...steps.map((step) => step * 10 ** power));
  }
  return ticks.filter((tick) => tick >= least && tick <= most);
}

function identity(value: number): number {
  return value;
}
