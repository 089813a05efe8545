import type { UtteranceDetail } from '../../../src/compareview/compareView.ts';
import { element, spoken, type Child } from '../../shared/element.ts';
import { textDirection } from '../../shared/textDirection.ts';
import {
  differenceBeside,
  differs,
  spokenColumn,
  type Alignment,
  type WordColumn,
} from './threeWayWords.ts';

export interface AlignmentActions {
  /** A word was chosen. */
  choose: (column: WordColumn) => void;
  /** A click or Enter: the word is to be heard. */
  play: (column: WordColumn) => void;
}

type Letters = readonly [string, string];

/** Words that are laid out together: of an hour of them, only those in sight take time. */
const blockWords = 100;

/**
 * Reference, A and B above each other, word by word. One tab stop: left and right go from word to
 * word, up and down from line to line, Enter plays the word.
 */
export class AlignmentView {
  readonly root = element('div', { class: 'alignment' });
  readonly #actions: AlignmentActions;
  readonly #list: HTMLElement;
  readonly #labels = element('div', { class: 'word-labels', aria: { hidden: true } });
  readonly #box: HTMLElement;
  #alignment: Alignment | null = null;
  #made: HTMLElement[] = [];
  #at = 0;
  #sounding: HTMLElement | null = null;

  constructor(actions: AlignmentActions) {
    this.#actions = actions;
    this.#list = element('div', {
      class: 'word-columns',
      role: 'listbox',
      tabIndex: 0,
      aria: { label: 'Words', orientation: 'horizontal' },
      on: {
        keydown: (event) => {
          this.#onKey(event as KeyboardEvent);
        },
        click: (event) => {
          const word = (event.target as Element).closest('[role="option"]');
          const at = this.#made.indexOf(word as HTMLElement);
          if (at >= 0) this.#play(at);
        },
      },
    });
    this.#box = element('div', { class: 'alignment-box' }, [this.#labels, this.#list]);
  }

  show({ alignment, reference, texts }: UtteranceDetail, letters: Letters): void {
    this.#alignment = alignment;
    this.#made = [];
    if (!alignment || alignment.columns.length === 0) {
      this.root.replaceChildren(...plainTexts({ reference, texts }, letters));
      return;
    }
    this.#fill(alignment, letters);
    this.root.replaceChildren(this.#box, legend());
    this.#select(Math.max(0, differenceBeside(alignment.columns, -1, 1)), false);
  }

  /** Goes to the next word of which the runs made something else; false where there is none. */
  goToDifference(step: 1 | -1): boolean {
    const at = differenceBeside(this.#alignment?.columns ?? [], this.#at, step);
    if (at < 0) return false;
    this.#select(at, true);
    return true;
  }

  /** Marks the word that is being said; milliseconds of audio. */
  markAt(ms: number): void {
    const at = (this.#alignment?.columns ?? []).findIndex(
      ({ times }) => (times?.startMs ?? Infinity) <= ms && ms < (times?.endMs ?? -Infinity),
    );
    const word = this.#made[at] ?? null;
    if (word === this.#sounding) return;
    this.#sounding?.classList.remove('sounding');
    word?.classList.add('sounding');
    this.#sounding = word;
  }

  #fill({ columns, unit, profileId }: Alignment, letters: Letters): void {
    const rtl = textDirection(columns.map(({ reference }) => reference ?? '').join(' ')) === 'rtl';
    this.#box.dir = rtl ? 'rtl' : 'ltr';
    this.#list.className = `word-columns by-${unit}`;
    this.#labels.replaceChildren(
      ...['Reference', letters[0], letters[1]].map((label) => element('span', {}, label)),
    );
    this.#labels.title = `Compared as ${profileId} counts errors`;
    this.#made = columns.map((column, at) => wordElement(column, at, letters));
    this.#list.replaceChildren(...wordBlocks(this.#made));
  }

  #play(at: number): void {
    this.#select(at, true);
    const column = this.#alignment?.columns[at];
    if (column) this.#actions.play(column);
  }

  #select(at: number, tells: boolean): void {
    this.#made[this.#at]?.setAttribute('aria-selected', 'false');
    this.#at = at;
    const word = this.#made[at];
    const column = this.#alignment?.columns[at];
    if (!word || !column) return;
    word.setAttribute('aria-selected', 'true');
    this.#list.setAttribute('aria-activedescendant', word.id);
    if (!tells) return;
    word.scrollIntoView({ block: 'nearest' });
    this.#actions.choose(column);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'Enter') this.#play(this.#at);
    else {
      const at = this.#placeAfterKey(event.key);
      if (at === null) return;
      this.#select(Math.min(Math.max(at, 0), this.#made.length - 1), true);
    }
    event.preventDefault();
  }

  #placeAfterKey(key: string): number | null {
    const isRtl = this.#box.dir === 'rtl';
    switch (key) {
      case 'ArrowRight':
        return this.#at + (isRtl ? -1 : 1);
      case 'ArrowLeft':
        return this.#at + (isRtl ? 1 : -1);
      case 'ArrowDown':
        return this.#placeOnLine(1);
      case 'ArrowUp':
        return this.#placeOnLine(-1);
      case 'Home':
        return 0;
      case 'End':
        return this.#made.length - 1;
      default:
        return null;
    }
  }

  /** The word above or below, the nearest on the next line. */
  #placeOnLine(step: 1 | -1): number {
    const from = this.#made[this.#at]!.getBoundingClientRect();
    let line: number | null = null;
    let nearest = this.#at;
    let least = Infinity;
    for (let at = this.#at + step; at >= 0 && at < this.#made.length; at += step) {
      const { top, left } = this.#made[at]!.getBoundingClientRect();
      if (top === from.top) continue;
      line ??= top;
      if (top !== line) break;
      const distance = Math.abs(left - from.left);
      if (distance < least) [nearest, least] = [at, distance];
    }
    return nearest;
  }
}

