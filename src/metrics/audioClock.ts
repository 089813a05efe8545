import type { Micros, SentChunk, SessionTrace } from '../trace/sessionTrace.ts';

/** Relates a session's wall time to the audio that was spoken and sent. */
export interface AudioClock {
  /** W(x): when audio offset x exists, to the nearest microsecond. */
  wallUs(audioMs: number): Micros;
  /** The inverse of W. */
  audioMs(atUs: Micros): number;
  /** A(t): milliseconds of audio sent by then, 0 before the first chunk. */
  sentMs(atUs: Micros): number;
  /** The chunk that carries this offset; the end of the audio belongs to the last chunk. */
  chunkAt(audioMs: number): SentChunk | null;
}

/**
 * The clock of a session; null before the first chunk was scheduled. In burst pacing there is no
 * W: callers must not ask for it.
 */
export function audioClock({ audio, chunks }: SessionTrace): AudioClock | null {
  const { originUs, sampleRateHz, pacing } = audio;
  if (originUs === null) return null;
  const msOf = (samples: number) => (samples / sampleRateHz) * 1000;
  return {
    wallUs: (audioMs) => Math.round(originUs + (audioMs * 1000) / pacing.speed),
    audioMs: (atUs) => ((atUs - originUs) / 1000) * pacing.speed,
    sentMs(atUs) {
      const count = countWhile(chunks, (chunk) => chunk.sentUs <= atUs);
      return count === 0 ? 0 : msOf(chunks[count - 1]!.endSample);
    },
    chunkAt(audioMs) {
      const index = countWhile(chunks, (chunk) => msOf(chunk.endSample) <= audioMs);
      const found = chunks[index];
      if (found) return msOf(found.startSample) <= audioMs ? found : null;
      const last = chunks.at(-1);
      return last && msOf(last.endSample) === audioMs ? last : null;
    },
  };
}

/** Milliseconds of audio handed to the socket. */
export function sentAudioMs({ audio, chunks }: SessionTrace): number {
  return ((chunks.at(-1)?.endSample ?? 0) / audio.sampleRateHz) * 1000;
}

/** How many items at the front fulfil a condition that no item after them does. */
function countWhile<T>(items: readonly T[], fulfils: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fulfils(items[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
