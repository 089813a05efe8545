import { errorText } from '../common/benchError.ts';
import { DatasetError } from './datasetError.ts';
import { jsonElementLines } from './jsonElementLines.ts';
import { parseManifestEntry, type LocatedEntry } from './manifestEntry.ts';
import { namesAudio, pickFields } from './manifestFields.ts';
import type { ProblemList } from './problemList.ts';
import { readLines, readText, readWholeText } from './readText.ts';

const maxWholeBytes = 256 * 1024 * 1024;
const sniffLength = 1024 * 1024;

/** Keys of an outer object under which the list of utterances may be. */
const listKeys = ['utterances', 'items', 'data'];

export interface JsonManifest {
  format: 'json' | 'jsonl' | 'nemo';
  entries: LocatedEntry[];
}

type JsonObject = Record<string, unknown>;

/**
 * Reads a manifest of one JSON object per line, or of one JSON list, whatever its name ends in
 * (NeMo's manifests are lines in a `.json`). Lines that cannot be used are reported and left out.
 * @throws DatasetError when the file cannot be read, or is one JSON text and not valid
 */
export async function readJsonManifest(path: string, problems: ProblemList): Promise<JsonManifest> {
  if (await holdsLines(path)) return await readJsonLines(path, problems);
  return { format: 'json', entries: await readJsonList(path, problems) };
}

/** Decides by the first line: a whole object that is not itself a list of utterances. */
async function holdsLines(path: string): Promise<boolean> {
  let start = '';
  for await (const piece of readText(path)) {
    start = (start + piece).trimStart();
    if (start.includes('\n') || start.length > sniffLength) break;
  }
  if (start.startsWith('[')) return false;
  if (!path.endsWith('.json')) return true;
  const first = parseJson(start.split('\n', 1)[0] ?? '');
  return 'value' in first && isObject(first.value) && listKeyOf(first.value) === null;
}

async function readJsonLines(path: string, problems: ProblemList): Promise<JsonManifest> {
  const entries: LocatedEntry[] = [];
  let format: JsonManifest['format'] = 'jsonl';
  for await (const { line, text } of readLines(path)) {
    if (text.trim() === '') continue;
    const parsed = parseJson(text);
    if ('problem' in parsed) {
      problems.add(path, line, `Not valid JSON, left out: ${parsed.problem}`);
      continue;
    }
    if (isObject(parsed.value) && 'audio_filepath' in parsed.value) format = 'nemo';
    addEntry(parsed.value, { path, line, entries, problems });
  }
  return { format, entries };
}

async function readJsonList(path: string, problems: ProblemList): Promise<LocatedEntry[]> {
  const json = await readWholeText(path, maxWholeBytes);
  const parsed = parseJson(json);
  if ('problem' in parsed) {
    throw new DatasetError('invalid-json', `${path} is not valid JSON: ${parsed.problem}`);
  }
  const { list, key } = findList(parsed.value, path);
  const lines = jsonElementLines(json, key);
  const entries: LocatedEntry[] = [];
  for (const [i, element] of list.entries()) {
    addEntry(element, { path, line: lines[i] ?? null, entries, problems });
  }
  return entries;
}

function findList(value: unknown, path: string): { list: unknown[]; key: string | null } {
  if (Array.isArray(value)) return { list: value, key: null };
  if (isObject(value)) {
    const key = listKeyOf(value);
    if (key !== null) return { list: value[key] as unknown[], key };
    if (Object.keys(value).some(namesAudio)) return { list: [value], key: null };
  }
  throw new DatasetError(
    'unknown-layout',
    `${path} holds no list of utterances: expected a JSON list, one object per line, or an object ` +
      `with the list as ${listKeys.map((name) => `"${name}"`).join(', ')}.`,
  );
}

interface EntryTarget {
  path: string;
  line: number | null;
  entries: LocatedEntry[];
  problems: ProblemList;
}

function addEntry(value: unknown, { path, line, entries, problems }: EntryTarget): void {
  if (!isObject(value)) {
    problems.add(path, line, 'Not a JSON object; left out.');
    return;
  }
  const entry = parseManifestEntry(pickFields(value), (message) => {
    problems.add(path, line, message);
  });
  if (entry) entries.push({ entry, file: path, line });
}

function parseJson(text: string): { value: unknown } | { problem: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { problem: errorText(error) };
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listKeyOf(value: JsonObject): string | null {
  return listKeys.find((key) => Array.isArray(value[key])) ?? null;
}
