import type { TimedWord } from '../../trace/transcriptEvent.ts';
import type { Token } from './sonioxMessages.ts';

/** Scripts without spaces between words: every token is a word. */
const unspaced =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * The words that tokens make, with their times. Tokens are pieces of words; white space, at the
 * beginning or the end of a token, is where a word begins.
 */
export function wordsOf(tokens: readonly Token[]): TimedWord[] {
  const words: TimedWord[] = [];
  let begins = true;
  for (const { text, start_ms, end_ms } of tokens) {
    const piece = text.trim();
    begins ||= /^\s/u.test(text) || unspaced.test(piece);
    const last = words.at(-1);
    if (piece !== '' && start_ms != null && end_ms != null) {
      const endMs = Math.max(start_ms, end_ms);
      if (begins || !last) words.push({ text: piece, startMs: start_ms, endMs });
      else {
        last.text += piece;
        last.endMs = Math.max(last.endMs, endMs);
      }
    }
    begins = /\s$/u.test(text) || (begins && piece === '');
  }
  return words;
}
