import { button } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';

export interface MenuItem {
  label: string;
  icon: string;
  choose: () => void;
}

/** A button with a menu below it: arrow keys, Home, End and Escape as in every menu. */
export class MenuButton {
  readonly root: HTMLElement;
  readonly #button: HTMLElement;
  readonly #menu: HTMLElement;
  readonly #items: readonly HTMLElement[];

  constructor(label: string, iconName: string, items: readonly MenuItem[]) {
    this.#items = items.map((item) => this.#itemOf(item));
    this.#menu = element('div', { class: 'menu', role: 'menu', hidden: true }, this.#items);
    this.#menu.setAttribute('aria-label', label);
    this.#button = button([icon(iconName), label, icon('chevron-down', 'menu-arrow')], {
      class: 'menu-button',
      on: {
        click: () => {
          if (this.#menu.hidden) this.#open();
          else this.#close();
        },
      },
    });
    this.root = element('div', { class: 'menu-place' }, [this.#button, this.#menu]);
    this.root.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
    this.root.addEventListener('focusout', (event) => {
      if (!this.root.contains(event.relatedTarget as Node | null)) this.#close();
    });
  }

  #itemOf({ label, icon: name, choose }: MenuItem): HTMLElement {
    const click = () => {
      this.#close();
      this.#button.focus();
      choose();
    };
    return element(
      'button',
      { class: 'menu-item', role: 'menuitem', tabIndex: -1, on: { click } },
      [icon(name), label],
    );
  }

  #open(): void {
    this.#menu.hidden = false;
    this.#tell();
    this.#items[0]?.focus();
  }

  #close(): void {
    this.#menu.hidden = true;
    this.#tell();
  }

  /** Screen readers hear of the button within the element, as of pressed ones. */
  #tell(): void {
    const inner = this.#button.shadowRoot?.querySelector('button');
    inner?.setAttribute('aria-haspopup', 'menu');
    inner?.setAttribute('aria-expanded', String(!this.#menu.hidden));
  }

  #onKey(event: KeyboardEvent): void {
    if (this.#menu.hidden) return;
    const at = this.#items.findIndex((item) => item === document.activeElement);
    const count = this.#items.length;
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: (at + 1) % count,
      ArrowUp: (at - 1 + count) % count,
      Home: 0,
      End: count - 1,
    };
    const target = Object.hasOwn(targets, event.key) ? targets[event.key] : undefined;
    if (target !== undefined) this.#items[target]?.focus();
    else if (event.key === 'Escape') {
      this.#close();
      this.#button.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
