import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeRunFile } from '../../src/runfile/writeRunFile.ts';
import { pcm16Wav } from '../unit/audio/support/wavWriter.ts';
import { exampleRun, exampleSession, exampleUtterance } from './exampleRun.ts';
import { testAudio } from './testSession.ts';

/** Title of the run that {@link writeRunOfMovedAudio} writes. */
export const movedAudioTitle = 'Moved away';

/**
 * A run of two repeats, whose audio is not where it was when it was measured.
 * Returns where it is now.
 */
export async function writeRunOfMovedAudio(folder: string): Promise<string> {
  const { samples, sampleRateHz } = testAudio(1000);
  const bytes = pcm16Wav(samples, sampleRateHz);
  const audio = path.join(folder, 'elsewhere', 'hello.wav');
  await mkdir(path.dirname(audio));
  await writeFile(audio, bytes);
  const run = exampleRun();
  const utterance = exampleUtterance({
    audioPath: path.join(folder, 'hello.wav'),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  await writeRunFile(path.join(folder, 'moved.rtbench.json'), {
    ...run,
    info: { ...run.info, title: movedAudioTitle, plannedSessions: 2 },
    utterances: [utterance],
    sessions: [exampleSession(), exampleSession({ id: 's00002', repeat: 1 })],
  });
  return audio;
}
