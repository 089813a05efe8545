import type { Micros } from '../trace/sessionTrace.ts';
import { sentAudioMs } from './audioClock.ts';
import { concurrency, type Interval } from './concurrency.ts';
import type { MeasuredSession } from './measuredSession.ts';
import { missing, ratio, type Measured } from './missingValue.ts';
import { isSaturated } from './saturation.ts';
import { sessionLife, spanOf } from './sessionLife.ts';
import { meetsLimit, sessionLimits, type FigureLimit } from './sessionLimit.ts';
import { isCompleted } from './sessionStatus.ts';
import { sumOf } from './sumOf.ts';

export interface LoadOptions {
  /** What throughput and concurrency are about; by default the life of the sessions given. */
  window?: Interval;
  /** What goodput is measured by: the thresholds of the plan. */
  limits?: readonly FigureLimit[];
}

export interface LoadMetrics {
  audio_throughput: Measured;
  sessions_per_s: Measured;
  goodput: Measured;
  goodput_ratio: Measured;
  concurrency_mean: Measured;
  concurrency_max: number;
  concurrency_little: Measured;
  saturation: Measured<boolean>;
}

/** How much all sessions together got done, and how many were open at once. */
export function loadMetrics(
  sessions: readonly MeasuredSession[],
  { window: given, limits = [] }: LoadOptions,
): LoadMetrics {
  const lives = sessions.map(({ trace }) => sessionLife(trace));
  const window = given ?? spanOf(lives);
  const open = concurrency(lives, window);
  const begun = sessions.filter(({ trace }) => isWithin(trace.connection.startUs, window));
  return {
    ...throughput(sessions, window),
    ...goodput(sessions, window, limits),
    concurrency_mean: open.mean ?? missing('undefined_ratio'),
    concurrency_max: open.max,
    concurrency_little: concurrencyByLittle(begun, window),
    saturation: saturation(begun),
  };
}

function throughput(
  sessions: readonly MeasuredSession[],
  window: Interval,
): Pick<LoadMetrics, 'audio_throughput' | 'sessions_per_s'> {
  const completed = sessions.filter(({ metrics }) => isCompleted(metrics.status));
  const inside = endedWithin(completed, window);
  return {
    audio_throughput: ratio(
      sumOf(inside, ({ trace }) => sentAudioMs(trace)),
      lengthMs(window),
    ),
    sessions_per_s: perSecond(inside.length, window),
  };
}

/**
 * Sessions that completed and met every limit on single sessions: those that ended in the window,
 * per second of it, and as a share of all that were not cancelled.
 */
function goodput(
  sessions: readonly MeasuredSession[],
  window: Interval,
  limits: readonly FigureLimit[],
): Pick<LoadMetrics, 'goodput' | 'goodput_ratio'> {
  const own = sessionLimits(limits);
  if (own.length === 0) {
    return { goodput: missing('no_thresholds'), goodput_ratio: missing('no_thresholds') };
  }
  const counted = sessions.filter(({ metrics }) => metrics.status !== 'cancelled');
  const good = counted.filter(
    ({ metrics }) =>
      isCompleted(metrics.status) && own.every((limit) => meetsLimit(metrics, limit)),
  );
  return {
    goodput: perSecond(endedWithin(good, window).length, window),
    goodput_ratio: counted.length === 0 ? missing('no_sessions') : good.length / counted.length,
  };
}

/** Little's law: what is open at once in the long run is the rate of starts times the stay. */
function concurrencyByLittle(begun: readonly MeasuredSession[], window: Interval): Measured {
  const stayMs = sumOf(begun, ({ trace }) => Math.max(0, lengthMs(sessionLife(trace))));
  // Starts per millisecond times the mean stay: the number of starts cancels out.
  return ratio(stayMs, lengthMs(window));
}

function saturation(begun: readonly MeasuredSession[]): Measured<boolean> {
  const firstTexts = begun.flatMap(({ trace, metrics }) => {
    const { ttft } = metrics.values;
    if (typeof ttft !== 'number' || !isCompleted(metrics.status)) return [];
    return [{ startUs: trace.connection.startUs, ttftMs: ttft }];
  });
  return isSaturated(
    begun.map(({ trace }) => sessionLife(trace)),
    firstTexts,
  );
}

function endedWithin(
  sessions: readonly MeasuredSession[],
  window: Interval,
): readonly MeasuredSession[] {
  return sessions.filter(({ trace }) => isWithin(sessionLife(trace).endUs, window));
}

function isWithin(atUs: Micros, { startUs, endUs }: Interval): boolean {
  return atUs >= startUs && atUs <= endUs;
}

function lengthMs({ startUs, endUs }: Interval): number {
  return (endUs - startUs) / 1000;
}

function perSecond(count: number, window: Interval): Measured {
  return ratio(count * 1000, lengthMs(window));
}
