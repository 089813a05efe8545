import { duration } from '../timeline/formatTime.ts';
import { wordNear } from './positions.ts';
import type { Transcript, TranscriptWord } from './transcript.ts';

/** What is said beside the words. */
export const timingModes = ['off', 'gaps', 'lag', 'heat'] as const;
export type TimingMode = (typeof timingModes)[number];

/** A short note at a place of the text. */
export interface TimingHint {
  atChars: number;
  label: string;
  /** The same as a sentence. */
  meaning: string;
  /** Whether it belongs to the word behind it, or to that before. */
  belongsTo: 'next' | 'previous';
}

/** Deltas that begin in one word and are told one by one. */
const mostGapsOfWord = 3;

/** All notes of a kind, in the order of the text. */
export function timingHints(transcript: Transcript, mode: TimingMode): TimingHint[] {
  switch (mode) {
    case 'off':
      return [];
    case 'gaps':
      return gapHints(transcript);
    case 'lag':
      return lagHints(transcript);
    case 'heat':
      return revisionHints(transcript);
  }
}

/** The gap before each delta, at the word in which what is left of its text begins. */
function gapHints(transcript: Transcript): TimingHint[] {
  const gaps = new Map<number, { delta: number; gapMs: number }[]>();
  transcript.deltas.forEach(({ gapMs, wroteFrom }, delta) => {
    if (gapMs === null || wroteFrom === null) return;
    const place = wordNear(transcript, wroteFrom);
    if (place < 0) return;
    const ofWord = gaps.get(place) ?? [];
    gaps.set(place, [...ofWord, { delta, gapMs }]);
  });
  return [...gaps]
    .sort(([a], [b]) => a - b)
    .map(([place, ofWord]) => {
      const told = ofWord.slice(0, mostGapsOfWord).map(({ gapMs }) => `+${duration(round(gapMs))}`);
      if (ofWord.length > told.length) told.push('…');
      const meaning = ofWord.map(
        ({ delta, gapMs }) => `Delta ${delta + 1}: ${duration(gapMs)} after the text before.`,
      );
      return {
        atChars: transcript.words[place]!.startChars,
        label: told.join(' '),
        meaning: meaning.join('\n'),
        belongsTo: 'next',
      };
    });
}

/** How far behind the audio each delta is, behind the last of the words that it showed first. */
function lagHints({ words }: Transcript): TimingHint[] {
  const hints: TimingHint[] = [];
  let latest: TranscriptWord | null = null;
  words.forEach((word, at) => {
    if (word.lagMs !== null && (word.endMs ?? 0) >= (latest?.endMs ?? -Infinity)) latest = word;
    if (words[at + 1]?.firstDelta === word.firstDelta) return;
    if (latest?.lagMs !== null && latest) {
      const lag = duration(round(latest.lagMs));
      const source = latest.source === 'server' ? ' by the server’s times' : '';
      hints.push({
        atChars: word.endChars,
        label: lag,
        meaning: `Delta ${word.firstDelta + 1} showed “${latest.text}” ${lag} after it was spoken${source}.`,
        belongsTo: 'previous',
      });
    }
    latest = null;
  });
  return hints;
}

/** How often each word was rewritten, which its background shows by colour. */
function revisionHints({ words }: Transcript): TimingHint[] {
  return words
    .filter(({ revisions }) => revisions > 0)
    .map(({ endChars, revisions }) => ({
      atChars: endChars,
      label: `×${revisions}`,
      meaning: `Text at this place was replaced ${timesText(revisions)} before it stood.`,
      belongsTo: 'previous',
    }));
}

/** 0: a word that stood as it came; 3: one that was replaced three times or more. */
export function heatOf({ revisions }: TranscriptWord): 0 | 1 | 2 | 3 {
  return Math.min(3, revisions) as 0 | 1 | 2 | 3;
}

export function timesText(count: number): string {
  if (count === 1) return 'once';
  return count === 2 ? 'twice' : `${count} times`;
}

/** Beside words, whole milliseconds are enough. */
function round(ms: number): number {
  return Math.round(ms);
}
