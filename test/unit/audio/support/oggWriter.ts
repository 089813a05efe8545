/** One page to be written. */
export interface PageSpec {
  packets: Uint8Array[];
  granule: bigint;
  flags: number;
}

const mostSegments = 255;

/**
 * Writes packets as an Ogg stream, page by page. A page of more than 255 segments is continued on
 * as many further pages as it takes.
 */
export function writeOgg(pages: PageSpec[], serial = 7): Uint8Array {
  const written: Buffer[] = [];
  for (const page of pages) {
    const body = Buffer.concat(page.packets);
    const lacing = page.packets.flatMap(lacingValues);
    let bodyOffset = 0;
    for (let first = 0; first < lacing.length; first += mostSegments) {
      const segments = lacing.slice(first, first + mostSegments);
      const length = segments.reduce((sum, segment) => sum + segment, 0);
      const isLast = first + mostSegments >= lacing.length;
      const flags = (first > 0 ? 1 : page.flags & 2) | (isLast ? page.flags & 4 : 0);
      const part = body.subarray(bodyOffset, bodyOffset + length);
      const granule = isLast ? page.granule : -1n;
      written.push(pageBytes({ segments, part, granule, flags, serial, number: written.length }));
      bodyOffset += length;
    }
  }
  return Buffer.concat(written);
}

function lacingValues(packet: Uint8Array): number[] {
  const full = Math.floor(packet.length / 255);
  return [...new Array<number>(full).fill(255), packet.length % 255];
}

function pageBytes(page: {
  segments: number[];
  part: Uint8Array;
  granule: bigint;
  flags: number;
  serial: number;
  number: number;
}): Buffer {
  const head = Buffer.alloc(27);
  head.write('OggS');
  head[5] = page.flags;
  head.writeBigInt64LE(page.granule, 6);
  head.writeUInt32LE(page.serial, 14);
  head.writeUInt32LE(page.number, 18);
  head[26] = page.segments.length;
  const bytes = Buffer.concat([head, Buffer.from(page.segments), page.part]);
  bytes.writeUInt32LE(bitwiseCrc(bytes), 22);
  return bytes;
}

/** Bit by bit, so that it shares nothing with the table of the reader. */
function bitwiseCrc(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}
