import { cutChunks } from '../audio/cutChunks.ts';
import type { PcmAudio } from '../audio/pcmAudio.ts';
import type { DialectSession } from '../dialects/dialect.ts';
import type { ChunkFrame } from './audioSender.ts';

/** The frames of an utterance, encoded one at a time as they are asked for. */
export function* chunkFrames(
  audio: PcmAudio,
  chunkMs: number,
  dialectSession: DialectSession,
): Generator<ChunkFrame, undefined> {
  for (const { startSample, endSample, bytes } of cutChunks(audio, chunkMs)) {
    yield { startSample, endSample, frame: dialectSession.audio(bytes) };
  }
}
