import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join, posix, resolve } from 'node:path';
import { errorText } from '../common/benchError.ts';
import { audioKind, withoutExtension } from './audioFileName.ts';
import { buildUtterances } from './buildUtterances.ts';
import { acceptedLayouts, DatasetError } from './datasetError.ts';
import type { LocatedEntry } from './manifestEntry.ts';
import { ProblemList } from './problemList.ts';
import { readAudioFolder } from './readAudioFolder.ts';
import { readJsonManifest } from './readJsonManifest.ts';
import { isLibriSpeechTranscript, readLibriSpeech } from './readLibriSpeech.ts';
import { readTableManifest } from './readTableManifest.ts';
import type { Dataset, DatasetFormat, DatasetProblem } from './utterance.ts';
import { walkFolder } from './walkFolder.ts';

interface Source {
  format: DatasetFormat;
  entries: LocatedEntry[];
}

/** Names of a manifest that speaks for its folder, best first. */
const manifestNames = ['manifest.jsonl', 'manifest.json', 'manifest.csv', 'manifest.tsv'];
const audioFolderNames = ['metadata.jsonl', 'metadata.csv'];

/**
 * Reads a dataset: a manifest, a folder or a single audio file, recognised by what is there.
 * Entries that cannot be used are left out and reported in `problems`; the order is the
 * manifest's, or sorted by path for folders.
 * @throws DatasetError when the path is not a dataset or nothing in it is usable
 */
export async function loadDataset(path: string): Promise<Dataset> {
  const absolute = resolve(path);
  const problems = new ProblemList();
  const isFolder = await checkIsFolder(absolute);
  const source = isFolder
    ? await readFolder(absolute, problems)
    : await readFile(absolute, problems);
  const root = isFolder ? absolute : dirname(absolute);
  const utterances = await buildUtterances(source.entries, root, problems);
  if (utterances.length === 0) throw noUtterances(absolute, problems.list());
  return {
    name: datasetName(absolute, isFolder),
    path: absolute,
    format: source.format,
    utterances,
    problems: problems.list(),
  };
}

async function checkIsFolder(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    if (found.isDirectory() || found.isFile()) return found.isDirectory();
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const problem = missing ? 'does not exist' : `cannot be read: ${errorText(error)}`;
    throw new DatasetError(
      missing ? 'not-found' : 'unreadable',
      `The dataset ${path} ${problem}. ${acceptedLayouts}`,
      { cause: error },
    );
  }
  throw new DatasetError('unreadable', `The dataset ${path} is neither a file nor a folder.`);
}

async function readFile(path: string, problems: ProblemList): Promise<Source> {
  const extension = extname(path).toLowerCase();
  if (['.json', '.jsonl', '.ndjson'].includes(extension)) {
    return await readJsonManifest(path, problems);
  }
  if (extension === '.csv' || extension === '.tsv') {
    const format = extension === '.csv' ? 'csv' : 'tsv';
    return { format, entries: await readTableManifest(path, format, problems) };
  }
  if (isLibriSpeechTranscript(path)) {
    const beside = (await walkFolder(dirname(path))).filter(
      (file) => file === basename(path) || (audioKind(file) !== 'none' && !file.includes('/')),
    );
    return {
      format: 'librispeech',
      entries: await readLibriSpeech(dirname(path), beside, problems),
    };
  }
  if (audioKind(path) === 'readable') {
    const file = basename(path);
    const files = [file, `${withoutExtension(file)}.txt`];
    const present = (await isPresent(join(dirname(path), files[1] ?? ''))) ? files : [file];
    return { format: 'file', entries: await readAudioFolder(dirname(path), present, problems) };
  }
  if (audioKind(path) === 'unreadable') {
    throw new DatasetError(
      'unknown-layout',
      `${path}: this audio format cannot be read. Convert it to WAV or FLAC, for example with ffmpeg.`,
    );
  }
  throw new DatasetError('unknown-layout', `${path} is not a dataset. ${acceptedLayouts}`);
}

async function readFolder(folder: string, problems: ProblemList): Promise<Source> {
  for (const name of [...manifestNames, ...audioFolderNames]) {
    const path = join(folder, name);
    if (!(await isPresent(path))) continue;
    const source = await readFile(path, problems);
    return audioFolderNames.includes(name) ? { ...source, format: 'audiofolder' } : source;
  }
  const files = await walkFolder(folder);
  if (files.some(isLibriSpeechTranscript)) {
    return { format: 'librispeech', entries: await readLibriSpeech(folder, files, problems) };
  }
  const metadata = files.filter((file) => audioFolderNames.includes(posix.basename(file)));
  if (metadata.length > 0) {
    const parts: LocatedEntry[] = [];
    for (const file of metadata) {
      parts.push(...(await readFile(join(folder, file), problems)).entries);
    }
    return { format: 'audiofolder', entries: parts };
  }
  const entries = await readAudioFolder(folder, files, problems);
  if (entries.length === 0) throw noAudio(folder, files);
  return { format: 'folder', entries };
}

async function isPresent(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

function noAudio(folder: string, files: readonly string[]): DatasetError {
  const manifest = files.find((file) => /\.(jsonl?|ndjson|csv|tsv)$/i.test(file));
  const hint = manifest ? ` If ${manifest} is its manifest, give the path of that file.` : '';
  return new DatasetError('no-utterances', `${folder} holds no audio.${hint} ${acceptedLayouts}`);
}

function noUtterances(path: string, problems: readonly DatasetProblem[]): DatasetError {
  const [first] = problems;
  const line = first?.line ? `:${first.line}` : '';
  const because = first
    ? ` First of ${problems.length} problem(s): ${first.file}${line}: ${first.message}`
    : '';
  return new DatasetError(
    'no-utterances',
    `${path} holds no usable utterance.${because} ${acceptedLayouts}`,
  );
}

/** A manifest with a generic name is known by its folder. */
function datasetName(path: string, isFolder: boolean): string {
  const file = basename(path);
  if (isFolder) return file || path;
  const generic = [...manifestNames, ...audioFolderNames].includes(file);
  return generic ? basename(dirname(path)) || file : withoutExtension(file);
}
