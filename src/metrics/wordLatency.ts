import type { Micros } from '../trace/sessionTrace.ts';
import type { TimedWord } from '../trace/transcriptEvent.ts';
import type { AudioClock } from './audioClock.ts';
import { isMissing, missing, type Measured, type Missing } from './missingValue.ts';
import type { SessionTimeline } from './sessionTimeline.ts';
import { alignTokens } from './text/alignTokens.ts';
import { wordEmissions } from './wordEmission.ts';
import { lightForm, wordsOf } from './wordForms.ts';
import { finalWords } from './wordSteps.ts';

/** A reference word that was recognised, and when its text was shown. */
export interface MatchedWord {
  /** Place in the utterance's reference words. */
  wordIndex: number;
  /** we_q: end of the word in the audio. */
  endMs: number;
  firstUs: Micros;
  stableUs: Micros;
}

export interface WordLatencySeries {
  wel: number[] | Missing;
  wsl: number[] | Missing;
  wel_send: number[] | Missing;
  cursor_lag: number[] | Missing;
}

/**
 * Reference words aligned equal to words of the final text, both in light form, with the times
 * those were shown. A reference word of several tokens is matched when all are, and shown with
 * the last of them.
 */
export function matchedWords({ utterance, lightSteps }: SessionTimeline): MatchedWord[] | Missing {
  if (utterance.words === null) return missing('no_word_times');
  const tokens = referenceTokens(utterance.words);
  if (tokens.length === 0) return missing('no_speech');
  const hypothesis = finalWords(lightSteps);
  if (hypothesis.length === 0) return missing('no_text');
  const hypothesisOf = equalPositions(
    tokens.map((token) => token.text),
    hypothesis,
  );
  const emissions = wordEmissions(lightSteps);
  const shown = tokens.map((token, at) => ({ ...token, emission: emissions[hypothesisOf[at]!] }));
  const lost = new Set(shown.filter((token) => !token.emission).map((token) => token.wordIndex));
  const matched = new Map<number, MatchedWord>();
  for (const { wordIndex, emission } of shown) {
    if (!emission || lost.has(wordIndex)) continue;
    const before = matched.get(wordIndex);
    matched.set(wordIndex, {
      wordIndex,
      endMs: utterance.words[wordIndex]!.endMs,
      firstUs: Math.max(emission.firstUs, before?.firstUs ?? emission.firstUs),
      stableUs: Math.max(emission.stableUs, before?.stableUs ?? emission.stableUs),
    });
  }
  return matched.size === 0 ? missing('no_matched_words') : [...matched.values()];
}

/** Latencies of the matched words in the order of the reference, milliseconds. */
export function wordLatencySeries(
  matched: MatchedWord[] | Missing,
  clock: AudioClock | Missing,
): WordLatencySeries {
  if (isMissing(clock)) return withoutWords(clock);
  if (isMissing(matched)) return withoutWords(matched);
  return {
    wel: matched.map((word) => (word.firstUs - clock.wallUs(word.endMs)) / 1000),
    wsl: matched.map((word) => (word.stableUs - clock.wallUs(word.endMs)) / 1000),
    wel_send: matched.flatMap((word) => {
      const chunk = clock.chunkAt(word.endMs);
      return chunk ? [(word.firstUs - chunk.sentUs) / 1000] : [];
    }),
    cursor_lag: cursorLagsMs(matched, clock),
  };
}

/** Matched reference words per reference word: publish it beside the word latencies. */
export function wordCoverage(
  words: TimedWord[] | null,
  matched: MatchedWord[] | Missing,
): Measured {
  if (words === null) return missing('no_word_times');
  const countable = new Set(referenceTokens(words).map((token) => token.wordIndex)).size;
  if (countable === 0) return missing('no_speech');
  return isMissing(matched) ? 0 : matched.length / countable;
}

function withoutWords(reason: Missing): WordLatencySeries {
  return { wel: reason, wsl: reason, wel_send: reason, cursor_lag: reason };
}

/** Audio sent but not yet shown, at each time a matched word appeared. */
function cursorLagsMs(matched: readonly MatchedWord[], clock: AudioClock): number[] {
  const shownToMs = new Map<Micros, number>();
  let cursorMs = -Infinity;
  for (const { firstUs, endMs } of matched.toSorted((a, b) => a.firstUs - b.firstUs)) {
    cursorMs = Math.max(cursorMs, endMs);
    shownToMs.set(firstUs, cursorMs);
  }
  return Array.from(shownToMs, ([atUs, shownMs]) => clock.sentMs(atUs) - shownMs);
}

interface ReferenceToken {
  text: string;
  wordIndex: number;
}

function referenceTokens(words: readonly TimedWord[]): ReferenceToken[] {
  return words.flatMap((word, wordIndex) =>
    wordsOf(word.text, lightForm).map((text) => ({ text, wordIndex })),
  );
}

/** For each reference token the hypothesis token it is equal to, or -1. */
function equalPositions(reference: readonly string[], hypothesis: readonly string[]): number[] {
  const positions = new Array<number>(reference.length).fill(-1);
  for (const chunk of alignTokens(reference, hypothesis).chunks) {
    if (chunk.type !== 'equal') continue;
    for (let ref = chunk.refStart; ref < chunk.refEnd; ref++) {
      positions[ref] = chunk.hypStart + ref - chunk.refStart;
    }
  }
  return positions;
}
