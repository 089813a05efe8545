import { basename, dirname, relative, resolve, sep } from 'node:path';
import type { TimedWord } from '../trace/transcriptEvent.ts';
import { withoutExtension } from './audioFileName.ts';
import type { LocatedEntry } from './manifestEntry.ts';
import type { ProblemList } from './problemList.ts';
import { leadsOut, resolveAudio } from './resolveAudio.ts';
import type { Utterance } from './utterance.ts';
import { readWordTimings } from './wordTimings.ts';

/** Files looked up at once: hides the disk's latency without exhausting file handles. */
const lookupsAtOnce = 32;

interface FoundEntry extends LocatedEntry {
  audioPath: string;
  leadsOut: boolean;
  words: TimedWord[] | null;
}

/**
 * Looks up the files that entries name and makes utterances of the entries whose audio exists, in
 * their order; reports the others, missing references and ids used twice.
 * @param root the dataset's folder: entries without an id are named by their path in it
 */
export async function buildUtterances(
  entries: readonly LocatedEntry[],
  root: string,
  problems: ProblemList,
): Promise<Utterance[]> {
  const found: FoundEntry[] = [];
  for (let first = 0; first < entries.length; first += lookupsAtOnce) {
    const batch = entries.slice(first, first + lookupsAtOnce);
    const looked = await Promise.all(batch.map((located) => lookUp(located, problems)));
    found.push(...looked.filter((entry) => entry !== null));
  }
  reportPathsLeadingOut(found, problems);
  reportReferences(found, problems);
  const lineById = new Map<string, number | null>();
  return found.map((located) => toUtterance(located, uniqueId(located, root, lineById, problems)));
}

async function lookUp(located: LocatedEntry, problems: ProblemList): Promise<FoundEntry | null> {
  const { entry, file, line } = located;
  const folder = dirname(file);
  const audio = await resolveAudio(folder, entry.audio);
  if ('problem' in audio) {
    problems.add(file, line, `${audio.problem} Left out.`);
    return null;
  }
  const found = { ...located, audioPath: audio.path, leadsOut: audio.leadsOut };
  if (entry.wordsFile === null) return { ...found, words: entry.words };
  const timings = await readWordTimings(resolve(folder, entry.wordsFile));
  if ('words' in timings) return { ...found, words: timings.words };
  problems.add(file, line, `The word times in ${entry.wordsFile} are ignored: ${timings.problem}.`);
  return { ...found, words: null };
}

function reportPathsLeadingOut(found: readonly FoundEntry[], problems: ProblemList): void {
  const outside = found.filter((located) => located.leadsOut);
  const [first] = outside;
  if (!first) return;
  problems.add(
    first.file,
    first.line,
    `${outside.length} audio path(s) lead out of the dataset's folder, the first is ` +
      `${first.entry.audio}. They are used, but the folder cannot be moved by itself.`,
  );
}

/** A dataset without any reference is a choice, said once; a single gap is reported where it is. */
function reportReferences(found: readonly FoundEntry[], problems: ProblemList): void {
  const missing = found.filter(({ entry }) => entry.text === null);
  const [first] = missing;
  if (first && found.length > 1 && missing.length === found.length) {
    problems.add(first.file, null, 'No utterance has a reference text: all run without WER.');
  } else {
    for (const { file, line } of missing) {
      problems.add(file, line, 'There is no reference text: runs without WER.');
    }
  }
  for (const { entry, file, line } of found) {
    if (entry.text !== '' || entry.silent) continue;
    problems.add(
      file,
      line,
      'The reference text is empty: every word recognised counts as an error. Leave the text ' +
        'out to run without WER.',
    );
  }
}

function uniqueId(
  { entry, file, line, audioPath }: FoundEntry,
  root: string,
  lineById: Map<string, number | null>,
  problems: ProblemList,
): string {
  const wanted = entry.id ?? idFromPath(root, audioPath);
  let id = wanted;
  for (let i = 2; lineById.has(id); i += 1) id = `${wanted}-${i}`;
  if (id !== wanted) {
    const firstLine = lineById.get(wanted) ?? null;
    const where = firstLine === null ? '' : ` at line ${firstLine}`;
    problems.add(file, line, `The id "${wanted}" is already used${where}: renamed to "${id}".`);
  }
  lineById.set(id, line);
  return id;
}

function idFromPath(root: string, audioPath: string): string {
  const path = leadsOut(root, audioPath) ? basename(audioPath) : relative(root, audioPath);
  return withoutExtension(path).split(sep).join('/');
}

function toUtterance({ entry, audioPath, words }: FoundEntry, id: string): Utterance {
  return {
    id,
    audioPath,
    reference: entry.text,
    language: entry.language,
    declaredDurationMs: entry.declaredDurationMs,
    words,
    speaker: entry.speaker,
    tags: entry.tags,
  };
}
