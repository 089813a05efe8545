import type { UtteranceDetail } from '../../../src/compareview/compareView.ts';
import type { Stretch } from '../../../src/timeline/timelineSession.ts';

export type Alignment = NonNullable<UtteranceDetail['alignment']>;
export type WordColumn = Alignment['columns'][number];
type Token = WordColumn['a'];
type WordTimes = NonNullable<WordColumn['times']>;

/** Heard before and after a word, milliseconds. */
const marginMs = 150;
/** Heard before and after an arrival where it is not known when the word was said, milliseconds. */
const leadMs = 2000;
const tailMs = 250;

/** Whether the two runs made something else of the place. */
export function differs({ a, b }: WordColumn): boolean {
  return a.mark !== b.mark || a.text !== b.text;
}

/** The next place that differs; -1 after the last and before the first. */
export function differenceBeside(columns: readonly WordColumn[], at: number, step: 1 | -1): number {
  for (let place = at + step; place >= 0 && place < columns.length; place += step) {
    if (differs(columns[place]!)) return place;
  }
  return -1;
}

/** What to play to hear a word, milliseconds of audio; null where nothing is known of its time. */
export function heardStretch(times: WordTimes | null): Stretch | null {
  if (!times) return null;
  const { startMs, endMs, arrivedMsA, arrivedMsB } = times;
  if (startMs !== null && endMs !== null) {
    return { startMs: Math.max(0, startMs - marginMs), endMs: endMs + marginMs };
  }
  const arrivals = [arrivedMsA, arrivedMsB].filter((ms) => ms !== null);
  if (arrivals.length === 0) return null;
  const first = Math.min(...arrivals);
  return { startMs: Math.max(0, first - leadMs), endMs: Math.max(...arrivals) + tailMs };
}

/** A place in words, for example `said “seven”, A equal, B “eleven” instead`. */
export function spokenColumn(
  { reference, a, b }: WordColumn,
  letters: readonly [string, string],
): string {
  const said = reference === null ? 'nothing said' : `said “${reference}”`;
  return `${said}, ${letters[0]} ${spokenToken(a)}, ${letters[1]} ${spokenToken(b)}`;
}

function spokenToken({ mark, text }: Token): string {
  switch (mark) {
    case 'equal':
      return 'equal';
    case 'substitute':
      return `“${text ?? ''}” instead`;
    case 'delete':
      return 'left it out';
    case 'insert':
      return `added “${text ?? ''}”`;
    case null:
      return 'nothing';
  }
}

/** How many places each run got wrong, and at how many the runs differ. */
export function alignmentCounts(columns: readonly WordColumn[]): {
  a: number;
  b: number;
  differing: number;
} {
  const isWrong = ({ mark }: Token) => mark !== null && mark !== 'equal';
  return {
    a: columns.filter((column) => isWrong(column.a)).length,
    b: columns.filter((column) => isWrong(column.b)).length,
    differing: columns.filter(differs).length,
  };
}
