/** Checks of one kind, each with its polynomial: a table of what one byte does to the register. */
function checksumTable(width: 8 | 16 | 32, polynomial: number): Uint32Array {
  const top = 2 ** (width - 1);
  const mask = 2 ** width - 1;
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let register = byte * 2 ** (width - 8);
    for (let bit = 0; bit < 8; bit++) {
      const carries = register >= top;
      register = (register * 2) % (mask + 1);
      if (carries) register = (register ^ polynomial) >>> 0;
    }
    return register;
  });
}

const flacHeaderTable = checksumTable(8, 0x07);
const flacFrameTable = checksumTable(16, 0x8005);
const oggPageTable = checksumTable(32, 0x04c11db7);

/** CRC-8 of a FLAC frame header (RFC 9639, 9.1.8). */
export function flacHeaderCrc(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  for (let i = start; i < end; i++) crc = flacHeaderTable[crc ^ bytes[i]!]!;
  return crc;
}

/** CRC-16 of a FLAC frame (RFC 9639, 9.3), continued from `crc`. */
export function flacFrameCrc(crc: number, bytes: Uint8Array, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    crc = ((crc << 8) & 0xffff) ^ flacFrameTable[(crc >> 8) ^ bytes[i]!]!;
  }
  return crc;
}

/** CRC-32 of an Ogg page (RFC 3533, 6), continued from `crc`. */
export function oggPageCrc(crc: number, bytes: Uint8Array, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    crc = ((crc << 8) ^ oggPageTable[(crc >>> 24) ^ bytes[i]!]!) >>> 0;
  }
  return crc;
}
