import type { PcmAudio } from './pcmAudio.ts';

/** A stretch of audio as it goes over the wire. */
export interface AudioChunk {
  startSample: number;
  /** Exclusive. */
  endSample: number;
  /** PCM16 little-endian. */
  bytes: Uint8Array;
}

/** Cuts audio into chunks of `chunkMs` milliseconds, lazily; the last one may be shorter. */
export function* cutChunks(audio: PcmAudio, chunkMs: number): Generator<AudioChunk, undefined> {
  const { samples, sampleRateHz } = audio;
  const chunkSamples = Math.max(1, Math.round((chunkMs * sampleRateHz) / 1000));
  for (let startSample = 0; startSample < samples.length; startSample += chunkSamples) {
    const endSample = Math.min(samples.length, startSample + chunkSamples);
    const bytes = new Uint8Array((endSample - startSample) * 2);
    const view = new DataView(bytes.buffer);
    for (let at = startSample; at < endSample; at++) {
      view.setInt16((at - startSample) * 2, samples[at]!, true);
    }
    yield { startSample, endSample, bytes };
  }
}
