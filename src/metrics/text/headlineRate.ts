import { editDistance } from './editDistance.ts';

/**
 * Errors over reference length, a ratio: what `scorePair` gives for the rate whose units these are,
 * without its other rates. Null where nothing was said but something was recognised.
 *
 * @param unitsOf as `scoredUnits` gives it
 */
export function headlineRate(
  reference: string,
  hypothesis: string,
  unitsOf: (text: string) => string[],
): number | null {
  const said = unitsOf(reference);
  const recognised = unitsOf(hypothesis);
  if (said.length === 0) return recognised.length === 0 ? 0 : null;
  return editDistance(said, recognised) / said.length;
}
