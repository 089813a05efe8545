/** A time as people read it at a glance: `612 ms`, `1.9 s`. */
export function shortTime(ms: number): string {
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
