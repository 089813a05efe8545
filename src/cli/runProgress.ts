import type { BenchmarkObserver } from '../bench/benchmarkObserver.ts';
import { median } from '../metrics/statistics/percentile.ts';
import type { RunSession } from '../runfile/run.ts';
import { headlineTimes } from '../runner/headlineTimes.ts';
import { formatProgress, ProgressLine, type Progress } from './progressLine.ts';

/** Shows how a benchmark goes on a terminal. */
export class RunProgress implements BenchmarkObserver {
  readonly #stream: NodeJS.WriteStream;
  readonly #progress: Progress = { done: 0, total: 0, active: 0, failed: 0, ttftP50Ms: null };
  readonly #ttftsMs: number[] = [];
  #line: ProgressLine | null = null;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    stream.write('Preparing …\n');
  }

  starting(sessions: number): void {
    this.#progress.total = sessions;
    this.#line = new ProgressLine(this.#stream, (elapsedMs) =>
      formatProgress(this.#progress, elapsedMs),
    );
  }

  sessionStarted(): void {
    this.#progress.active += 1;
  }

  sessionEnded({ trace }: RunSession): void {
    this.#progress.active -= 1;
    this.#progress.done += 1;
    if (trace.failure) this.#progress.failed += 1;
    const { ttftMs } = headlineTimes(trace);
    if (ttftMs === null) return;
    this.#ttftsMs.push(ttftMs);
    this.#progress.ttftP50Ms = median(this.#ttftsMs);
  }

  stop(): void {
    this.#line?.stop();
    this.#line = null;
  }
}
