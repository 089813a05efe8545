/**
 * The two codings of ITU-T G.711. Both store a sign bit, a 3-bit segment and a 4-bit step within
 * the segment; both results are scaled to ±1 with 16-bit full scale.
 */
const fullScale = 2 ** 15;

/** @param code one byte; even bits are stored inverted, a set sign bit means positive */
export function decodeALaw(code: number): number {
  const bits = code ^ 0x55;
  const segment = (bits >> 4) & 7;
  const step = bits & 15;
  // In units of half a step of the lowest segment, which like the next one is not expanded.
  const magnitude = segment === 0 ? 2 * step + 1 : (2 * step + 33) * 2 ** (segment - 1);
  return ((bits & 0x80 ? 1 : -1) * magnitude * 8) / fullScale;
}

const muLawBias = 33;

/** @param code one byte; all bits are stored inverted, a set sign bit then means negative */
export function decodeMuLaw(code: number): number {
  const bits = ~code & 0xff;
  const segment = (bits >> 4) & 7;
  const step = bits & 15;
  const magnitude = (2 * step + muLawBias) * 2 ** segment - muLawBias;
  return ((bits & 0x80 ? -1 : 1) * magnitude * 4) / fullScale;
}
