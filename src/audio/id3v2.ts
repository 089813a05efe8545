/**
 * Offset after any ID3v2 tags (id3.org, "ID3 tag version 2.4.0", 3.1) that stand at `start`; may
 * lie beyond the end of a file that was cut off.
 */
export function endOfId3v2(bytes: Uint8Array, start: number): number {
  let offset = start;
  while (
    offset + 10 <= bytes.length &&
    bytes[offset] === 0x49 &&
    bytes[offset + 1] === 0x44 &&
    bytes[offset + 2] === 0x33
  ) {
    const [a, b, c, d] = bytes.subarray(offset + 6, offset + 10);
    const hasFooter = (bytes[offset + 5]! & 0x10) !== 0;
    offset += 10 + a! * 2 ** 21 + b! * 2 ** 14 + c! * 2 ** 7 + d! + (hasFooter ? 10 : 0);
  }
  return offset;
}
