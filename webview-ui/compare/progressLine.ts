import { applyProps, element, icon } from '../shared/element.ts';

/** Nobody should see a message that flashes by. */
const patienceMs = 200;

/**
 * Says that the comparison is being computed, where that takes long, and that what is in sight is
 * older than its files. Its place is kept: nothing moves when it speaks.
 */
export class ProgressLine {
  readonly root = element('div', { class: 'progress-line', role: 'status' });
  /** Across the page, above all. */
  readonly bar: HTMLElement;
  readonly #share = element('div', { class: 'progress-share' });
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #label = '';
  #part: number | null = null;
  #isShown = false;

  constructor() {
    this.bar = element('div', { class: 'progress-bar', hidden: true }, this.#share);
    applyProps(this.bar, { role: 'progressbar', aria: { label: 'Comparing' } });
  }

  /** @param share 0 to 1; null where it is not known */
  show(label: string, share: number | null): void {
    this.#label = label;
    this.#part = share;
    if (this.#isShown) this.#draw();
    this.#waiting ??= setTimeout(() => {
      this.#isShown = true;
      this.#draw();
    }, patienceMs);
  }

  /** There is nothing to wait for any more. */
  done(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    this.#isShown = false;
    this.bar.hidden = true;
    this.root.replaceChildren();
  }

  #draw(): void {
    const percent = this.#part === null ? null : Math.round(this.#part * 100);
    this.bar.hidden = false;
    this.bar.classList.toggle('unknown', percent === null);
    if (percent === null) this.bar.removeAttribute('aria-valuenow');
    else this.bar.setAttribute('aria-valuenow', String(percent));
    this.#share.style.width = percent === null ? '' : `${percent}%`;
    const text = percent === null ? `${this.#label}…` : `${this.#label}… ${percent} %`;
    this.root.replaceChildren(icon('history'), element('span', { dir: 'auto' }, text));
  }
}
