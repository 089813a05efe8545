import type { ThreeWayColumn } from '../comparison/alignThreeWays.ts';
import type { ProfileChoice } from '../metrics/text/chooseProfile.ts';
import { scoredUnits } from '../metrics/text/scoredUnits.ts';
import { textProfile } from '../metrics/text/textProfiles.ts';
import { alignWords } from '../timeline/alignWords.ts';
import type { TimelineSession } from '../timeline/timelineSession.ts';
import { unitPlaces, type UnitsOf } from '../timeline/unitPlaces.ts';
import { shownTokens, timedTokens } from '../timeline/wordTokens.ts';
import type { TimedWord } from '../trace/transcriptEvent.ts';
import type { UtteranceDetail } from './compareView.ts';

type Alignment = NonNullable<UtteranceDetail['alignment']>;
type WordTimes = NonNullable<Alignment['columns'][number]['times']>;

/** What one run made of the text; without `session` nothing is known of its times. */
export interface TimedSide {
  text: string;
  session: TimelineSession | null;
}

/** Where the times of an alignment's columns come from. */
export interface TimedTexts {
  reference: string;
  /** Where the reference's words were spoken; null where the dataset does not say. */
  words: readonly TimedWord[] | null;
  choice: ProfileChoice;
  a: TimedSide;
  b: TimedSide;
}

/** When the word of each column was said, and when it was on the screen in either run. */
export function wordTimes(
  columns: readonly ThreeWayColumn[],
  texts: TimedTexts,
): (WordTimes | null)[] {
  const unitsOf = alignedUnits(texts.choice);
  const spoken = spokenTimes(texts, unitsOf);
  const arrivedA = arrivals(texts.a, unitsOf);
  const arrivedB = arrivals(texts.b, unitsOf);
  const next = { reference: 0, a: 0, b: 0 };
  return columns.map(({ reference, a, b }) => {
    const said = reference === null ? null : spoken[next.reference++];
    const arrivedMsA = a.text === null ? null : (arrivedA[next.a++] ?? null);
    const arrivedMsB = b.text === null ? null : (arrivedB[next.b++] ?? null);
    if (!said && arrivedMsA === null && arrivedMsB === null) return null;
    return { startMs: said?.startMs ?? null, endMs: said?.endMs ?? null, arrivedMsA, arrivedMsB };
  });
}

/** The units that `alignThreeWays` aligns. */
function alignedUnits({ profileId, headline }: ProfileChoice): UnitsOf {
  return scoredUnits(textProfile(profileId), headline === 'cer_nospace' ? headline : 'wer');
}

type Spoken = Pick<TimedWord, 'startMs' | 'endMs'>;

/** Of each unit of the reference; null where no timed word is the one that is written. */
function spokenTimes({ reference, words }: TimedTexts, unitsOf: UnitsOf): (Spoken | null)[] {
  if (words === null) return [];
  const written = shownTokens(reference);
  const timed = timedTokens(words);
  const formOf = ({ form }: { form: string }) => form;
  const { equalTo } = alignWords(timed.map(formOf), written.map(formOf));
  return unitWords(reference, unitsOf).map(([first, end]): Spoken | null => {
    const start = timed[equalTo[first] ?? -1];
    const last = timed[equalTo[end - 1] ?? -1];
    return start && last ? { startMs: start.startMs, endMs: last.endMs } : null;
  });
}

/** When each unit of a text was first complete on the screen; none where its words are unknown. */
function arrivals({ text, session }: TimedSide, unitsOf: UnitsOf): number[] {
  const words = session?.words ?? [];
  if (shownTokens(text).length !== words.length) return [];
  return unitWords(text, unitsOf).map(([first, end]) =>
    Math.max(...words.slice(first, end).map(({ firstMs }) => firstMs)),
  );
}

/** The words that each unit comes from: place of the first, and behind the last. */
function unitWords(text: string, unitsOf: UnitsOf): [first: number, end: number][] {
  const { units, firstWord, endWord } = unitPlaces(
    { text, words: shownTokens(text) },
    unitsOf,
    unitsOf,
  );
  return units.map((_, unit) => [firstWord[unit]!, endWord[unit]!]);
}
