import { clockTime } from '../../src/timeline/formatTime.ts';
import type { TimelineSession } from '../../src/timeline/timelineSession.ts';
import { element } from '../shared/element.ts';
import { FrameView, type FrameViewActions } from './frameView.ts';
import type { RawFrame } from './deltaDetails.ts';

/** An event in full, with the message of the server that said it. */
export class EventDetails {
  readonly root: HTMLElement;
  readonly #title = element('h2', { class: 'detail-event-title', dir: 'auto' });
  readonly #facts = element('dl', { class: 'detail-facts' });
  readonly #frame: FrameView;
  #shown = '';

  constructor(actions: FrameViewActions) {
    this.#frame = new FrameView(actions);
    this.root = element('section', { class: 'detail-event', hidden: true }, [
      this.#title,
      this.#facts,
      this.#frame.root,
    ]);
  }

  /** @param place in the session's events; null hides it */
  show({ key, events }: TimelineSession, place: number | null): void {
    const event = events[place ?? -1] ?? null;
    this.root.hidden = event === null;
    const shown = JSON.stringify([key, event]);
    // A session that grows says nothing new about what has happened.
    if (shown === this.#shown) return;
    this.#shown = shown;
    if (!event) {
      this.#frame.clear();
      return;
    }
    const { label, atMs, audioMs, message } = event;
    this.#title.textContent = label;
    this.#facts.replaceChildren(
      fact(message === null ? 'Happened' : 'Arrived', clockTime(atMs)),
      ...(audioMs === null ? [] : [fact('About the audio at', clockTime(audioMs))]),
    );
    if (message === null) this.#frame.clear();
    else this.#frame.show(key, message);
  }

  receiveFrame(key: string, message: number, frame: RawFrame): void {
    this.#frame.receive(key, message, frame);
  }
}

function fact(label: string, value: string): HTMLElement {
  return element('div', {}, [element('dt', {}, label), element('dd', {}, value)]);
}
