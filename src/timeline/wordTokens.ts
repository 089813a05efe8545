import { findWords, lightForm, wordsOf } from '../metrics/wordForms.ts';
import type { TimedWord } from '../trace/transcriptEvent.ts';

/** A word as it is shown, with the punctuation around it, and the form it is compared by. */
export interface ShownToken {
  text: string;
  form: string;
  /** Where it lies in its text, UTF-16 units. */
  startChars: number;
  endChars: number;
}

/** The words of a displayed text: as many as the light form has (docs/metrics.md, "Words"). */
export function shownTokens(text: string): ShownToken[] {
  const tokens: { startChars: number; endChars: number; form: string }[] = [];
  let leadingChars: number | null = null;
  for (const word of findWords(text)) {
    const form = lightForm(word.text);
    const endChars = word.offsetChars + word.text.length;
    const last = tokens.at(-1);
    if (form !== '') {
      tokens.push({ startChars: leadingChars ?? word.offsetChars, endChars, form });
      leadingChars = null;
    } else if (last) {
      last.endChars = endChars;
    } else {
      leadingChars ??= word.offsetChars;
    }
  }
  return tokens.map(({ startChars, endChars, form }) => ({
    text: text.slice(startChars, endChars),
    form,
    startChars,
    endChars,
  }));
}

/** A part of a timed word that is compared by itself. */
export interface TimedToken {
  form: string;
  /** Place of the word it is of. */
  wordIndex: number;
  startMs: number;
  endMs: number;
}

/**
 * Timed words in the units that are compared. The stretch of a word of several, such as one
 * Chinese word of two characters, is divided evenly among them.
 */
export function timedTokens(words: readonly TimedWord[]): TimedToken[] {
  return words.flatMap(({ text, startMs, endMs }, wordIndex) => {
    const forms = wordsOf(text, lightForm);
    const partMs = (endMs - startMs) / forms.length;
    return forms.map((form, at) => ({
      form,
      wordIndex,
      startMs: startMs + at * partMs,
      endMs: at === forms.length - 1 ? endMs : startMs + (at + 1) * partMs,
    }));
  });
}
