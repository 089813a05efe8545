import { anchorWord } from './anchorWord.ts';
import { splitWords } from './words.ts';
import type { Word } from './words.ts';

/**
 * Turns successive hypotheses for a growing stretch of audio into text that is never taken back:
 * a word is said once two hypotheses in a row agree on it (LocalAgreement-2, Liu et al. 2020),
 * compared without case and punctuation. Punctuation waits until the word after it is agreed,
 * since the model ends every hypothesis as if the sentence ended there.
 */
export class LocalAgreement {
  /** Words said for the current segment. */
  #said: Word[] = [];
  #previous: Word[] = [];
  #anythingSaid = false;

  /** Text to append now that the current segment's newest hypothesis is `hypothesis`. */
  update(hypothesis: string): string {
    const newest = splitWords(hypothesis);
    const from = this.#anchor(newest);
    const agreed = commonLength(
      this.#previous.slice(this.#anchor(this.#previous)),
      newest.slice(from),
    );
    this.#previous = newest;
    return this.#say(newest, from, from + agreed);
  }

  /**
   * Text to append now that the current segment is over and `hypothesis` is its final text.
   *
   * @param cut the segment was cut while speech went on: words already said that the final text
   *   does not reach are taken as said for the next segment.
   */
  endSegment(hypothesis: string, cut: boolean): string {
    const final = splitWords(hypothesis);
    const from = this.#anchor(final);
    const reached = anchorWord(final, this.#said);
    const carried = cut && from === final.length ? this.#said.slice(reached) : [];
    let text = this.#say(final, from, final.length);
    if (carried.length === 0) text += final.at(-1)?.tail ?? '';
    this.#said = carried;
    this.#previous = [];
    return text;
  }

  #anchor(hypothesis: readonly Word[]): number {
    return anchorWord(this.#said, hypothesis);
  }

  #say(words: readonly Word[], from: number, to: number): string {
    let text = '';
    for (let index = from; index < to; index += 1) {
      const word = words[index];
      if (word === undefined) break;
      // The tail of the word before it, which is either said already or at `index - 1`; a segment's
      // last tail is said when the segment ends.
      if (this.#said.length > 0) text += words[index - 1]?.tail ?? '';
      text += (this.#anythingSaid ? word.lead : '') + word.core;
      this.#said.push(word);
      this.#anythingSaid = true;
    }
    return text;
  }
}

function commonLength(a: readonly Word[], b: readonly Word[]): number {
  const differs = a.findIndex((word, index) => word.key !== b[index]?.key);
  return differs === -1 ? a.length : differs;
}
