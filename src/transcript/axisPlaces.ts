import type { ShownWord } from '../timeline/timelineSession.ts';

/**
 * Where on the axis each word is: where it was spoken; between its neighbours where only they have
 * times; and where no word has one, when it was first shown.
 */
export function axisPlaces(words: readonly ShownWord[]): number[] {
  const known = words.flatMap(({ startMs }, place) => (startMs === null ? [] : [place]));
  if (known.length === 0) return words.map(({ firstMs }) => firstMs);
  const places = words.map(({ startMs }) => startMs ?? 0);
  const fill = (from: number, to: number, startMs: number, endMs: number): void => {
    const stepMs = Math.max(0, endMs - startMs) / (to - from);
    for (let place = from; place < to; place++) places[place] = startMs + (place - from) * stepMs;
  };
  const [first] = known;
  const firstMs = words[first!]!.startMs!;
  fill(0, first!, Math.min(0, firstMs), firstMs);
  known.forEach((place, at) => {
    const { startMs, endMs } = words[place]!;
    const next = known[at + 1];
    const lastMs = endMs ?? startMs!;
    fill(place + 1, next ?? words.length, lastMs, next ? words[next]!.startMs! : lastMs);
  });
  return places;
}
