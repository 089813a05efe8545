import { clockTime, duration } from '../timeline/formatTime.ts';
import { timesText } from './timingHints.ts';
import type { Transcript, TranscriptWord } from './transcript.ts';

/** A line about a word. Values are RTBench's own words and numbers. */
export interface WordFact {
  label: string;
  value: string;
}

/** What is known of a word, besides what it should have been. */
export function wordFacts({ deltas }: Transcript, word: TranscriptWord): WordFact[] {
  const { firstMs, stableMs, firstDelta, revisions } = word;
  const isStableAtOnce = stableMs - firstMs < 0.01;
  return [
    {
      label: 'First shown',
      value: `${clockTime(firstMs)}, delta ${firstDelta + 1} of ${deltas.length}`,
    },
    {
      label: 'Stable since',
      value: isStableAtOnce
        ? 'first shown'
        : `${clockTime(stableMs)}, ${duration(Math.round(stableMs - firstMs))} later`,
    },
    { label: 'Revisions', value: revisions === 0 ? 'none' : `replaced ${timesText(revisions)}` },
    { label: 'Spoken', value: spokenText(word) },
    ...(word.endMs === null ? [] : [{ label: 'Lag', value: lagText(word) }]),
  ];
}

function spokenText({ startMs, endMs, source }: TranscriptWord): string {
  if (startMs === null || endMs === null) return 'not known where, so that it has no lag';
  const by = source === 'server' ? 'the server' : 'the reference';
  return `${clockTime(startMs)} to ${clockTime(endMs)}, says ${by}`;
}

function lagText({ lagMs }: TranscriptWord): string {
  if (lagMs !== null) return `${duration(Math.round(lagMs))} from its end to its text`;
  return 'not known: arrivals do not relate to the audio';
}

/** What is wrong with a word; null where nothing is or words are not compared. */
export function errorText({ operation, said }: TranscriptWord): string | null {
  if (operation === 'insert') return 'Inserted: nothing was said for it';
  if (operation !== 'substitute') return null;
  return said === null ? 'Substituted' : 'Substituted: said was';
}
