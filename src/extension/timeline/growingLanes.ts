import type { TimelineSession } from '../../timeline/timelineSession.ts';

/**
 * Sends lanes to a page no faster than it takes them in: of those that wait, the newest state of
 * each, so that a slow page lags behind by one state and not by a queue.
 */
export class GrowingLanes {
  readonly #post: (session: TimelineSession) => void;
  readonly #sent = new Set<string>();
  readonly #waiting = new Map<string, TimelineSession>();

  constructor(post: (session: TimelineSession) => void) {
    this.#post = post;
  }

  send(session: TimelineSession): void {
    if (this.#sent.has(session.key)) {
      this.#waiting.set(session.key, session);
      return;
    }
    this.#sent.add(session.key);
    this.#post(session);
  }

  /** The page has taken in what was sent of a lane. */
  taken(key: string): void {
    this.#sent.delete(key);
    const next = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (next) this.send(next);
  }

  /** All lanes are about to be sent as they are now: what waits is older, and must not follow them. */
  supersede(): void {
    this.#waiting.clear();
  }

  /** The page is another one now. */
  forget(): void {
    this.#sent.clear();
    this.#waiting.clear();
  }
}
