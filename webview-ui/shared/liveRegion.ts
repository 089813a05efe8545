import { element } from './element.ts';

/** Between two sayings while there is sound to listen to. */
const quietMs = 2500;

/** Speaks to screen readers. While playing it says less, and the latest of what there was to say. */
export class LiveRegion {
  readonly root = element('div', { class: 'spoken', role: 'status', aria: { live: 'polite' } });
  #saidMs = -Infinity;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  say(text: string, isPlaying: boolean): void {
    clearTimeout(this.#waiting);
    const now = performance.now();
    const waitMs = isPlaying ? Math.max(0, this.#saidMs + quietMs - now) : 0;
    if (waitMs === 0) this.#speak(text, now);
    else
      this.#waiting = setTimeout(() => {
        this.#speak(text, performance.now());
      }, waitMs);
  }

  #speak(text: string, now: number): void {
    this.#saidMs = now;
    // The same words again would not be spoken.
    const again = this.root.textContent === text ? '\u00a0' : '';
    this.root.textContent = `${text}${again}`;
  }
}
