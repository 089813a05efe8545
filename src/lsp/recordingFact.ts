import { recordedStartsMs } from '../runfile/recordedStarts.ts';
import { errorText } from '../common/benchError.ts';
import type { RecordingFact } from './plan/planFacts.ts';

/** What is at the place of recorded starts, an absolute path. */
export async function recordingFact(file: string): Promise<RecordingFact> {
  try {
    const starts = await recordedStartsMs(file);
    return { kind: 'usable', starts: starts.length, durationMs: starts.at(-1)! };
  } catch (error) {
    return { kind: 'unusable', reason: errorText(error) };
  }
}
