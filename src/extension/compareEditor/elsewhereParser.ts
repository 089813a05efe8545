import { fileURLToPath } from 'node:url';
import { RequestThread } from '../requestThread.ts';
import type { CompareRequest, ReadRunSource, RunSource } from './compareReaderMessages.ts';
import { parseSource } from './runCache.ts';

type ParseRequest = Extract<CompareRequest, { type: 'parse' }>;

/** Parses some runs on another thread, so that two are parsed in the time of one. */
export class ElsewhereParser {
  /** The bundle that this is part of: it answers the request to parse. */
  readonly #thread = new RequestThread<ParseRequest, ReadRunSource>(fileURLToPath(import.meta.url));
  readonly #begun = new Map<string, Promise<ReadRunSource>>();

  /** Begins at once. */
  constructor(sources: readonly RunSource[]) {
    for (const source of sources) {
      const read = this.#thread.request({ type: 'parse', source });
      // Where nobody waits for it any more, its failure is none.
      read.catch(() => undefined);
      this.#begun.set(source.uri, read);
    }
  }

  /** What was begun, else parsed here. */
  async parse(source: RunSource): Promise<ReadRunSource> {
    return await (this.#begun.get(source.uri) ?? parseSource(source));
  }

  dispose(): void {
    this.#thread.dispose('The runs were read.');
  }
}
