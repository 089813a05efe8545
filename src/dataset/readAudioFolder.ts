import { basename, join } from 'node:path';
import { audioKind, withoutExtension } from './audioFileName.ts';
import { DatasetError } from './datasetError.ts';
import { audioEntry, type LocatedEntry } from './manifestEntry.ts';
import type { ProblemList } from './problemList.ts';
import { readWholeText } from './readText.ts';

const maxTextBytes = 1024 * 1024;

/** Texts that come with many folders and are nobody's transcript. */
const notATranscript = /^(readme|licen[cs]e|copying|notice|changelog|authors|speakers|chapters)\b/i;

/**
 * Audio files with same-named `.txt` files as references.
 * @param files paths relative to the folder, in the order wanted
 */
export async function readAudioFolder(
  folder: string,
  files: readonly string[],
  problems: ProblemList,
): Promise<LocatedEntry[]> {
  const texts = new Set(files.filter((file) => file.endsWith('.txt')));
  const entries: LocatedEntry[] = [];
  for (const file of files) {
    const kind = audioKind(file);
    if (kind === 'unreadable') {
      problems.add(join(folder, file), null, 'This audio format cannot be read; left out.');
    }
    if (kind !== 'readable') continue;
    const id = withoutExtension(file);
    const textFile = `${id}.txt`;
    const reference = texts.has(textFile)
      ? await readReference(join(folder, textFile), problems)
      : null;
    const entry = audioEntry(join(folder, file), id, reference);
    entries.push({ entry, file: join(folder, file), line: null });
  }
  const used = new Set(entries.map(({ entry }) => `${entry.id ?? ''}.txt`));
  for (const text of texts) {
    if (used.has(text) || notATranscript.test(basename(text))) continue;
    problems.add(join(folder, text), null, 'There is no audio file of the same name; left out.');
  }
  return entries;
}

async function readReference(path: string, problems: ProblemList): Promise<string | null> {
  try {
    return (await readWholeText(path, maxTextBytes)).trim().replace(/\s+/g, ' ');
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    problems.add(path, null, `Not used as a reference: ${error.message}`);
    return null;
  }
}
