/** Where on the axis: `1:02.345`, with hours from the first one on; `−0:00.250` before the audio. */
export function clockTime(ms: number): string {
  const rounded = Math.round(Math.abs(ms));
  const sign = ms < 0 && rounded > 0 ? '−' : '';
  const seconds = Math.floor(rounded / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const tail = `${padded(seconds % 60, 2)}.${padded(rounded % 1000, 3)}`;
  if (hours === 0) return `${sign}${minutes}:${tail}`;
  return `${sign}${hours}:${padded(minutes % 60, 2)}:${tail}`;
}

/** How long: `87.5 ms`, `1.24 s`. */
export function duration(ms: number): string {
  if (Math.abs(ms) < 1000) return `${Number(ms.toFixed(1))} ms`;
  return `${(ms / 1000).toFixed(Math.abs(ms) < 100_000 ? 2 : 0)} s`;
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
