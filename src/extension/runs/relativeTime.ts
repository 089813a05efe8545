const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long ago a moment was, for example `3 min ago`; from a month on the date. */
export function relativeTime(thenMs: number, nowMs: number): string {
  const ageMs = nowMs - thenMs;
  if (ageMs < minuteMs) return 'just now';
  if (ageMs < hourMs) return `${Math.floor(ageMs / minuteMs)} min ago`;
  if (ageMs < dayMs) return `${Math.floor(ageMs / hourMs)} h ago`;
  const days = Math.floor(ageMs / dayMs);
  if (days < 30) return days === 1 ? '1 day ago' : `${days} days ago`;
  return new Date(thenMs).toISOString().slice(0, 10);
}
