import { endianness } from 'node:os';
import { invalidAudio } from './clientMessage.ts';

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * The samples of an `append`: base64 of 16-bit little-endian PCM, in memory of their own.
 *
 * @throws ProtocolError `invalid_audio` for bad base64, no audio or half a sample.
 */
export function decodeAudio(audio: string): Int16Array<ArrayBuffer> {
  if (audio.length % 4 !== 0 || !base64.test(audio)) throw invalidAudio();
  const bytes = Buffer.from(audio, 'base64');
  if (bytes.length === 0 || bytes.length % 2 !== 0) throw invalidAudio();
  if (endianness() === 'BE') bytes.swap16();
  const samples = new Int16Array(bytes.length / 2);
  new Uint8Array(samples.buffer).set(bytes);
  return samples;
}
