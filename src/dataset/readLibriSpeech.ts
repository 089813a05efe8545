import { join, posix } from 'node:path';
import { audioKind, withoutExtension } from './audioFileName.ts';
import { audioEntry, type LocatedEntry } from './manifestEntry.ts';
import type { ProblemList } from './problemList.ts';
import { readLines } from './readText.ts';

/** Whether a file's name is that of a LibriSpeech transcript. */
export function isLibriSpeechTranscript(path: string): boolean {
  return path.endsWith('.trans.txt');
}

/**
 * LibriSpeech's layout: `*.trans.txt` files whose lines are `ID TEXT`, with the audio as
 * `ID.flac` (or another format) beside them.
 * @param files paths relative to the folder, in the order wanted
 */
export async function readLibriSpeech(
  folder: string,
  files: readonly string[],
  problems: ProblemList,
): Promise<LocatedEntry[]> {
  const audioByStem = new Map<string, string>();
  for (const file of files) {
    if (audioKind(file) === 'readable') audioByStem.set(withoutExtension(file), file);
  }
  const entries: LocatedEntry[] = [];
  for (const transcript of files.filter(isLibriSpeechTranscript)) {
    const path = join(folder, transcript);
    for await (const { line, text } of readLines(path)) {
      const parsed = /^\s*(\S+)(?:\s+(.*))?$/.exec(text);
      if (!parsed) continue;
      const [, id = '', reference = ''] = parsed;
      const stem = posix.join(posix.dirname(transcript), id);
      const audio = audioByStem.get(stem);
      audioByStem.delete(stem);
      if (audio === undefined) {
        problems.add(path, line, `There is no audio file ${id}.flac beside it; left out.`);
        continue;
      }
      const entry = audioEntry(join(folder, audio), id, reference.trim());
      entries.push({ entry: { ...entry, speaker: speakerOf(id) }, file: path, line });
    }
  }
  for (const audio of audioByStem.values()) {
    problems.add(join(folder, audio), null, 'No transcript names this audio file; left out.');
  }
  return entries;
}

/** LibriSpeech's ids are speaker-chapter-utterance, all numbers. */
function speakerOf(id: string): string | null {
  return /^(\d+)-\d+-\d+$/.exec(id)?.[1] ?? null;
}