function wordBlocks(words: readonly HTMLElement[]): HTMLElement[] {
  return Array.from({ length: Math.ceil(words.length / blockWords) }, (_, block) =>
    element(
      'div',
      { class: 'word-block', role: 'presentation' },
      words.slice(block * blockWords, (block + 1) * blockWords),
    ),
  );
}

function wordElement(column: WordColumn, at: number, letters: Letters): HTMLElement {
  const { reference, a, b } = column;
  return element(
    'div',
    {
      role: 'option',
      id: `utterance-word-${at}`,
      class: differs(column) ? 'word-column differs' : 'word-column',
      aria: { selected: false },
    },
    [
      spoken(spokenColumn(column, letters)),
      element('span', { class: 'said', dir: 'auto', aria: { hidden: true } }, reference ?? ' '),
      tokenElement(a, reference),
      tokenElement(b, reference),
    ],
  );
}

/** Each mark has a line of its own kind under or through it; colour is only added. */
function tokenElement({ mark, text }: WordColumn['a'], reference: string | null): HTMLElement {
  const shown = mark === 'delete' ? reference : text;
  return element(
    'span',
    { class: `token token-${mark ?? 'none'}`, dir: 'auto', aria: { hidden: true } },
    shown ?? ' ',
  );
}

function legend(): HTMLElement {
  const entries: [WordColumn['a']['mark'], string][] = [
    ['substitute', 'substituted'],
    ['delete', 'left out'],
    ['insert', 'added'],
  ];
  return element(
    'ul',
    { class: 'word-legend hint', aria: { hidden: true } },
    entries.map(([mark, label]) => element('li', {}, tokenElement({ mark, text: label }, label))),
  );
}

type PlainTexts = Pick<UtteranceDetail, 'reference' | 'texts'>;

/** Where words cannot be put above each other. */
function plainTexts({ reference, texts }: PlainTexts, letters: Letters): HTMLElement[] {
  const rows: [string, string | null][] = [
    ['Reference', reference],
    [letters[0], texts.a],
    [letters[1], texts.b],
  ];
  return [
    element(
      'dl',
      { class: 'plain-texts' },
      rows.flatMap(([label, text]) =>
        label === 'Reference' && text === null ? [] : [row(label, text)],
      ),
    ),
  ];
}

function row(label: string, text: string | null): HTMLElement {
  const content: Child =
    text === null || text === '' ? element('span', { class: 'hint' }, 'No text.') : text;
  const dir = text === null || text === '' ? 'ltr' : 'auto';
  return element('div', {}, [element('dt', {}, label), element('dd', { dir }, content)]);
}
