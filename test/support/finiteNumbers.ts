/** Paths of all numbers in a plain value that JSON cannot hold: NaN and the infinities. */
export function unwritableNumbers(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path}: ${value}`];
  if (value === undefined) return [`${path}: undefined`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => unwritableNumbers(part, `${path}/${key}`));
}
