import { open } from 'node:fs/promises';
import { readMp3Header } from './mp3Header.ts';
import { endOfId3v2 } from './id3v2.ts';

/** What the beginning of an audio file says about it, without decoding. */
export interface AudioHead {
  /** `wav`, `flac`, `mp3` or `ogg`. */
  format: string;
  /** Null where the beginning does not say. */
  sampleRateHz: number | null;
  channels: number | null;
  durationMs: number | null;
}

const headBytes = 65_536;

/**
 * Reads the beginning of an audio file, for those who want to know much of many files soon. Null
 * where the file cannot be read or is no audio that can be decoded. Never throws.
 */
export async function readAudioHead(path: string): Promise<AudioHead | null> {
  const handle = await open(path).catch(() => null);
  if (!handle) return null;
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return null;
    const bytes = new Uint8Array(Math.min(headBytes, stat.size));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return audioHeadOf(bytes.subarray(0, bytesRead), stat.size);
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}

/** @param fileBytes size of the whole file, of which `bytes` are the first. */
export function audioHeadOf(bytes: Uint8Array, fileBytes: number): AudioHead | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (/^(RIFF|RF64)/.test(ascii(bytes, 0)) && ascii(bytes, 8) === 'WAVE') {
    return wavHead(bytes, view, fileBytes);
  }
  if (ascii(bytes, 0) === 'OggS') {
    return { format: 'ogg', sampleRateHz: null, channels: null, durationMs: null };
  }
  const start = endOfId3v2(bytes, 0);
  if (ascii(bytes, start) === 'fLaC') return flacHead(view, start + 8);
  const mp3 = readMp3Header(bytes, start);
  if (!mp3) return null;
  const { sampleRateHz, channels } = mp3;
  return { format: 'mp3', sampleRateHz, channels, durationMs: null };
}

function wavHead(bytes: Uint8Array, view: DataView, fileBytes: number): AudioHead {
  const head: AudioHead = { format: 'wav', sampleRateHz: null, channels: null, durationMs: null };
  let bytesPerSecond = 0;
  let offset = 12;
  while (offset + 8 <= bytes.length) {
    const size = view.getUint32(offset + 4, true);
    const body = offset + 8;
    const name = ascii(bytes, offset);
    if (name === 'fmt ' && body + 16 <= bytes.length) {
      head.channels = view.getUint16(body + 2, true);
      head.sampleRateHz = view.getUint32(body + 4, true);
      bytesPerSecond = view.getUint32(body + 8, true);
    }
    if (name === 'data') {
      // Writers to pipes leave sizes that are far too large.
      const audioBytes = Math.min(size === 0 ? Infinity : size, fileBytes - body);
      if (bytesPerSecond > 0) head.durationMs = (audioBytes / bytesPerSecond) * 1000;
      break;
    }
    offset = body + size + (size % 2);
  }
  return head;
}

/** The STREAMINFO block (RFC 9639, 8.2). */
function flacHead(view: DataView, info: number): AudioHead | null {
  if (info + 18 > view.byteLength) return null;
  const packed = view.getUint32(info + 10);
  const sampleRateHz = packed >>> 12;
  const frames = (view.getUint8(info + 13) & 0x0f) * 2 ** 32 + view.getUint32(info + 14);
  return {
    format: 'flac',
    sampleRateHz,
    channels: ((packed >>> 9) & 0x07) + 1,
    durationMs: frames > 0 && sampleRateHz > 0 ? (frames / sampleRateHz) * 1000 : null,
  };
}

function ascii(bytes: Uint8Array, start: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + 4));
}
