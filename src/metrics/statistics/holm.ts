/**
 * Holm's adjustment for several tests at once (Holm 1979): comparing the adjusted values with α
 * keeps the chance of any false alarm among them at most α. In the order given.
 */
export function holmAdjusted(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((one, two) => pValues[one]! - pValues[two]!);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((index, position) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - position) * pValues[index]!));
    adjusted[index] = largest;
  });
  return adjusted;
}
