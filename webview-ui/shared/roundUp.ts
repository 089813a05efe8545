/** The least value of one or two digits that is easy to read off and at least this. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const round = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8].find((each) => each * power >= value);
  return (round ?? 10) * power;
}
