import type { Clock } from '../common/clock.ts';

interface WakeUp {
  dueUs: number;
  callback: () => void;
}

/** Node's timers may fire this late; the rest of the wait is spent turning the event loop. */
const coarseErrorUs = 2_000;
/** Turning may take this share of the time, so that many sessions do not burn a core. */
const turningShare = 0.2;
const turningSavedUs = 20_000;

function nowUs(): number {
  return performance.now() * 1000;
}

/**
 * Wakes callbacks within a fraction of a millisecond of their time, although timers count whole
 * milliseconds: sleeps until shortly before, then turns the event loop (which keeps serving
 * sockets) until the time has come. All sessions of the process share one queue and one
 * allowance for turning; when that is used up, wake-ups come up to about a millisecond late.
 */
class PreciseTimer {
  /** Ascending by `dueUs`. */
  readonly #queue: WakeUp[] = [];
  #sleep: NodeJS.Timeout | null = null;
  #turn: NodeJS.Immediate | null = null;
  #turningSinceUs: number | null = null;
  #allowanceUs = turningSavedUs;
  #allowanceAtUs = nowUs();

  add(wakeUp: WakeUp): void {
    this.#queue.splice(this.#position(wakeUp.dueUs), 0, wakeUp);
    if (this.#queue[0] === wakeUp) {
      this.#arm();
    }
  }

  remove(wakeUp: WakeUp): void {
    const at = this.#queue.indexOf(wakeUp);
    if (at >= 0) {
      this.#queue.splice(at, 1);
      this.#arm();
    }
  }

  #position(dueUs: number): number {
    let low = 0;
    let high = this.#queue.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#queue[middle]!.dueUs <= dueUs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  readonly #wake = (): void => {
    this.#sleep = null;
    this.#turn = null;
    while (this.#queue.length > 0 && this.#queue[0]!.dueUs <= nowUs()) {
      this.#queue.shift()!.callback();
    }
    this.#arm();
  };

  #arm(): void {
    const head = this.#queue[0];
    if (this.#sleep) {
      clearTimeout(this.#sleep);
      this.#sleep = null;
    }
    if (!head) {
      this.#stopTurning();
      return;
    }
    const waitUs = head.dueUs - nowUs();
    if (waitUs <= 0) {
      this.#turn ??= setImmediate(this.#wake);
    } else if (waitUs > coarseErrorUs) {
      this.#stopTurning();
      this.#sleep = setTimeout(this.#wake, Math.floor((waitUs - coarseErrorUs) / 1000) + 1);
    } else if (this.#mayTurn()) {
      this.#turn ??= setImmediate(this.#wake);
    } else {
      this.#stopTurning();
      this.#sleep = setTimeout(this.#wake, Math.max(1, Math.round(waitUs / 1000)));
    }
  }

  /** Settles the allowance up to now and says whether turning may go on. */
  #mayTurn(): boolean {
    const now = nowUs();
    const earned = (now - this.#allowanceAtUs) * turningShare;
    const spent = this.#turningSinceUs === null ? 0 : now - this.#turningSinceUs;
    this.#allowanceUs = Math.min(turningSavedUs, this.#allowanceUs + earned) - spent;
    this.#allowanceAtUs = now;
    this.#turningSinceUs = now;
    return this.#allowanceUs > 0;
  }

  #stopTurning(): void {
    if (this.#turn) {
      clearImmediate(this.#turn);
      this.#turn = null;
    }
    if (this.#turningSinceUs !== null) {
      this.#allowanceUs -= nowUs() - this.#turningSinceUs;
      this.#turningSinceUs = null;
    }
  }
}

const shared = new PreciseTimer();

/**
 * Calls back at `dueUs` on `clock`, soon if that is past; never before this call returns.
 * @returns a function that cancels the wake-up.
 */
export function wakeAt(clock: Clock, dueUs: number, callback: () => void): () => void {
  // In this order a pause between the two readings makes the wake-up late, never early.
  const waitUs = dueUs - clock.nowUs();
  const wakeUp: WakeUp = { dueUs: nowUs() + waitUs, callback };
  shared.add(wakeUp);
  return () => {
    shared.remove(wakeUp);
  };
}
