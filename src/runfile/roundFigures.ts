const decimals = 6;
const scale = 10 ** decimals;

/**
 * A copy whose numbers have at most six decimals. Figures are computed in binary fractions;
 * their last digits say nothing and would differ between machines.
 */
export function roundFigures<Value>(value: Value): Value {
  return round(value) as Value;
}

function round(value: unknown): unknown {
  if (typeof value === 'number') return Math.round(value * scale) / scale + 0; // never -0, which JSON cannot say
  if (Array.isArray(value)) return value.map(round);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, round(item)]));
}
