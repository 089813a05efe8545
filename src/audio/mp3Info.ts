import type { Mp3Header } from './mp3Header.ts';

/** What the first frame of an MP3 file says about the rest, if it is an info frame. */
export interface Mp3Info {
  /** Frames after the info frame; null where it does not say. */
  frames: number | null;
  /** Bytes from the start of the info frame to the end of the last one. */
  bytes: number | null;
  /** CRC-16 of everything after the info frame; null unless an encoder is known to write it. */
  audioCrc: number | null;
  /** Whether the decoder recognises the info frame, or would play it as sound. */
  isKnownToDecoder: boolean;
}

/**
 * Reads the tag of Xing ("Xing", "Info": constant bit rate), with LAME's extension, or of
 * Fraunhofer ("VBRI"). They are documented only by their authors' notes (Xing's VBR header SDK;
 * LAME, "Mp3 info tag revision 1").
 */
export function readMp3Info(bytes: Uint8Array, start: number, header: Mp3Header): Mp3Info | null {
  const frame = bytes.subarray(start, start + header.frameBytes);
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  const tag = latin1(frame, header.infoOffset, 4);
  if (tag === 'Xing' || tag === 'Info') return readXing(frame, view, header.infoOffset);
  const vbriOffset = 36;
  if (latin1(frame, vbriOffset, 4) === 'VBRI' && frame.length >= vbriOffset + 18) {
    return {
      bytes: view.getUint32(vbriOffset + 10),
      frames: view.getUint32(vbriOffset + 14),
      audioCrc: null,
      isKnownToDecoder: false,
    };
  }
  return null;
}

function readXing(frame: Uint8Array, view: DataView, start: number): Mp3Info {
  const flags = start + 8 <= frame.length ? view.getUint32(start + 4) : 0;
  let offset = start + 8;
  const next = (flag: number, length: number): number | null => {
    if ((flags & flag) === 0 || offset + length > frame.length) return null;
    offset += length;
    return length === 4 ? view.getUint32(offset - 4) : 0;
  };
  const frames = next(1, 4);
  const bytes = next(2, 4);
  next(4, 100);
  next(8, 4);
  const audioCrc = readLameCrc(frame, view, offset);
  return { frames, bytes, audioCrc, isKnownToDecoder: true };
}

const lameTagBytes = 36;

/** Believed only where the tag's own checksum is right: other programs leave old tags behind. */
function readLameCrc(frame: Uint8Array, view: DataView, start: number): number | null {
  const end = start + lameTagBytes;
  if (end > frame.length || !/^(LAME|Lav[fc])/.test(latin1(frame, start, 4))) return null;
  if (mp3Crc(0, frame.subarray(0, end - 2)) !== view.getUint16(end - 2)) return null;
  return view.getUint16(end - 4);
}

/** CRC-16 as LAME's tag uses it (polynomial 0x8005, lowest bit first), continued from `crc`. */
export function mp3Crc(crc: number, bytes: Uint8Array): number {
  for (const byte of bytes) crc = (crc >> 8) ^ crcTable[(crc ^ byte) & 0xff]!;
  return crc;
}

const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let register = byte;
  for (let bit = 0; bit < 8; bit++) register = (register >> 1) ^ (register & 1 ? 0xa001 : 0);
  return register;
});

function latin1(bytes: Uint8Array, start: number, length: number): string {
  return Buffer.from(bytes.subarray(start, start + length)).toString('latin1');
}
