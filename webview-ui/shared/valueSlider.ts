import { applyProps } from './element.ts';
import { stepAfterKey } from './stepAfterKey.ts';

export interface ValueSliderOptions {
  /** The whole in a sentence. */
  label: string;
  /** Where it begins. */
  at: number;
  /** The values in order; spoken one by one. */
  values: readonly { value: number; spoken: string }[];
  /** Told the place of the value to show; null when the keyboard has left. */
  moved: (at: number | null) => void;
}

/**
 * Lets the keyboard read a plot: one tab stop, arrow keys from value to value. To a screen reader
 * it is a slider, which speaks each value by itself. What it reads can be exchanged.
 */
export class ValueSlider {
  readonly #plot: HTMLElement;
  #options: ValueSliderOptions;
  #at: number;

  constructor(plot: HTMLElement, options: ValueSliderOptions) {
    this.#plot = plot;
    this.#options = options;
    this.#at = options.at;
    applyProps(plot, { role: 'slider', tabIndex: 0 });
    this.set(options);
    plot.addEventListener('focus', () => {
      // A click brings the pointer, which reads for itself.
      if (plot.matches(':focus-visible')) this.#tellMoved();
    });
    plot.addEventListener('blur', () => {
      this.#options.moved(null);
    });
    plot.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
  }

  set(options: ValueSliderOptions): void {
    this.#options = options;
    this.#at = options.at;
    this.#describe();
  }

  #onKey(event: KeyboardEvent): void {
    // With these keys they are commands of VS Code.
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = stepAfterKey(event.key, this.#at, this.#options.values.length);
    if (to === null) return;
    event.preventDefault();
    this.#at = to;
    this.#describe();
    this.#tellMoved();
  }

  #tellMoved(): void {
    this.#options.moved(this.#at);
  }

  /** What a slider says of itself: where it is, in numbers and in words. */
  #describe(): void {
    const { label, values } = this.#options;
    const { value = 0, spoken = '' } = values[this.#at] ?? {};
    const aria = {
      label,
      valuemin: values[0]?.value ?? 0,
      valuemax: values.at(-1)?.value ?? 0,
      valuenow: value,
      valuetext: spoken,
    };
    applyProps(this.#plot, { aria });
  }
}
