import { AudioError } from './audioError.ts';
import type { AudioBytes } from './audioStream.ts';
import { oggPageCrc } from './checksums.ts';
import { yieldToEventLoop } from './yieldToEventLoop.ts';

/** One page of an Ogg stream (RFC 3533, 6); offsets are into the file. */
export interface OggPage {
  start: number;
  end: number;
  /** Length of each lacing segment; a value below 255 ends a packet. */
  segments: Uint8Array;
  bodyStart: number;
  /** Position in the stream at the end of the page; -1 where no packet ends on it. */
  granule: bigint;
}

const headerBytes = 27;
const firstPageFlag = 2;
const lastPageFlag = 4;
const yieldBytes = 2 ** 20;

/**
 * Reads and checks every page: checksum, page numbers without a gap, a first and a last page. After
 * this, damage inside the pages would have to be the encoder's.
 *
 * @throws AudioError `truncated`, `corrupt`, or `unsupported` for several streams in one file
 */
export async function readOggPages(file: AudioBytes): Promise<OggPage[]> {
  const pages: OggPage[] = [];
  const view = new DataView(file.bytes.buffer, file.bytes.byteOffset, file.bytes.length);
  const serial = file.bytes.length >= headerBytes ? view.getUint32(14, true) : 0;
  let offset = 0;
  let yieldAt = yieldBytes;
  let ended = false;
  while (offset < file.bytes.length) {
    const page = readPage(file, view, offset);
    const flags = view.getUint8(offset + 5);
    if (ended || view.getUint32(offset + 14, true) !== serial) throw severalStreams(file);
    if (((flags & firstPageFlag) !== 0) !== (offset === 0)) throw damaged(file, offset);
    if (view.getUint32(offset + 18, true) !== pages.length) throw missingPages(file, offset);
    ended = (flags & lastPageFlag) !== 0;
    pages.push(page);
    offset = page.end;
    if (offset >= yieldAt) {
      await yieldToEventLoop();
      yieldAt = offset + yieldBytes;
    }
  }
  if (!ended) throw cutOff(file);
  return pages;
}

function readPage(file: AudioBytes, view: DataView, start: number): OggPage {
  const { bytes } = file;
  const capture = Buffer.from(bytes.subarray(start, start + 4)).toString('latin1');
  if (!'OggS'.startsWith(capture)) throw damaged(file, start);
  if (start + headerBytes > bytes.length) throw cutOff(file);
  const bodyStart = start + headerBytes + view.getUint8(start + 26);
  if (bodyStart > bytes.length) throw cutOff(file);
  const segments = bytes.subarray(start + headerBytes, bodyStart);
  const end = segments.reduce((sum, length) => sum + length, bodyStart);
  if (end > bytes.length) throw cutOff(file);
  // The checksum is taken with its own four bytes as zeros.
  let crc = oggPageCrc(0, bytes, start, start + 22);
  crc = oggPageCrc(crc, new Uint8Array(4), 0, 4);
  crc = oggPageCrc(crc, bytes, start + 26, end);
  if (crc !== view.getUint32(start + 22, true)) throw damaged(file, start);
  return { start, end, segments, bodyStart, granule: view.getBigInt64(start + 6, true) };
}

/** A packet and the number of the page that it ends on. */
export interface OggPacket {
  bytes: Uint8Array;
  pageIndex: number;
}

/** Joins the lacing segments of the pages to packets (RFC 3533, 5). */
export function* oggPackets(file: AudioBytes, pages: OggPage[]): Generator<OggPacket> {
  let parts: Uint8Array[] = [];
  for (const [pageIndex, page] of pages.entries()) {
    let start = page.bodyStart;
    let end = start;
    for (const length of page.segments) {
      end += length;
      if (length === 255) continue;
      parts.push(file.bytes.subarray(start, end));
      yield { bytes: parts.length === 1 ? parts[0]! : Buffer.concat(parts), pageIndex };
      parts = [];
      start = end;
    }
    if (end > start) parts.push(file.bytes.subarray(start, end));
  }
}

function cutOff(file: AudioBytes): AudioError {
  return new AudioError(
    'truncated',
    file.path,
    'is an Ogg file without its end. Copy or download it again, or finish the recording.',
  );
}

function damaged(file: AudioBytes, offset: number): AudioError {
  return new AudioError(
    'corrupt',
    file.path,
    `is a damaged Ogg file: the page at byte ${offset} is wrong. Copy or download it again.`,
  );
}

function missingPages(file: AudioBytes, offset: number): AudioError {
  return new AudioError(
    'corrupt',
    file.path,
    `is a damaged Ogg file: pages are missing before byte ${offset}. Copy or download it again.`,
  );
}

function severalStreams(file: AudioBytes): AudioError {
  return new AudioError(
    'unsupported',
    file.path,
    'is an Ogg file with several streams. Extract one, for example: ffmpeg -i FILE -vn out.flac',
  );
}
