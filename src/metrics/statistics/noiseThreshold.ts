/** Which changes of a metric do not matter: those up to the larger of both. */
export interface NoiseThreshold {
  /** In the metric's unit. */
  absolute: number;
  /** Share of the baseline's value. */
  relative: number;
}

/** The threshold τ for a baseline value, in the metric's unit. */
export function noiseSize({ absolute, relative }: NoiseThreshold, baseline: number): number {
  return Math.max(absolute, relative * Math.abs(baseline));
}
