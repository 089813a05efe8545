import { GrowingItem } from './openaiItems.ts';
import type { AudioItems, ItemEvents } from './openaiItems.ts';
import { SpeechInput } from './speechInput.ts';
import type { SessionPorts } from './socketSession.ts';

/** Without turn detection: each commit of the client makes an item of what came before it. */
export class CommittedByClient implements AudioItems {
  readonly #openUtterance: SessionPorts['openUtterance'];
  readonly #events: ItemEvents;
  readonly #inputs = new Set<SpeechInput>();
  #current: { item: GrowingItem; input: SpeechInput } | null = null;

  constructor(openUtterance: SessionPorts['openUtterance'], events: ItemEvents) {
    this.#openUtterance = openUtterance;
    this.#events = events;
  }

  get bufferedSeconds(): number {
    return this.#current?.input.seconds ?? 0;
  }

  append(samples: Int16Array<ArrayBuffer>, rateHz: number): void {
    this.#current ??= this.#begin(rateHz);
    this.#current.input.add(samples);
  }

  commit(): void {
    if (this.#current === null) return;
    const { item, input } = this.#current;
    this.#current = null;
    this.#events.committed(item.id);
    input.end();
  }

  clear(): void {
    if (this.#current === null) return;
    this.#forget(this.#current.input);
    this.#current.input.drop();
    this.#current = null;
  }

  close(): void {
    for (const input of this.#inputs) input.drop();
    this.#inputs.clear();
    this.#current = null;
  }

  #begin(rateHz: number): { item: GrowingItem; input: SpeechInput } {
    const item = new GrowingItem();
    const utterance = this.#openUtterance({
      delta: (text) => {
        const delta = item.add(text);
        if (delta !== '') this.#events.delta(item.id, delta);
      },
      done: (result) => {
        this.#forget(input);
        this.#events.completed(item.id, item.text, result);
      },
      failed: (message) => {
        this.#forget(input);
        if (this.#current?.input === input) this.#current = null;
        this.#events.failed(item.id, message);
      },
    });
    const input = new SpeechInput(utterance, rateHz);
    this.#inputs.add(input);
    return { item, input };
  }

  #forget(input: SpeechInput): void {
    this.#inputs.delete(input);
  }
}
