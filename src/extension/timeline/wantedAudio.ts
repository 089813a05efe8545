import type { RunUtterance } from '../../runfile/run.ts';
import type { SessionTrace } from '../../trace/sessionTrace.ts';
import { audioKeyOf } from '../../timeline/audioKey.ts';
import type { WantedAudio } from './timelineReaderMessages.ts';

/** The audio that a session sent. Sessions that sent the same have the same key. */
export function wantedAudio(
  { audioPath, sha256 }: RunUtterance,
  { audio }: SessionTrace,
): WantedAudio {
  const { sampleRateHz, totalSamples } = audio;
  const audioKey = audioKeyOf(sha256 ?? audioPath, sampleRateHz);
  return { audioKey, audioPath, sha256, sampleRateHz, totalSamples };
}
