import { element, icon } from '../shared/element.ts';

/** Nobody should see a message that flashes by. */
const patienceMs = 200;

export interface PageFrameOptions {
  root: HTMLElement;
  /** All that the page shows where nothing is wrong. */
  content: readonly HTMLElement[];
  /** Says within the content what is waited for; null says nothing. */
  showNote: (text: string | null) => void;
}

/** Whether the page shows its content, that it is waited for, or why there is none. */
export class PageFrame {
  readonly #options: PageFrameOptions;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PageFrameOptions) {
    this.#options = options;
    options.root.replaceChildren(...options.content);
  }

  showContent(): void {
    clearTimeout(this.#waiting);
    const { root, content, showNote } = this.#options;
    showNote(null);
    if (root.firstChild !== content[0]) root.replaceChildren(...content);
  }

  wait(label: string): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => {
      this.#options.showNote(label);
    }, patienceMs);
  }

  showProblem(message: string): void {
    clearTimeout(this.#waiting);
    this.#options.root.replaceChildren(
      element('section', { class: 'problem', role: 'alert' }, [
        icon('error', 'problem-icon'),
        element('h1', {}, 'The timeline cannot be shown'),
        element('p', { class: 'problem-message', dir: 'auto' }, message),
      ]),
    );
  }
}
