import type { BenchmarkObserver } from '../bench/benchmarkObserver.ts';
import { firstTextMetrics } from '../metrics/firstTextMetrics.ts';
import { isMissing } from '../metrics/missingValue.ts';
import { sessionTimeline } from '../metrics/sessionTimeline.ts';
import { median } from '../metrics/statistics/percentile.ts';
import type { RunSession } from '../runfile/run.ts';
import type { Utterance } from '../dataset/utterance.ts';
import type { SessionTrace } from '../trace/sessionTrace.ts';
import { formatProgress, ProgressLine, type Progress } from './progressLine.ts';

/** TTFT does not depend on what was said. */
const anyUtterance: Utterance = {
  id: '',
  audioPath: '',
  reference: null,
  language: null,
  declaredDurationMs: null,
  words: null,
  speaker: null,
  tags: [],
};

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
    const ttftMs = firstTextMs(trace);
    if (ttftMs === null) return;
    this.#ttftsMs.push(ttftMs);
    this.#progress.ttftP50Ms = median(this.#ttftsMs);
  }

  stop(): void {
    this.#line?.stop();
    this.#line = null;
  }
}

function firstTextMs(trace: SessionTrace): number | null {
  const { ttft } = firstTextMetrics(sessionTimeline(trace, anyUtterance));
  return isMissing(ttft) ? null : ttft;
}
