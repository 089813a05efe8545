import type { ComparePair } from '../../src/compareview/compareView.ts';
import { element, icon } from '../shared/element.ts';
import {
  hasManyRuns,
  showsAllRuns,
  shownPair,
  type CompareState,
  type CompareStore,
} from './compareState.ts';
import { sidesText } from './gateView.ts';
import { verdictClass, verdictIcon } from './verdicts.ts';

/** Stands for all runs among the keys of pairs. */
const allRuns = null;

/** One tab per pair, and one for all runs; arrow keys move between them. */
export class PairTabs {
  readonly root: HTMLElement;
  readonly #store: CompareStore;
  #keys: (string | null)[] = [];
  #shown = '';

  constructor(store: CompareStore) {
    this.#store = store;
    this.root = element('div', { class: 'tabs', role: 'tablist', aria: { label: 'Comparisons' } });
    this.root.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
  }

  update(state: CompareState): void {
    const pairs = state.view?.pairs ?? [];
    const many = hasManyRuns(state.view);
    this.root.hidden = pairs.length < 2 && !many;
    const chosen = showsAllRuns(state) ? allRuns : (shownPair(state)?.key ?? allRuns);
    const now = JSON.stringify([chosen, many, pairs.map(tabOf)]);
    if (now === this.#shown) return;
    this.#shown = now;
    const focused = this.root.contains(document.activeElement);
    this.#keys = [...(many ? [allRuns] : []), ...pairs.map(({ key }) => key)];
    const tabs = this.#keys.map((key) => this.#tab(key, pairs, key === chosen));
    this.root.replaceChildren(...tabs);
    if (focused) tabs[this.#keys.indexOf(chosen)]?.focus();
  }

  #tab(key: string | null, pairs: readonly ComparePair[], isChosen: boolean): HTMLElement {
    const pair = pairs.find((one) => one.key === key);
    const click = () => {
      this.#choose(key);
    };
    return element(
      'button',
      {
        class: 'tab',
        role: 'tab',
        tabIndex: isChosen ? 0 : -1,
        aria: { selected: isChosen, controls: 'comparison-panel' },
        on: { click },
      },
      pair ? pairLabel(pair) : [icon('graph-line'), 'All runs'],
    );
  }

  #choose(key: string | null): void {
    this.#store.update(
      key === allRuns ? { allRuns: true } : { allRuns: false, pair: key, utterance: null },
    );
  }

  #onKey(event: KeyboardEvent): void {
    const tabs = [...this.root.children];
    const at = tabs.findIndex((tab) => tab === document.activeElement);
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      Home: 0,
      End: tabs.length - 1,
    };
    const to = Object.hasOwn(steps, event.key) ? steps[event.key]! : -1;
    const key = this.#keys[to];
    if (at < 0 || key === undefined) return;
    event.preventDefault();
    this.#choose(key);
  }
}

/** What of a pair its tab shows. */
function tabOf({ key, a, b, conclusion }: ComparePair): unknown[] {
  return [key, a, b, conclusion.verdict];
}

function pairLabel({ a, b, conclusion }: ComparePair): HTMLElement[] {
  const { verdict } = conclusion;
  return [
    element('span', { class: verdictClass(verdict) }, verdictIcon(verdict)),
    element('span', { dir: 'auto' }, sidesText(a, b)),
    element('span', { class: 'spoken' }, `: ${verdict}`),
  ];
}
