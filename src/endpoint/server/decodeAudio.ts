import { invalidAudio } from './clientMessage.ts';
import { bytesOfBase64, samplesOf } from './pcmBytes.ts';

/**
 * The samples of an `append`: base64 of 16-bit little-endian PCM, in memory of their own.
 *
 * @throws ProtocolError `invalid_audio` for bad base64, no audio or half a sample.
 */
export function decodeAudio(audio: string): Int16Array<ArrayBuffer> {
  const bytes = bytesOfBase64(audio);
  if (bytes === null || bytes.length === 0 || bytes.length % 2 !== 0) throw invalidAudio();
  return samplesOf(bytes);
}
