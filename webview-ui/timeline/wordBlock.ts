import { separatorBetween } from '../../src/metrics/separatorBetween.ts';
import type { ReferenceWord } from '../../src/timeline/timelineSession.ts';
import { element, spoken } from '../shared/element.ts';

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

/** What a block shows. */
interface Content {
  words: readonly LineWord[];
  /** The word before the first. */
  textBefore: string;
}

/** The most times a word was replaced that still looks different from fewer. */
const hottest = 4;

/** Some words of a line that follow each other. Plain text until it is filled with words. */
export class WordBlock {
  readonly root = element('span', { class: 'words-block' });
  #words: readonly LineWord[] = [];
  #textBefore = '';
  #made: HTMLElement[] | null = null;

  get isFilled(): boolean {
    return this.#made !== null;
  }

  /**
   * Makes anew only what is not there or has changed.
   *
   * @param textBefore the word before the first
   */
  update(words: readonly LineWord[], textBefore: string): void {
    const before = { words: this.#words, textBefore: this.#textBefore };
    this.#words = words;
    this.#textBefore = textBefore;
    if (this.#made) this.#change(this.#made, before);
    else this.root.textContent = words.map(({ text }, i) => this.#separator(i) + text).join('');
  }

  fill(): void {
    if (this.#made) return;
    this.#made = [];
    this.root.textContent = '';
    this.#change(this.#made, { words: [], textBefore: this.#textBefore });
  }

  /** Null where there is none, or not yet. */
  elementAt(place: number): HTMLElement | null {
    return this.#made?.[place] ?? null;
  }

  wordOf(made: Element | null): LineWord | undefined {
    return this.#words[this.#made?.indexOf(made as HTMLElement) ?? -1];
  }

  #change(made: HTMLElement[], before: Content): void {
    const added = document.createDocumentFragment();
    let isAsBefore = before.textBefore === this.#textBefore;
    this.#words.forEach((word, i) => {
      const followsTheSame = isAsBefore;
      const same = before.words[i];
      isAsBefore = same !== undefined && isSame(same, word);
      if (isAsBefore && followsTheSame) return;
      const old = made[i];
      const next = wordElement(word);
      made[i] = next;
      if (old) {
        old.previousSibling!.textContent = this.#separator(i);
        old.replaceWith(next);
      } else added.append(this.#separator(i), next);
    });
    this.root.append(added);
    for (const extra of made.splice(this.#words.length)) {
      extra.previousSibling?.remove();
      extra.remove();
    }
  }

  /** What keeps a word from the one before, also where text is selected and copied. */
  #separator(place: number): string {
    const before = this.#words[place - 1]?.text ?? this.#textBefore;
    return separatorBetween(before, this.#words[place]!.text);
  }
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

/** How often a word changed, in words. */
export function revisionsText(revisions: number): string {
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
