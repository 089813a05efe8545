import type { EndpointView } from '../../src/runview/runView.ts';
import { element } from '../shared/element.ts';

/** One tab per endpoint: arrows move between them, and the figures below follow. */
export class EndpointTabs {
  readonly root: HTMLElement;
  readonly #choose: (endpointId: string) => void;
  #tabs: HTMLElement[] = [];

  constructor(choose: (endpointId: string) => void) {
    this.#choose = choose;
    this.root = element('div', {
      class: 'tabs',
      role: 'tablist',
      aria: { label: 'Endpoints' },
      on: {
        keydown: (event) => {
          this.#onKey(event as KeyboardEvent);
        },
      },
    });
  }

  update(endpoints: readonly EndpointView[], chosenId: string | null): void {
    this.root.hidden = endpoints.length < 2;
    this.#tabs = endpoints.map(({ id, sessions }) => {
      const chosen = id === chosenId;
      const count = Object.values(sessions).reduce((sum, of) => sum + of, 0);
      return element(
        'button',
        {
          class: 'tab',
          role: 'tab',
          tabIndex: chosen ? 0 : -1,
          aria: { selected: chosen, controls: 'endpoint-panel' },
          data: { endpoint: id },
          on: {
            click: () => {
              this.#choose(id);
            },
          },
        },
        [
          element('span', { dir: 'auto' }, id),
          element('span', { class: 'tab-count' }, String(count)),
        ],
      );
    });
    const focused = this.root.contains(document.activeElement);
    this.root.replaceChildren(...this.#tabs);
    if (focused) this.#tabs.find((tab) => tab.tabIndex === 0)?.focus();
  }

  #onKey(event: KeyboardEvent): void {
    const current = this.#tabs.findIndex((tab) => tab === document.activeElement);
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: current - 1,
      ArrowRight: current + 1,
      Home: 0,
      End: this.#tabs.length - 1,
    };
    const next = steps[event.key];
    const tab = next === undefined ? undefined : this.#tabs[next];
    if (!tab) return;
    event.preventDefault();
    tab.focus();
    this.#choose(tab.dataset.endpoint!);
  }
}
