import type { SessionTimeline } from '../metrics/sessionTimeline.ts';
import { wordEmissions } from '../metrics/wordEmission.ts';
import type { WordStep } from '../metrics/wordSteps.ts';
import type { TimelineAxis } from './axis.ts';
import type { SessionWords } from './sessionWords.ts';
import type { ShownWord } from './timelineSession.ts';

/**
 * The words of the text as it stands, with where they were spoken, when they came and how often
 * their place was rewritten.
 */
export function shownWords(
  { lightSteps }: SessionTimeline,
  words: SessionWords,
  axis: TimelineAxis,
): ShownWord[] {
  const emissions = wordEmissions(lightSteps);
  const revisions = revisionsOfPlaces(lightSteps, emissions.length);
  return words.shown.map(({ text }, place): ShownWord => {
    const { firstUs, stableUs } = emissions[place]!;
    return {
      text,
      ...spokenTimes(words, place),
      firstMs: axis.toMs(firstUs),
      stableMs: axis.toMs(stableUs),
      revisions: revisions[place]!,
      operation: words.comparison?.shown[place] ?? null,
    };
  });
}

type SpokenTimes = Pick<ShownWord, 'startMs' | 'endMs' | 'source'>;

/** The server knows best what it meant; else the reference word that is equal. */
function spokenTimes({ serverTimes, alignment, timed }: SessionWords, place: number): SpokenTimes {
  const server = serverTimes[place];
  if (server) return { startMs: server.startMs, endMs: server.endMs, source: 'server' };
  const equal = timed?.[alignment?.equalTo[place] ?? -1];
  if (equal) return { startMs: equal.startMs, endMs: equal.endMs, source: 'reference' };
  return { startMs: null, endMs: null, source: null };
}

/** How often the word at each place was taken back; a word that grows was not. */
function revisionsOfPlaces(steps: readonly WordStep[], places: number): Uint32Array {
  const revisions = new Uint32Array(places);
  for (const { keptWords, removedWords, appends } of steps) {
    if (appends) continue;
    const end = Math.min(places, keptWords + removedWords);
    for (let place = keptWords; place < end; place++) revisions[place]!++;
  }
  return revisions;
}
