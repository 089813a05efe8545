import type { ComparePair } from '../../src/compareview/compareView.ts';
import { element, icon, type Child } from '../shared/element.ts';

/** What has no row of its own: failures, words, and figures of whole runs. */
export class PairExtras {
  readonly root = element('div', { class: 'extras' });
  #shown = '';

  update(pair: ComparePair | null): void {
    const { failures, texts, figures, a, b } = pair ?? {};
    const now = JSON.stringify([failures, texts, figures, a, b]);
    if (now === this.#shown) return;
    this.#shown = now;
    this.root.replaceChildren(...(pair ? extrasOf(pair) : []));
  }
}

function extrasOf(pair: ComparePair): HTMLElement[] {
  const letters = [pair.a.letter, pair.b.letter];
  return [
    ...(pair.failures.length === 0 ? [] : [failureTable(pair, letters)]),
    ...pair.texts.filter(hasErrors).map((text) => textExtra(text, letters)),
    ...(pair.figures.length === 0 ? [] : [figureTable(pair, letters)]),
  ];
}

function failureTable({ failures }: ComparePair, letters: readonly string[]): HTMLElement {
  const rows = failures.map(({ reason, a, b, isNew }) => [
    [
      element('span', { dir: 'auto' }, reason),
      isNew ? element('span', { class: 'tag tag-new' }, [icon('warning'), 'new']) : null,
    ],
    String(a),
    String(b),
  ]);
  return figuresTable('Failed or broken-off sessions', ['Reason', ...letters], rows);
}

type Text = ComparePair['texts'][number];

function hasErrors({ summary, words }: Text): boolean {
  return summary !== null || words.length > 0;
}

/** How many errors of each kind, and on which words. */
function textExtra(text: Text, letters: readonly string[]): HTMLElement {
  const summary = element('p', { class: 'text-summary' }, text.summary ?? '');
  if (text.words.length > 0) {
    const table = wordTable(text, letters);
    table.querySelector('h2')?.after(summary);
    return table;
  }
  const title = element('h2', {}, `Errors on ${text.unit}`);
  return element('section', { class: 'extra' }, [title, summary]);
}

function wordTable(text: Text, letters: readonly string[]): HTMLElement {
  const rows = text.words.map((word) => [wordCell(word), shortCount(word.a), shortCount(word.b)]);
  return figuresTable(
    `Errors on ${text.unit} that changed most`,
    [`Error (${text.key})`, ...letters],
    rows,
  );
}

type Word = Text['words'][number];

function wordCell({ operation, reference, hypothesis }: Word): HTMLElement[] {
  const wanted = element('bdi', { class: 'wanted' }, reference ?? '');
  const got = element('bdi', { class: 'got' }, hypothesis ?? '');
  const say = (text: string) => element('span', { class: 'hint' }, text);
  if (operation === 'delete') return [wanted, say('left out')];
  if (operation === 'insert') return [got, say('put in')];
  return [wanted, say('→'), got];
}

/** Repeats are averaged, so a count may have a fraction. */
function shortCount(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function figureTable({ figures }: ComparePair, letters: readonly string[]): HTMLElement {
  const rows = figures.map(({ label, a, b }) => [label, a, b]);
  return figuresTable('Whole-run figures', ['One value each, nothing to test', ...letters], rows);
}

type Cell = Child | readonly Child[];

function figuresTable(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
): HTMLElement {
  return element('section', { class: 'extra' }, [
    element('h2', {}, title),
    element('table', {}, [
      element('thead', {}, [
        element(
          'tr',
          {},
          heads.map((head) => element('th', { attributes: { scope: 'col' } }, head)),
        ),
      ]),
      element(
        'tbody',
        {},
        rows.map(([name, ...figures]) =>
          element('tr', {}, [
            element('th', { attributes: { scope: 'row' } }, name),
            ...figures.map((figure) => element('td', {}, figure)),
          ]),
        ),
      ),
    ]),
  ]);
}
