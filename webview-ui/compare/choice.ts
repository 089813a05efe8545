import { element } from '../shared/element.ts';
import { makeRoving } from '../shared/roving.ts';

export interface ChoiceOption<Value extends string> {
  value: Value;
  label: string;
}

/** One of a few, side by side; one tab stop, arrow keys between them, Space or Enter chooses. */
export class Choice<Value extends string> {
  readonly root: HTMLElement;
  readonly #buttons: ReadonlyMap<Value, HTMLButtonElement>;

  constructor(
    label: string,
    options: readonly ChoiceOption<Value>[],
    choose: (value: Value) => void,
  ) {
    this.#buttons = new Map(
      options.map(({ value, label: text }) => {
        const click = () => {
          choose(value);
        };
        return [value, element('button', { class: 'choice', role: 'radio', on: { click } }, text)];
      }),
    );
    const buttons = [...this.#buttons.values()];
    this.root = element('div', { class: 'choices', role: 'radiogroup', aria: { label } }, buttons);
    makeRoving(this.root, buttons);
  }

  set(value: Value): void {
    for (const [of, button] of this.#buttons) {
      button.setAttribute('aria-checked', String(of === value));
    }
  }

  /** @param reason shown on hover; null where it can be chosen */
  disable(value: Value, reason: string | null): void {
    const button = this.#buttons.get(value);
    if (!button) return;
    button.disabled = reason !== null;
    button.title = reason ?? '';
  }
}
