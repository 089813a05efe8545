import type { ComparePair, CompareRow } from '../../src/compareview/compareView.ts';
import {
  formatDifference,
  formatFigure,
  formatInterval,
  formatShareOf,
} from '../../src/report/formatFigure.ts';
import { element, type Child } from '../shared/element.ts';
import type { Post } from './comparePart.ts';
import { shownPair, shownRow, type CompareState, type CompareStore } from './compareState.ts';
import { DistributionView, type Picture } from './plots/distributionView.ts';
import { verdictLabel } from './verdicts.ts';

/** All about the chosen row: its values, what its verdict rests on, and the slow end. */
export class RowDetail {
  readonly root: HTMLElement;
  readonly #post: Post;
  readonly #distribution: DistributionView;
  readonly #head = element('div', { class: 'row-head' });
  readonly #text = element('div', { class: 'row-text' });
  #shown: CompareRow | null = null;

  constructor(store: CompareStore, post: Post, savePicture: () => void) {
    this.#post = post;
    this.#distribution = new DistributionView(store, savePicture);
    this.root = element('section', { class: 'row-detail', aria: { label: 'Chosen metric' } }, [
      this.#head,
      this.#distribution.root,
      this.#text,
    ]);
  }

  update(state: CompareState): void {
    const pair = shownPair(state);
    const row = shownRow(state);
    this.root.hidden = row === null;
    this.#distribution.update(state);
    if (row === this.#shown) return;
    this.#shown = row;
    this.#head.replaceChildren(...(row ? headOf(row) : []));
    this.#text.replaceChildren(...(pair && row ? this.#textOf(pair, row) : []));
  }

  redraw(): void {
    this.#distribution.redraw();
  }

  picture(): Picture | null {
    return this.#distribution.picture();
  }

  #textOf(pair: ComparePair, row: CompareRow): HTMLElement[] {
    return [
      figureTable(pair, row),
      element(
        'ul',
        { class: 'explanation' },
        row.explanation.map((sentence) => element('li', { dir: 'auto' }, sentence)),
      ),
      this.#noiseLine(row),
    ];
  }

  #noiseLine({ noise, format }: CompareRow): HTMLElement {
    const size = formatDifference(noise, format).replace('+', '±');
    const change = element(
      'button',
      {
        class: 'link',
        on: {
          click: () => {
            this.#post({ type: 'openNoiseSettings' });
          },
        },
      },
      'Change the threshold…',
    );
    return element('p', { class: 'noise-line' }, [
      element('span', {}, `Changes within ${size} do not matter.`),
      ' ',
      change,
    ]);
  }
}

function headOf({ label, short, statistic, verdict, change }: CompareRow): HTMLElement[] {
  return [
    element('h2', {}, [
      element('span', { dir: 'auto' }, label),
      short === label ? null : element('span', { class: 'name-short', dir: 'auto' }, short),
    ]),
    verdictLabel(verdict, change?.delta ?? null),
    element('span', { class: 'hint', dir: 'auto' }, statistic),
  ];
}

/** The middle and the slow end. Columns that a narrow table hides are here. */
function figureTable({ a, b }: ComparePair, row: CompareRow): HTMLElement {
  const heads = ['', a.letter, b.letter, 'Δ', 'Δ %', '95 % interval'];
  const { cells, tail, format } = row;
  const { a: inA, b: inB, delta, deltaShare, interval } = cells;
  const rows: Child[][] = [['Change', inA, inB, delta, deltaShare, interval]];
  if (tail) {
    rows.push([
      tail.enough ? 'Tail (p95)' : 'Tail (p95), too few values',
      formatFigure(tail.a, format),
      formatFigure(tail.b, format),
      formatDifference(tail.delta, format),
      formatShareOf(tail.deltaShare),
      formatInterval(tail.interval, format),
    ]);
  }
  return element(
    'div',
    { class: 'scrolls', tabIndex: 0, role: 'group', aria: { label: 'Figures' } },
    [
      element('table', { class: 'figures-table' }, [
        element('thead', {}, [
          element(
            'tr',
            {},
            heads.map((head) =>
              head === '' ? element('td') : element('th', { attributes: { scope: 'col' } }, head),
            ),
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
    ],
  );
}
