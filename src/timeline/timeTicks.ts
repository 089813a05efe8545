import type { Stretch } from './timelineSession.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** Round steps from 10 s on; below, steps are 1, 2 or 5 times a power of ten. */
const longStepsMs = [
  10 * secondMs,
  15 * secondMs,
  30 * secondMs,
  minuteMs,
  2 * minuteMs,
  5 * minuteMs,
  10 * minuteMs,
  15 * minuteMs,
  30 * minuteMs,
  hourMs,
];

/** The least round step that is at least this long, milliseconds. */
export function tickStepMs(leastMs: number): number {
  if (leastMs > 5 * secondMs) {
    return longStepsMs.find((step) => step >= leastMs) ?? Math.ceil(leastMs / hourMs) * hourMs;
  }
  const power = 10 ** Math.floor(Math.log10(leastMs));
  return [1, 2, 5].map((each) => each * power).find((step) => step >= leastMs) ?? 10 * power;
}

/** The multiples of a step in a view, first to last. */
export function ticksIn({ startMs, endMs }: Stretch, stepMs: number): number[] {
  const first = Math.ceil(startMs / stepMs);
  const last = Math.floor(endMs / stepMs);
  // `+ 0` makes 0 of -0.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * stepMs + 0);
}

/** A tick's time with the digits its step needs: `0.25 s`, `1:05`, `1:00:00`. */
export function tickLabel(timeMs: number, stepMs: number): string {
  const digits = Math.max(0, Math.ceil(-Math.log10(stepMs / secondMs) - 1e-9));
  const sign = timeMs < 0 ? '-' : '';
  const scale = 10 ** digits;
  const seconds = Math.round((Math.abs(timeMs) / secondMs) * scale) / scale;
  if (seconds < 60) return `${sign}${seconds.toFixed(digits)} s`;
  const whole = Math.floor(seconds / 60);
  const rest = (seconds - whole * 60).toFixed(digits).padStart(digits ? digits + 3 : 2, '0');
  if (whole < 60) return `${sign}${whole}:${rest}`;
  return `${sign}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}:${rest}`;
}
