import * as z from 'zod';
import type { TimedWord } from '../trace/transcriptEvent.ts';
import { DatasetError } from './datasetError.ts';
import { readWholeText } from './readText.ts';
import { timeMs } from './timeMs.ts';

const maxFileBytes = 16 * 1024 * 1024;

const seconds = z.number().nonnegative();
const milliseconds = z.number().nonnegative();

/** Times in seconds (`start_s` or `start`) or in milliseconds (`start_ms`), the word as `word` or `text`. */
const writtenWord = z.object({
  word: z.string().optional(),
  text: z.string().optional(),
  start_s: seconds.optional(),
  start: seconds.optional(),
  start_ms: milliseconds.optional(),
  end_s: seconds.optional(),
  end: seconds.optional(),
  end_ms: milliseconds.optional(),
});

const writtenWords = z.union([
  z.array(writtenWord),
  z.object({ words: z.array(writtenWord) }).transform((file) => file.words),
]);

export type WordTimings = { words: TimedWord[] } | { problem: string };

/** Reads reference words with their times out of parsed JSON. Words must be in the order spoken. */
export function parseWordTimings(value: unknown): WordTimings {
  const parsed = writtenWords.safeParse(value);
  if (!parsed.success) return { problem: expectation };
  const words: TimedWord[] = [];
  for (const [i, written] of parsed.data.entries()) {
    const text = (written.word ?? written.text ?? '').trim();
    const startMs = timeMs(written.start_ms, written.start_s ?? written.start);
    const endMs = timeMs(written.end_ms, written.end_s ?? written.end);
    if (text === '' || startMs === null || endMs === null) {
      return { problem: `word ${i + 1} is incomplete: ${expectation}` };
    }
    if (endMs < startMs || startMs < (words.at(-1)?.startMs ?? 0)) {
      return { problem: `word ${i + 1} ("${text}") ends before it starts or is out of order` };
    }
    words.push({ text, startMs, endMs });
  }
  return { words };
}

/** The same out of a JSON file: an array of words, or an object with the array as `words`. */
export async function readWordTimings(path: string): Promise<WordTimings> {
  try {
    return parseWordTimings(JSON.parse(await readWholeText(path, maxFileBytes)));
  } catch (error) {
    if (error instanceof DatasetError) return { problem: error.message };
    if (error instanceof SyntaxError) return { problem: `not valid JSON: ${error.message}` };
    throw error;
  }
}

const expectation =
  'expected a list of {"word", "start_s", "end_s"} in seconds, or with "start_ms", "end_ms"';
