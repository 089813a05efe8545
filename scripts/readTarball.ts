import { gunzipSync } from 'node:zlib';

const blockBytes = 512;

/**
 * Regular files of a gzipped tar archive as npm writes them, by name. Long-name extensions are
 * not read: npm packs split long names over `prefix` and `name`.
 */
export function readTarball(tgz: Uint8Array): Map<string, Uint8Array> {
  const tar = gunzipSync(tgz);
  const files = new Map<string, Uint8Array>();
  let offset = 0;
  while (offset + blockBytes <= tar.length) {
    const header = tar.subarray(offset, offset + blockBytes);
    const name = field(header, 0, 100);
    if (name === '') break;
    const prefix = field(header, 345, 155);
    const sizeBytes = Number.parseInt(field(header, 124, 12), 8);
    if (!Number.isFinite(sizeBytes)) throw new Error(`Damaged archive: no size for ${name}.`);
    const type = field(header, 156, 1);
    const start = offset + blockBytes;
    if (type === '0' || type === '') {
      files.set(prefix === '' ? name : `${prefix}/${name}`, tar.subarray(start, start + sizeBytes));
    }
    offset = start + Math.ceil(sizeBytes / blockBytes) * blockBytes;
  }
  return files;
}

function field(header: Uint8Array, start: number, length: number): string {
  const bytes = header.subarray(start, start + length);
  const end = bytes.indexOf(0);
  return Buffer.from(end === -1 ? bytes : bytes.subarray(0, end))
    .toString('utf8')
    .trim();
}
