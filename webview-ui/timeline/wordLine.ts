import type { ReferenceWord, ShownWord } from '../../src/timeline/timelineSession.ts';
import { element } from '../shared/element.ts';
import { textDirection } from '../shared/textDirection.ts';
import { clockTime } from '../../src/timeline/formatTime.ts';
import { revisionsText, WordBlock, type LineWord } from './wordBlock.ts';

/** Words that are laid out together, if at all: of an hour's only those in sight. */
const blockWords = 200;

/**
 * Words that can be clicked, with what is wrong with them and how often they changed; by colour,
 * by shape and in words. Grows without making anew what is there. Of many words, the first are
 * there at once and the others, as plain text until then, block by block soon after.
 */
export class WordLine {
  readonly root: HTMLElement;
  readonly #blocks: WordBlock[] = [];
  #current: HTMLElement | null = null;
  #isFilling = false;

  constructor(label: string, seek: (ms: number) => void) {
    this.root = element('p', {
      class: 'words',
      tabIndex: 0,
      role: 'group',
      aria: { label },
      on: {
        click: (event) => {
          const made = (event.target as Element).closest('.word');
          const block = this.#blocks.find(({ root }) => root.contains(made));
          const seekMs = block?.wordOf(made)?.seekMs;
          if (seekMs !== null && seekMs !== undefined) seek(seekMs);
        },
      },
    });
  }

  update(words: readonly LineWord[]): void {
    this.root.dir = textDirection(words.find(({ text }) => /\p{L}/u.test(text))?.text ?? '');
    const count = Math.ceil(words.length / blockWords);
    for (let index = 0; index < count; index++) {
      const block = this.#blocks[index] ?? this.#addBlock();
      const first = index * blockWords;
      block.update(words.slice(first, first + blockWords), words[first - 1]?.text ?? '');
    }
    for (const extra of this.#blocks.splice(count)) extra.root.remove();
    this.#blocks[0]?.fill();
    this.#fillSoon();
  }

  /** Shows what came last. */
  showEnd(): void {
    this.root.scrollTop = this.root.scrollHeight;
  }

  /** @param place of the word that is being said; -1 for none */
  mark(place: number): void {
    const block = this.#blocks[Math.floor(place / blockWords)];
    block?.fill();
    const word = block?.elementAt(place % blockWords) ?? null;
    if (word === this.#current && (word === null || word.isConnected)) return;
    this.#current?.classList.remove('sounding');
    this.#current = word;
    if (!word) return;
    word.classList.add('sounding');
    scrollWithin(this.root, word);
  }

  #addBlock(): WordBlock {
    const block = new WordBlock();
    this.#blocks.push(block);
    this.root.append(block.root);
    return block;
  }

  /** One block at a time, so that frames come between them. */
  #fillSoon(): void {
    if (this.#isFilling) return;
    const block = this.#blocks.find(({ isFilled }) => !isFilled);
    if (!block) return;
    this.#isFilling = true;
    setTimeout(() => {
      this.#isFilling = false;
      block.fill();
      this.#fillSoon();
    }, 0);
  }
}

/** Moves only the line, never the page. */
export function scrollWithin(line: HTMLElement, word: HTMLElement): void {
  if (line.scrollHeight <= line.clientHeight) return;
  const rowPx = parseFloat(getComputedStyle(line).lineHeight);
  const above = word.getBoundingClientRect().top - line.getBoundingClientRect().top;
  const top = Math.round((above + line.scrollTop) / rowPx) * rowPx;
  const isInSight = top >= line.scrollTop && top + rowPx <= line.scrollTop + line.clientHeight + 1;
  // Whole rows, with one of what comes next.
  if (!isInSight) line.scrollTop = top - rowPx;
}

/** What was said, each word where it was spoken. */
export function referenceLine(words: readonly ReferenceWord[]): LineWord[] {
  return words.map(({ text, startMs, operation }) => ({
    text,
    seekMs: startMs,
    operation,
    revisions: 0,
    title: `said at ${clockTime(startMs)}${operation === 'delete' ? ', left out' : ''}`,
  }));
}

/** What was understood, with the history of each word. */
export function shownLine(words: readonly ShownWord[]): LineWord[] {
  return words.map(({ text, startMs, firstMs, stableMs, revisions, operation }) => ({
    text,
    seekMs: startMs ?? firstMs,
    operation,
    revisions,
    title:
      `first shown at ${clockTime(firstMs)}, unchanged since ${clockTime(stableMs)}` +
      (revisions > 0 ? `, ${revisionsText(revisions)}` : ''),
  }));
}
