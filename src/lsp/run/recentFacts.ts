import type { SessionEntry } from './runDocument.ts';
import type { SessionFacts } from './sessionFacts.ts';

/** As many sessions as editors show at once, and some more. */
const mostKept = 200;

/** Facts of the sessions that were asked about last; those of all would fill the memory. */
export class RecentFacts {
  readonly #entries = new Set<SessionEntry>();

  /** Null where the text is no session. */
  factsOf(entry: SessionEntry): SessionFacts | null {
    this.#entries.delete(entry);
    this.#entries.add(entry);
    const [oldest] = this.#entries;
    if (this.#entries.size > mostKept && oldest) {
      this.#entries.delete(oldest);
      oldest.forgetFacts();
    }
    return entry.facts;
  }

  clear(): void {
    for (const entry of this.#entries) entry.forgetFacts();
    this.#entries.clear();
  }
}
