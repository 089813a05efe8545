import type { ComparePair } from '../../src/compareview/compareView.ts';
import { element, icon, spoken } from '../shared/element.ts';
import { isolated } from '../shared/textDirection.ts';
import { verdictClass, verdictIcon } from './verdicts.ts';

const mostListed = 200;

/** Whether the two can be compared at all, what they say together, and over what. */
export class GateView {
  readonly root = element('section', { class: 'gate', aria: { label: 'Conclusion' } });
  #shown = '';

  update(pair: ComparePair | null): void {
    const { gate, conclusion, pairing, a, b } = pair ?? {};
    const now = JSON.stringify([gate, conclusion, pairing, a, b]);
    // A disclosure that is open stays so.
    if (now === this.#shown) return;
    this.#shown = now;
    this.root.replaceChildren(...(pair ? gateParts(pair) : []));
  }
}

function gateParts(pair: ComparePair): HTMLElement[] {
  const of = (severity: 'hard' | 'soft') =>
    pair.gate.differences.filter((difference) => difference.severity === severity);
  const [hard, soft] = [of('hard'), of('soft')];
  return [
    ...(hard.length > 0 ? [hardBlock(hard)] : []),
    ...(soft.length > 0 ? [softList(soft)] : []),
    conclusionLine(pair),
    pairingBlock(pair),
    conditionTable(pair),
  ];
}

type Differences = ComparePair['gate']['differences'];

function hardBlock(differences: Differences): HTMLElement {
  return element('div', { class: 'hard' }, [
    icon('circle-slash'),
    element('div', {}, [
      element('h2', {}, 'Not everything can be compared'),
      messageList(differences),
    ]),
  ]);
}

function softList(differences: Differences): HTMLElement {
  return element('div', { class: 'soft' }, [
    icon('warning'),
    element('div', {}, [
      element('h2', {}, 'Measured under different conditions'),
      messageList(differences),
    ]),
  ]);
}

function messageList(differences: Differences): HTMLElement {
  return element(
    'ul',
    {},
    differences.map(({ message }) => element('li', { dir: 'auto' }, message)),
  );
}

function conclusionLine({ conclusion, a, b }: ComparePair): HTMLElement {
  const { verdict, text } = conclusion;
  return element('div', { class: `conclusion ${verdictClass(verdict)}` }, [
    verdictIcon(verdict),
    element('div', {}, [
      element('h2', {}, [
        element('span', { class: 'conclusion-word' }, verdict),
        element('span', { class: 'conclusion-of' }, sidesText(a, b)),
      ]),
      element('p', { dir: 'auto' }, text),
    ]),
  ]);
}

/** `A → B, endpoint` or `A first → B second`. */
export function sidesText(a: ComparePair['a'], b: ComparePair['b']): string {
  return a.endpoint === b.endpoint
    ? `${a.letter} → ${b.letter}, ${isolated(a.endpoint)}`
    : `${a.letter} ${isolated(a.endpoint)} → ${b.letter} ${isolated(b.endpoint)}`;
}

function pairingBlock({ pairing, a, b }: ComparePair): HTMLElement {
  const { text, notes, onlyA, onlyB } = pairing;
  return element('div', { class: 'pairing' }, [
    element('p', {}, [
      icon('link'),
      element('span', { dir: 'auto' }, [text, ...notes].map(asSentence).join(' ')),
    ]),
    unpaired(a.letter, onlyA),
    unpaired(b.letter, onlyB),
  ]);
}

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function unpaired(letter: string, ids: readonly string[]): HTMLElement | null {
  if (ids.length === 0) return null;
  const listed = ids.slice(0, mostListed).map((id) => element('li', { dir: 'auto' }, id));
  const rest = ids.length - listed.length;
  if (rest > 0) listed.push(element('li', { class: 'hint' }, `and ${rest} more`));
  const count = `${ids.length} utterance${ids.length === 1 ? '' : 's'}`;
  return element('details', { class: 'unpaired' }, [
    element('summary', {}, `Only in ${letter}: ${count}`),
    element('ul', {}, listed),
  ]);
}

function conditionTable({ gate, a, b }: ComparePair): HTMLElement {
  const differing = gate.conditions.filter(({ differs }) => differs).length;
  const count =
    differing === 0 ? 'all the same' : `${differing} ${differing === 1 ? 'differs' : 'differ'}`;
  return element('details', { class: 'conditions' }, [
    element('summary', {}, `All ${gate.conditions.length} conditions side by side (${count})`),
    element(
      'div',
      { class: 'scrolls', tabIndex: 0, role: 'group', aria: { label: 'Conditions' } },
      [
        element('table', {}, [
          element('thead', {}, [
            element(
              'tr',
              {},
              ['Condition', a.letter, b.letter].map((head) =>
                element('th', { attributes: { scope: 'col' } }, head),
              ),
            ),
          ]),
          element('tbody', {}, gate.conditions.map(conditionRow)),
        ]),
      ],
    ),
  ]);
}

function conditionRow(condition: ComparePair['gate']['conditions'][number]): HTMLElement {
  const { what, a, b, differs } = condition;
  return element('tr', { class: differs ? 'differs' : '' }, [
    element('th', { attributes: { scope: 'row' } }, [
      differs ? icon('diff') : icon('blank'),
      differs ? spoken('differs: ') : null,
      element('span', { dir: 'auto' }, what),
    ]),
    ...[a, b].map((value) => element('td', { dir: 'auto' }, value)),
  ]);
}
