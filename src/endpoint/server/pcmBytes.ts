import { endianness } from 'node:os';

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The bytes of a well-formed base64 text, or null. */
export function bytesOfBase64(text: string): Buffer | null {
  return text.length % 4 === 0 && base64.test(text) ? Buffer.from(text, 'base64') : null;
}

/** 16-bit little-endian samples in memory of their own; an odd byte at the end is let go. */
export function samplesOf(bytes: Uint8Array): Int16Array<ArrayBuffer> {
  const samples = new Int16Array(bytes.length >> 1);
  const copy = Buffer.from(samples.buffer);
  copy.set(bytes.subarray(0, samples.byteLength));
  if (endianness() === 'BE') copy.swap16();
  return samples;
}
