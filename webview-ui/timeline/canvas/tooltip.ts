import { element } from '../../shared/element.ts';

/** Distance from the pointer, CSS pixels. */
const offsetPx = 14;

/** Exact numbers beside a thing. Hidden from screen readers: the page speaks the selection. */
export class Tooltip {
  readonly root: HTMLElement;
  #shown = '';

  /** @param of what it tells: what the pointer or the keys are on */
  constructor(of: 'pointer' | 'keys' = 'pointer') {
    const name = of === 'keys' ? 'timeline-item-tooltip' : 'timeline-tooltip';
    this.root = element('div', { class: name, hidden: true, aria: { hidden: true } });
  }

  /** @param at CSS pixels from the corner of the element that holds it */
  show(lines: readonly string[], at: { x: number; y: number }): void {
    const shown = lines.join('\n');
    if (shown !== this.#shown) {
      this.root.replaceChildren(...lines.map((line) => element('div', { dir: 'auto' }, line)));
      this.#shown = shown;
    }
    this.root.hidden = false;
    const holder = this.root.offsetParent;
    if (!holder) return;
    const { offsetWidth, offsetHeight } = this.root;
    const fitsBelow = at.y + offsetPx + offsetHeight <= holder.clientHeight;
    const left = Math.min(at.x + offsetPx, holder.clientWidth - offsetWidth);
    const top = fitsBelow ? at.y + offsetPx : at.y - offsetPx - offsetHeight;
    this.root.style.left = `${Math.max(0, left)}px`;
    this.root.style.top = `${Math.max(0, top)}px`;
  }

  /** Returns whether there was anything to hide. */
  hide(): boolean {
    const wasShown = this.root.offsetParent !== null;
    this.root.hidden = true;
    return wasShown;
  }
}
