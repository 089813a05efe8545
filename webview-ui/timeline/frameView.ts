import { element } from '../shared/element.ts';
import { frameDetails, type RawFrame } from './deltaDetails.ts';

export interface FrameViewActions {
  /** Asks for a message. */
  askFrame: (key: string, message: number) => void;
  copy: (text: string) => void;
}

/** Messages that are only passed by need not be asked for. */
const askAfterMs = 120;
/** Frames kept, so that going back shows them at once. */
const mostFrames = 64;

/** The message behind what is chosen. */
export class FrameView {
  readonly root = element('div', {});
  readonly #actions: FrameViewActions;
  readonly #frames = new Map<string, RawFrame>();
  #asking: ReturnType<typeof setTimeout> | undefined;
  #wanted = '';

  constructor(actions: FrameViewActions) {
    this.#actions = actions;
  }

  /** Shows nothing any more. */
  clear(): void {
    clearTimeout(this.#asking);
    this.#wanted = '';
    this.root.replaceChildren();
  }

  /** @param message place in the session's received messages */
  show(key: string, message: number): void {
    clearTimeout(this.#asking);
    this.#wanted = frameId(key, message);
    const known = this.#frames.get(this.#wanted) ?? null;
    this.#showFrame(known);
    if (known) return;
    this.#asking = setTimeout(() => {
      this.#actions.askFrame(key, message);
    }, askAfterMs);
  }

  receive(key: string, message: number, frame: RawFrame): void {
    const id = frameId(key, message);
    this.#frames.set(id, frame);
    const oldest = this.#frames.keys().next();
    if (this.#frames.size > mostFrames && !oldest.done) this.#frames.delete(oldest.value);
    if (id === this.#wanted) this.#showFrame(frame);
  }

  #showFrame(frame: RawFrame | null): void {
    this.root.replaceChildren(frameDetails(frame, this.#actions.copy));
  }
}

function frameId(key: string, message: number): string {
  return `${message} ${key}`;
}
