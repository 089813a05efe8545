import type { Ramp } from '../plan/load.ts';

/**
 * When the integral of a ramp over time, in seconds, has reached `sum`; in milliseconds. After the
 * change the value stays.
 */
export function whenSummedMs(ramp: Ramp, sum: number): number {
  const { to, overSeconds } = ramp;
  const ofChange = summedBy(ramp, overSeconds);
  const seconds = sum <= ofChange ? whenSummed(ramp, sum) : overSeconds + (sum - ofChange) / to;
  return seconds * 1000;
}

/** When a ramp has a value that lies between its ends, in milliseconds. */
export function whenRampIsMs({ from, to, overSeconds, shape }: Ramp, value: number): number {
  const share =
    shape === 'linear'
      ? (value - from) / (to - from)
      : Math.log(value / from) / Math.log(to / from);
  return share * overSeconds * 1000;
}

function summedBy({ from, to, overSeconds, shape }: Ramp, seconds: number): number {
  if (shape === 'linear') return from * seconds + ((to - from) * seconds ** 2) / (2 * overSeconds);
  const growth = Math.log(to / from) / overSeconds;
  return growth === 0 ? from * seconds : (from * Math.expm1(growth * seconds)) / growth;
}

/** The inverse of `summedBy`. */
function whenSummed({ from, to, overSeconds, shape }: Ramp, sum: number): number {
  if (shape === 'linear') {
    const slope = (to - from) / overSeconds;
    // The form of the quadratic's root that loses no digits where the value hardly changes.
    return (2 * sum) / (from + Math.sqrt(Math.max(0, from ** 2 + 2 * slope * sum)));
  }
  const growth = Math.log(to / from) / overSeconds;
  return growth === 0 ? sum / from : Math.log1p((growth * sum) / from) / growth;
}
