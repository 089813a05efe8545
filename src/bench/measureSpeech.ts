import { AudioError } from '../audio/audioError.ts';
import { decodeAudioFile } from '../audio/decodeAudioFile.ts';
import type { Utterance } from '../dataset/utterance.ts';

export interface SpeechAmount {
  audioMs: number;
  /** False where the length of some files was estimated from that of others. */
  exact: boolean;
}

/**
 * How much audio utterances hold: as declared where the dataset declares it, else by looking into
 * the files until `budgetMs` have passed. The rest is taken to be as long as the others on average.
 * Files that cannot be used count as nothing.
 */
export async function measureSpeech(
  utterances: readonly Utterance[],
  budgetMs: number,
): Promise<SpeechAmount> {
  const untilMs = performance.now() + budgetMs;
  let audioMs = 0;
  let known = 0;
  for (const { declaredDurationMs, audioPath } of utterances) {
    if (declaredDurationMs === null && performance.now() > untilMs) continue;
    audioMs += declaredDurationMs ?? (await fileDurationMs(audioPath));
    known += 1;
  }
  if (known === utterances.length) return { audioMs, exact: true };
  return { audioMs: known === 0 ? 0 : (audioMs / known) * utterances.length, exact: false };
}

async function fileDurationMs(file: string): Promise<number> {
  try {
    const { source, blocks } = await decodeAudioFile(file);
    let frames = 0;
    for await (const [channel] of blocks) frames += channel?.length ?? 0;
    return (frames / source.sampleRateHz) * 1000;
  } catch (error) {
    if (error instanceof AudioError) return 0;
    throw error;
  }
}
