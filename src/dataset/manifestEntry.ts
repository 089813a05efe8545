import * as z from 'zod';
import type { TimedWord } from '../trace/transcriptEvent.ts';
import type { FieldName, GivenField, ManifestFields } from './manifestFields.ts';
import { timeMs } from './timeMs.ts';
import { parseWordTimings } from './wordTimings.ts';

/** One utterance as its dataset declares it; nothing has been looked up on disk yet. */
export interface ManifestEntry {
  /** Null: named after its audio. */
  id: string | null;
  /** As written: absolute, or relative to the file that names it. */
  audio: string;
  text: string | null;
  /** An empty text is meant: nothing is said in the audio. */
  silent: boolean;
  language: string | null;
  declaredDurationMs: number | null;
  words: TimedWord[] | null;
  /** A JSON file that holds the words, path as for `audio`. */
  wordsFile: string | null;
  speaker: string | null;
  tags: string[];
}

/** Where an entry was read. */
export interface LocatedEntry {
  entry: ManifestEntry;
  file: string;
  /** 1-based; null where there is no such thing as a line. */
  line: number | null;
}

const name = z.union([z.string(), z.number()]).transform((value) => String(value).trim());
const audio = z.union([
  z.string(),
  z.object({ path: z.string() }).transform((value) => value.path),
]);
const text = z
  .union([z.string(), z.number().transform(String)])
  .transform((value) => value.trim().replace(/\s*\n\s*/g, ' '));
const quantity = z.union([z.number(), z.string().trim().min(1).transform(Number)]);
const duration = quantity.pipe(z.number().nonnegative());
const offset = quantity.pipe(z.number());
const tags = z.union([
  z.array(name),
  z.string().transform((value) => value.split(/[,;]/).map((tag) => tag.trim())),
]);
const wordsFile = z.union([z.string(), z.object({ file: z.string() }).transform((v) => v.file)]);

const languagesWithoutSpeech = new Set(['und', 'zxx']);

/**
 * Reads one entry. `report` gets what is wrong with it; a wrong field counts as absent.
 * Null when the entry cannot be used at all.
 */
export function parseManifestEntry(
  fields: ManifestFields,
  report: (message: string) => void,
): ManifestEntry | null {
  const audioPath = audio.safeParse(fields.audio?.value);
  if (!audioPath.success || audioPath.data.trim() === '') {
    report('No audio file is named; left out.');
    return null;
  }
  const read = <T>(field: FieldName, schema: z.ZodType<T>, expected: string) =>
    readField(fields[field], schema, (name) => {
      report(`"${name}" is not ${expected}; ignored.`);
    });
  if ((read('offset', offset, 'a number of seconds') ?? 0) !== 0) {
    report(
      'Uses "offset" to name a part of an audio file, which is not supported; left out. ' +
        'Cut the audio into one file per utterance.',
    );
    return null;
  }
  const language = canonicalLanguage(read('language', name, 'a language tag'), report);
  return {
    id: emptyAsNull(read('id', name, 'a text or a number')),
    audio: audioPath.data.trim(),
    text: read('text', text, 'a text') ?? null,
    silent: fields.metric?.value === 'none' || languagesWithoutSpeech.has(language ?? ''),
    language,
    declaredDurationMs: timeMs(
      read('durationMs', duration, 'a number of milliseconds'),
      read('durationS', duration, 'a number of seconds'),
    ),
    ...readWords(fields, report),
    speaker: emptyAsNull(read('speaker', name, 'a text or a number')),
    tags: (read('tags', tags, 'a list of texts') ?? []).filter((tag) => tag !== ''),
  };
}

/** An entry that names only its audio, for layouts that are not manifests. */
export function audioEntry(audioPath: string, id: string, reference: string | null): ManifestEntry {
  return {
    id,
    audio: audioPath,
    text: reference,
    silent: false,
    language: null,
    declaredDurationMs: null,
    words: null,
    wordsFile: null,
    speaker: null,
    tags: [],
  };
}

function readField<T>(
  given: GivenField | undefined,
  schema: z.ZodType<T>,
  reject: (name: string) => void,
): T | undefined {
  if (given === undefined) return undefined;
  const parsed = schema.safeParse(given.value);
  if (parsed.success) return parsed.data;
  reject(given.name);
  return undefined;
}

function emptyAsNull(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}

/** BCP 47 in its usual spelling: `en_us` becomes `en-US`. */
function canonicalLanguage(
  language: string | undefined,
  report: (message: string) => void,
): string | null {
  if (language === undefined || language === '') return null;
  try {
    return Intl.getCanonicalLocales(language.replaceAll('_', '-'))[0] ?? null;
  } catch {
    report(`"${language}" is not a language tag such as "en" or "pt-BR"; ignored.`);
    return null;
  }
}

/** `words` holds them; `word_timings` holds them or names the file that does. */
function readWords(
  fields: ManifestFields,
  report: (message: string) => void,
): Pick<ManifestEntry, 'words' | 'wordsFile'> {
  const file = wordsFile.safeParse(fields.wordTimings?.value);
  if (file.success) return { words: null, wordsFile: file.data };
  const given = fields.words ?? fields.wordTimings;
  // A text under `words` is the transcript or a count in other people's tables, not times.
  if (given === undefined || typeof given.value === 'string') {
    return { words: null, wordsFile: null };
  }
  const timings = parseWordTimings(given.value);
  if ('words' in timings) return { words: timings.words, wordsFile: null };
  report(`"${given.name}" is ignored: ${timings.problem}.`);
  return { words: null, wordsFile: null };
}
