import { endianness } from 'node:os';
import type { PcmAudio } from './pcmAudio.ts';

/** A piece of audio as it goes on the wire. */
export interface AudioChunk {
  /** Of the first sample. */
  startSample: number;
  /** After the last sample. */
  endSample: number;
  /** 16-bit samples, little-endian: a view of the audio where the machine is little-endian too. */
  bytes: Uint8Array;
}

/**
 * Cuts audio into chunks of `chunkMs`; the last may be shorter, none is empty. Where a chunk is not
 * a whole number of samples, each one starts at the sample nearest to its due time: no drift.
 *
 * @param chunkMs above 0; at least one sample long
 */
export function cutChunks(audio: PcmAudio, chunkMs: number): AudioChunk[] {
  const chunkSamples = (audio.sampleRateHz * chunkMs) / 1000;
  if (!(chunkSamples >= 1)) {
    throw new RangeError(
      `A chunk of ${chunkMs} ms is shorter than one sample at ${audio.sampleRateHz} Hz. ` +
        'Choose a longer one.',
    );
  }
  const bytes = littleEndianBytes(audio.samples);
  const chunks: AudioChunk[] = [];
  for (let startSample = 0; startSample < audio.samples.length;) {
    const due = Math.round((chunks.length + 1) * chunkSamples);
    const endSample = Math.min(due, audio.samples.length);
    chunks.push({
      startSample,
      endSample,
      bytes: bytes.subarray(startSample * 2, endSample * 2),
    });
    startSample = endSample;
  }
  return chunks;
}

function littleEndianBytes(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap16();
}
