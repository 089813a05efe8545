import type { Micros, SessionTrace } from '../trace/sessionTrace.ts';
import type { Interval } from './concurrency.ts';

/** From opening the connection to the last sign of life. */
export function sessionLife(trace: SessionTrace): Interval {
  const { startUs, openUs, readyUs, closeUs } = trace.connection;
  const ends: (Micros | null | undefined)[] = [
    closeUs,
    trace.failure?.atUs,
    trace.received.at(-1)?.atUs,
    trace.chunks.at(-1)?.sentUs,
    readyUs,
    openUs,
  ];
  const known = ends.filter((atUs) => typeof atUs === 'number');
  return { startUs, endUs: closeUs ?? known.reduce((a, b) => Math.max(a, b), startUs) };
}

/** From the first start to the last end. */
export function spanOf(lives: readonly Interval[]): Interval {
  const [first] = lives;
  if (!first) return { startUs: 0, endUs: 0 };
  return lives.reduce(
    (span, life) => ({
      startUs: Math.min(span.startUs, life.startUs),
      endUs: Math.max(span.endUs, life.endUs),
    }),
    first,
  );
}
