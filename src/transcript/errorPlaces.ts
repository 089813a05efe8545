import type { Transcript } from './transcript.ts';

/** Where word errors begin in the text, each place once, ascending. */
export function errorPlaces({ words, missing }: Pick<Transcript, 'words' | 'missing'>): number[] {
  const wrong = words.filter(
    ({ operation }) => operation === 'substitute' || operation === 'insert',
  );
  const places = [
    ...wrong.map(({ startChars }) => startChars),
    ...missing.map(({ atChars }) => atChars),
  ];
  return [...new Set(places)].sort((a, b) => a - b);
}

/** The nearest place behind (1) or before (-1) another; behind the last one comes the first. */
export function placeFrom(
  places: readonly number[],
  from: number,
  step: 1 | -1,
): number | undefined {
  if (step === 1) return places.find((place) => place > from) ?? places[0];
  return places.findLast((place) => place < from) ?? places.at(-1);
}
