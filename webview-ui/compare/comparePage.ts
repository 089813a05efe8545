import { compareActions, type CompareAction } from '../../src/compareview/compareActions.ts';
import type { FromCompare, ToCompare } from '../../src/compareview/compareMessages.ts';
import { element } from '../shared/element.ts';
import type { VsCodeApi } from '../shared/vscodeApi.ts';
import type { ComparePart } from './comparePart.ts';
import { CompareStore, firstState } from './compareState.ts';
import { savedStateOf, stateToSave } from './savedState.ts';
import { UtterancePane } from './utterance/utterancePane.ts';
import { UtteranceList } from './utterances/utteranceList.ts';

export type CompareApi = VsCodeApi<FromCompare, ToCompare>;

/** The whole page: shows what the extension says, and tells it what the user does. */
export class ComparePage {
  readonly #root: HTMLElement;
  readonly #store: CompareStore;
  readonly #parts: readonly ComparePart[];

  constructor(root: HTMLElement, api: CompareApi) {
    this.#root = root;
    this.#store = new CompareStore({ ...firstState(), ...savedStateOf(api.savedState()) });
    const post = (message: FromCompare) => {
      api.post(message);
    };
    this.#parts = [new UtteranceList(this.#store, post), new UtterancePane(this.#store, post)];
    this.#store.subscribe((state) => {
      api.saveState(stateToSave(state));
      for (const part of this.#parts) part.update(state);
    });
  }

  receive(message: ToCompare): void {
    for (const part of this.#parts) part.receive(message);
    if (message.type === 'comparison') {
      this.#store.update({ view: message.view, isOutdated: message.isOutdated });
      this.#root.replaceChildren(...this.#parts.map(({ root }) => root));
    } else if (message.type === 'problem') {
      this.#root.replaceChildren(element('p', { role: 'alert' }, message.message));
    } else if (message.type === 'action') {
      const action = compareActions.find((known) => known === message.action);
      if (action) this.#perform(action);
    }
  }

  #perform(action: CompareAction): void {
    for (const part of this.#parts) if (part.perform(action)) return;
  }
}
