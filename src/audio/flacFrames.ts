import { AudioError } from './audioError.ts';
import type { AudioBytes } from './audioStream.ts';
import { flacFrameCrc, flacHeaderCrc } from './checksums.ts';

/** One frame of a FLAC stream; offsets are into the file. */
export interface FlacFrame {
  start: number;
  end: number;
  /** Samples per channel. */
  blockSize: number;
}

/**
 * Cuts a FLAC stream into frames (RFC 9639, 9). A frame does not say how long it is: it ends where
 * its CRC-16 is right and another frame, or the end of the stream, follows.
 *
 * @throws AudioError `truncated` or `corrupt` at the first frame that does not
 */
export function* flacFrames(file: AudioBytes, start: number, end: number): Generator<FlacFrame> {
  const { bytes } = file;
  let offset = start;
  while (offset < end) {
    const header = readFlacFrameHeader(bytes, offset, end);
    const frameEnd = header ? findFrameEnd(bytes, offset, offset + header.length, end) : null;
    if (header === null || frameEnd === null) throw brokenFrame(file, offset, end);
    yield { start: offset, end: frameEnd, blockSize: header.blockSize };
    offset = frameEnd;
  }
}

interface FlacFrameHeader {
  /** In bytes. */
  length: number;
  blockSize: number;
}

/** Null where no valid frame header stands at `start`, its CRC-8 included. */
export function readFlacFrameHeader(
  bytes: Uint8Array,
  start: number,
  end: number,
): FlacFrameHeader | null {
  if (start + 6 > end || bytes[start] !== 0xff || (bytes[start + 1]! & 0xfe) !== 0xf8) return null;
  const sizeCode = bytes[start + 2]! >> 4;
  const rateCode = bytes[start + 2]! & 15;
  const channelCode = bytes[start + 3]! >> 4;
  const reservedBit = bytes[start + 3]! & 1;
  if (sizeCode === 0 || rateCode === 15 || channelCode > 10 || reservedBit === 1) return null;
  const sizeAt = start + 4 + codedNumberLength(bytes[start + 4]!);
  const sizeLength = sizeCode === 6 ? 1 : sizeCode === 7 ? 2 : 0;
  const rateLength = rateCode < 12 ? 0 : rateCode === 12 ? 1 : 2;
  const crcAt = sizeAt + sizeLength + rateLength;
  if (crcAt >= end || flacHeaderCrc(bytes, start, crcAt) !== bytes[crcAt]) return null;
  return { length: crcAt + 1 - start, blockSize: blockSize(bytes, sizeCode, sizeAt) };
}

/** Bytes of the frame or sample number, which is coded like a character of UTF-8. */
function codedNumberLength(first: number): number {
  const leadingOnes = Math.clz32(~(first << 24));
  return Math.max(1, leadingOnes);
}

function blockSize(bytes: Uint8Array, code: number, explicitAt: number): number {
  if (code === 1) return 192;
  if (code <= 5) return 144 * 2 ** code;
  if (code === 6) return bytes[explicitAt]! + 1;
  if (code === 7) return bytes[explicitAt]! * 256 + bytes[explicitAt + 1]! + 1;
  return 2 ** code;
}

function findFrameEnd(
  bytes: Uint8Array,
  start: number,
  bodyStart: number,
  end: number,
): number | null {
  let crc = 0;
  let summedTo = start;
  let candidate = bodyStart + 2;
  for (;;) {
    candidate = bytes.indexOf(0xff, candidate);
    if (candidate < 0 || candidate > end) candidate = end;
    if (candidate === end || readFlacFrameHeader(bytes, candidate, end)) {
      crc = flacFrameCrc(crc, bytes, summedTo, candidate - 2);
      summedTo = candidate - 2;
      if (crc === bytes[summedTo]! * 256 + bytes[summedTo + 1]!) return candidate;
    }
    if (candidate === end) return null;
    candidate++;
  }
}

/** A last frame without its end was cut off; anything else was damaged. */
function brokenFrame(file: AudioBytes, offset: number, end: number): AudioError {
  let next = file.bytes.indexOf(0xff, offset + 1);
  while (next >= 0 && next < end && !readFlacFrameHeader(file.bytes, next, end)) {
    next = file.bytes.indexOf(0xff, next + 1);
  }
  const isLast = next < 0 || next >= end;
  if (isLast && (end - offset < 16 || readFlacFrameHeader(file.bytes, offset, end))) {
    return new AudioError(
      'truncated',
      file.path,
      'is a FLAC file that ends within a frame. Copy or download it again.',
    );
  }
  return new AudioError(
    'corrupt',
    file.path,
    `is a damaged FLAC file: the frame at byte ${offset} is wrong. Copy or download it again.`,
  );
}
