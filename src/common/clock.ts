/** The one clock a run is measured with. */
export interface Clock {
  /** Whole microseconds since the clock's origin; never goes back. */
  nowUs(): number;
}

/** A monotonic clock whose origin is the moment of this call. Immune to changes of wall time. */
export function monotonicClock(): Clock {
  const originMs = performance.now();
  return { nowUs: () => Math.floor((performance.now() - originMs) * 1000) };
}
