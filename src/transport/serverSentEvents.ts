import { createParser } from 'eventsource-parser';

/** The data of server-sent events, from bytes that may be cut anywhere. */
export class ServerSentEvents {
  readonly #decoder = new TextDecoder();
  #events: string[] = [];
  readonly #parser = createParser({
    onEvent: ({ data }) => {
      // Events without data keep a connection alive and say nothing.
      if (data !== '') this.#events.push(data);
    },
  });

  /** The events that these bytes complete. */
  push(bytes: Uint8Array): string[] {
    this.#parser.feed(this.#decoder.decode(bytes, { stream: true }));
    return this.#take();
  }

  /** The event that only lacked its blank line: servers leave it out after the last one. */
  end(): string[] {
    this.#parser.feed(`${this.#decoder.decode()}\n\n`);
    return this.#take();
  }

  #take(): string[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }
}
