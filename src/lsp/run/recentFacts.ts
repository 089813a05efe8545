import type { SessionReading } from './runDocument.ts';
import type { SessionFacts } from './sessionFacts.ts';

/** As many sessions as editors show at once, and some more. */
const mostKept = 64;

/** Facts of the sessions that were asked about last; those of all would fill the memory. */
export class RecentFacts {
  readonly #readings = new Set<SessionReading>();

  /** Null where the text is no session. */
  factsOf(reading: SessionReading): SessionFacts | null {
    this.#readings.delete(reading);
    this.#readings.add(reading);
    const [oldest] = this.#readings;
    if (this.#readings.size > mostKept && oldest) {
      this.#readings.delete(oldest);
      oldest.forgetFacts();
    }
    return reading.facts;
  }

  clear(): void {
    for (const reading of this.#readings) reading.forgetFacts();
    this.#readings.clear();
  }
}
