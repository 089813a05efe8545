import { median } from '../../metrics/statistics/percentile.ts';
import type { Plan } from '../../plan/plan.ts';
import type { RunProgressMessage, SessionEnded } from '../../runner/runnerMessages.ts';
import { shortTime } from './shortTime.ts';

interface Slowest {
  utteranceId: string;
  ttftMs: number;
}

/** Keeps count of a run that goes on, for those who watch it. */
export class RunTally {
  readonly #noun: string;
  readonly #ttftsMs: number[] = [];
  #prepared: { done: number; total: number } | null = null;
  #total: number | null = null;
  #done = 0;
  #failed = 0;
  #slowest: Slowest | null = null;
  #firstFailure: SessionEnded['failure'] = null;
  readonly #failedEndpoints = new Set<string>();

  constructor({ endpoints, repeats }: Plan) {
    this.#noun = endpoints.length * repeats > 1 ? 'session' : 'utterance';
  }

  get done(): number {
    return this.#done;
  }

  /** 0 before the first session starts. */
  get total(): number {
    return this.#total ?? 0;
  }

  get firstFailure(): SessionEnded['failure'] {
    return this.#firstFailure;
  }

  /** Those with failed sessions; the one of the first failure comes first. */
  get failedEndpoints(): string[] {
    return [...this.#failedEndpoints];
  }

  add(message: RunProgressMessage): void {
    if (message.type === 'preparing') this.#prepared = message;
    else if (message.type === 'starting') this.#total = message.sessions;
    else if (message.type === 'sessionEnded') this.#ended(message);
  }

  /** For example `utterance 5/12 · TTFT p50 612 ms · worst robot-voice 1.9 s · 1 failed`. */
  text(): string {
    if (this.#total === null) return this.#preparationText();
    const parts = [`${this.#noun} ${this.#done}/${this.#total}`];
    const ttftP50Ms = median(this.#ttftsMs);
    if (ttftP50Ms !== null) parts.push(`TTFT p50 ${shortTime(ttftP50Ms)}`);
    // With one session the worst is the median.
    if (this.#slowest && this.#ttftsMs.length > 1) {
      parts.push(`worst ${this.#slowest.utteranceId} ${shortTime(this.#slowest.ttftMs)}`);
    }
    if (this.#failed > 0) parts.push(`${this.#failed} failed`);
    return parts.join(' · ');
  }

  #preparationText(): string {
    if (!this.#prepared) return 'starting…';
    const { done, total } = this.#prepared;
    return `decoding audio ${done}/${total}`;
  }

  #ended({ endpointId, utteranceId, ttftMs, failure }: SessionEnded): void {
    this.#done += 1;
    if (failure && failure.reason !== 'cancelled') {
      this.#failed += 1;
      this.#firstFailure ??= failure;
      this.#failedEndpoints.add(endpointId);
    }
    if (ttftMs === null) return;
    this.#ttftsMs.push(ttftMs);
    if (ttftMs > (this.#slowest?.ttftMs ?? -1)) this.#slowest = { utteranceId, ttftMs };
  }
}
