import type { UtteranceResult } from '../recogniser/recognitionStream.ts';
import type { StreamProgress } from '../recogniser/turnTracker.ts';
import { GrowingItem } from './openaiItems.ts';
import type { AudioItems, ItemEvents } from './openaiItems.ts';
import { recogniserHz } from './liveResampler.ts';
import { SpeechInput } from './speechInput.ts';
import type { SessionPorts } from './socketSession.ts';

/** Server-side turn detection: each stretch of speech becomes an item when it ends. */
export class CommittedByVad implements AudioItems {
  readonly #openUtterance: SessionPorts['openUtterance'];
  readonly #events: ItemEvents;
  readonly #streams = new Set<TurnStream>();
  #current: TurnStream | null = null;
  /** Of audio in streams before the current one. */
  #earlierSeconds = 0;

  constructor(openUtterance: SessionPorts['openUtterance'], events: ItemEvents) {
    this.#openUtterance = openUtterance;
    this.#events = events;
  }

  get bufferedSeconds(): number {
    return this.#current?.bufferedSeconds ?? 0;
  }

  append(samples: Int16Array<ArrayBuffer>, rateHz: number): void {
    this.#current ??= this.#begin(rateHz);
    this.#current.input.add(samples);
  }

  commit(): void {
    this.#leave()?.commit();
  }

  clear(): void {
    this.#leave()?.clear();
  }

  close(): void {
    for (const stream of this.#streams) stream.input.drop();
    this.#streams.clear();
    this.#current = null;
  }

  #leave(): TurnStream | null {
    const stream = this.#current;
    this.#current = null;
    this.#earlierSeconds += stream?.input.seconds ?? 0;
    return stream;
  }

  #begin(rateHz: number): TurnStream {
    const stream: TurnStream = new TurnStream({
      startMs: this.#earlierSeconds * 1000,
      events: this.#events,
      openUtterance: this.#openUtterance,
      rateHz,
      over: () => {
        this.#streams.delete(stream);
        if (this.#current === stream) this.#leave();
      },
    });
    this.#streams.add(stream);
    return stream;
  }
}

interface TurnStreamPorts {
  startMs: number;
  events: ItemEvents;
  openUtterance: SessionPorts['openUtterance'];
  rateHz: number;
  /** Nothing more comes of the stream. */
  over(): void;
}

/**
 * Audio up to the next commit or clear by the client, and the items that speech detection makes of
 * it. Their texts come in their order.
 */
class TurnStream {
  readonly input: SpeechInput;
  readonly #ports: TurnStreamPorts;
  /** Items without their whole text yet, oldest first. */
  #items: GrowingItem[] = [];
  /** The last of {@link #items} while it is being spoken. */
  #open: GrowingItem | null = null;
  /** Where the newest committed item ends. */
  #committedSample = 0;
  /** The client has ended the stream: what is in no item yet belongs to this one, or to none. */
  #rest: { item: GrowingItem | null } | null = null;

  constructor(ports: TurnStreamPorts) {
    this.#ports = ports;
    const utterance = ports.openUtterance({
      delta: (text) => {
        this.#said(text);
      },
      progress: (progress) => {
        this.#progress(progress);
      },
      done: () => {
        for (const item of [...this.#items]) this.#complete(item);
        ports.over();
      },
      failed: (message) => {
        for (const { id } of this.#items) ports.events.failed(id, message);
        ports.over();
      },
    });
    this.input = new SpeechInput(utterance, ports.rateHz);
  }

  get bufferedSeconds(): number {
    return Math.max(0, this.input.seconds - this.#committedSample / recogniserHz);
  }

  commit(): void {
    const item = this.#open ?? new GrowingItem();
    if (this.#open === null) this.#items.push(item);
    this.#rest = { item };
    this.#ports.events.committed(item.id);
    this.input.end();
  }

  clear(): void {
    if (this.#open !== null) this.#items.pop();
    this.#rest = { item: null };
    if (this.#items.length > 0) {
      this.input.end();
    } else {
      this.input.drop();
      this.#ports.over();
    }
  }

  #said(text: string): void {
    const [item] = this.#items;
    const delta = item?.add(text) ?? '';
    if (item && delta !== '') this.#ports.events.delta(item.id, delta);
  }

  #progress(progress: StreamProgress): void {
    if (progress.kind === 'turn') {
      this.#turnDone(progress.result);
    } else if (this.#rest === null && progress.kind === 'speech-started') {
      this.#started(progress.sample);
    } else if (this.#rest === null && progress.kind === 'speech-stopped') {
      this.#stopped(progress.sample);
    }
  }

  #started(sample: number): void {
    this.#open = new GrowingItem();
    this.#items.push(this.#open);
    this.#ports.events.speech('started', this.#open.id, this.#msAt(sample));
  }

  #stopped(sample: number): void {
    const item = this.#open;
    if (item === null) return;
    this.#open = null;
    this.#committedSample = sample;
    this.#ports.events.speech('stopped', item.id, this.#msAt(sample));
    this.#ports.events.committed(item.id);
  }

  /** The rest may be several turns: it is complete with the stream. */
  #turnDone(result: UtteranceResult): void {
    const [item] = this.#items;
    if (item === undefined) return;
    item.cost(result);
    if (item !== this.#rest?.item) this.#complete(item);
  }

  #complete(item: GrowingItem): void {
    this.#items = this.#items.filter((other) => other !== item);
    this.#ports.events.completed(item.id, item.text, item.usage);
  }

  #msAt(sample: number): number {
    return Math.round(this.#ports.startMs + (sample / recogniserHz) * 1000);
  }
}
