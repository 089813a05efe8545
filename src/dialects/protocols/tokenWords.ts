import type { TimedWord } from '../../trace/transcriptEvent.ts';

/** Scripts written without spaces: each of their characters is a word of its own. */
const unspaced =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** SentencePiece's mark of a space. */
const pieceSpace = '\u2581';

/**
 * The words that tokens spell, each from the time of its first token to that of its last: when a
 * word ends is not known. A word begins with a space or with a character of a script without any.
 */
export function tokenWords(tokens: readonly string[], timesMs: readonly number[]): TimedWord[] {
  const words: TimedWord[] = [];
  for (const [at, token] of tokens.entries()) {
    const spelt = token.replaceAll(pieceSpace, ' ');
    const text = spelt.trim();
    const timeMs = timesMs[at] ?? 0;
    const last = words.at(-1);
    if (!last || spelt.startsWith(' ') || unspaced.test(text)) {
      words.push({ text, startMs: timeMs, endMs: timeMs });
    } else {
      last.text += text;
      last.endMs = Math.max(last.endMs, timeMs);
    }
  }
  return words.filter(({ text }) => text !== '');
}
