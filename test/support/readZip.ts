import { inflateRawSync } from 'node:zlib';

export interface ZipEntry {
  name: string;
  compressedBytes: number;
  sizeBytes: number;
  read(): Uint8Array;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const stored = 0;

/** Entries of a ZIP archive, in the order of its central directory; enough for a VSIX. */
export function readZip(archive: Buffer): ZipEntry[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.readUInt32LE(end) !== endSignature) throw new Error('Not a ZIP archive.');
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (archive.readUInt32LE(at) !== entrySignature) throw new Error('Damaged ZIP archive.');
    const nameLength = archive.readUInt16LE(at + 28);
    entries.push(readEntry(archive, at, nameLength));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

function readEntry(archive: Buffer, at: number, nameLength: number): ZipEntry {
  const method = archive.readUInt16LE(at + 10);
  const compressedBytes = archive.readUInt32LE(at + 20);
  const local = archive.readUInt32LE(at + 42);
  return {
    name: archive.toString('utf8', at + 46, at + 46 + nameLength),
    compressedBytes,
    sizeBytes: archive.readUInt32LE(at + 24),
    read() {
      const start =
        local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const bytes = archive.subarray(start, start + compressedBytes);
      return method === stored ? bytes : inflateRawSync(bytes);
    },
  };
}
