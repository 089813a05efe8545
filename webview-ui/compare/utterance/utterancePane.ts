import { element } from '../../shared/element.ts';
import type { ComparePart, Post } from '../comparePart.ts';
import type { CompareStore } from '../compareState.ts';

export class UtterancePane implements ComparePart {
  readonly root = element('section', { aria: { label: 'Utterance' }, hidden: true });
  readonly #store: CompareStore;
  readonly post: Post;

  constructor(store: CompareStore, post: Post) {
    this.#store = store;
    this.post = post;
  }

  update(): void {
    this.root.hidden = this.#store.state.view === null;
  }

  receive(): void {
    this.update();
  }

  perform(): boolean {
    return false;
  }
}
