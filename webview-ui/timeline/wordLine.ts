import type { ReferenceWord, ShownWord } from '../../src/timeline/timelineSession.ts';
import { element, spoken } from '../shared/element.ts';
import { textDirection } from '../shared/textDirection.ts';
import { clockTime } from './formatTime.ts';

/** A word as a line shows it. */
export interface LineWord {
  text: string;
  /** Where a click leads; null leads nowhere. */
  seekMs: number | null;
  operation: ReferenceWord['operation'];
  /** How often it was replaced before it stood. */
  revisions: number;
  title: string;
}

/** The most times a word was replaced that still looks different from fewer. */
const hottest = 4;

/**
 * Words that can be clicked, with what is wrong with them and how often they changed; by colour,
 * by shape and in words. Grows without making anew what is there.
 */
export class WordLine {
  readonly root: HTMLElement;
  #shown: readonly LineWord[] = [];
  #made: HTMLElement[] = [];
  #current: HTMLElement | null = null;

  constructor(label: string, seek: (ms: number) => void) {
    this.root = element('p', {
      class: 'words',
      tabIndex: 0,
      role: 'group',
      aria: { label },
      on: {
        click: (event) => {
          const word = (event.target as Element).closest('.word');
          const seekMs = this.#shown[this.#made.indexOf(word as HTMLElement)]?.seekMs;
          if (seekMs !== null && seekMs !== undefined) seek(seekMs);
        },
      },
    });
  }

  update(words: readonly LineWord[]): void {
    this.root.dir = textDirection(words.find(({ text }) => /\p{L}/u.test(text))?.text ?? '');
    const added = document.createDocumentFragment();
    words.forEach((word, i) => {
      const before = this.#shown[i];
      if (before && isSame(before, word)) return;
      const made = wordElement(word);
      const old = this.#made[i];
      this.#made[i] = made;
      if (old) old.replaceWith(made);
      // The space keeps words apart where text is selected and copied.
      else added.append(made, ' ');
    });
    this.root.append(added);
    for (const extra of this.#made.splice(words.length)) {
      extra.nextSibling?.remove();
      extra.remove();
    }
    this.#shown = words;
  }

  /** Shows what came last. */
  showEnd(): void {
    this.root.scrollTop = this.root.scrollHeight;
  }

  /** @param place of the word that is being said; -1 for none */
  mark(place: number): void {
    const word = this.#made[place] ?? null;
    if (word === this.#current && (word === null || word.isConnected)) return;
    this.#current?.classList.remove('sounding');
    this.#current = word;
    if (!word) return;
    word.classList.add('sounding');
    scrollWithin(this.root, word);
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

function wordElement({ text, seekMs, operation, revisions, title }: LineWord): HTMLElement {
  const classes = ['word', `word-${operation ?? 'plain'}`];
  if (revisions > 0) classes.push(`heat-${Math.min(revisions, hottest)}`);
  if (seekMs !== null) classes.push('seekable');
  const note = noteOf(operation, revisions);
  return element('span', { class: classes.join(' '), title }, [
    text,
    note === '' ? null : spoken(` (${note})`),
  ]);
}

const operationWords: Readonly<Record<string, string>> = {
  substitute: 'substituted',
  delete: 'left out',
  insert: 'added',
};

function noteOf(operation: LineWord['operation'], revisions: number): string {
  const wrong = operationWords[operation ?? 'equal'];
  const notes = [...(wrong ? [wrong] : []), ...(revisions > 0 ? [revisionsText(revisions)] : [])];
  return notes.join(', ');
}

function revisionsText(revisions: number): string {
  return revisions === 1 ? 'changed once' : `changed ${revisions} times`;
}

function isSame(a: LineWord, b: LineWord): boolean {
  return (
    a.text === b.text &&
    a.title === b.title &&
    a.operation === b.operation &&
    a.revisions === b.revisions &&
    a.seekMs === b.seekMs
  );
}
