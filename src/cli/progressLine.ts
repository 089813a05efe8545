import { formatDuration } from '../common/formatDuration.ts';

const barWidth = 24;
const redrawMs = 200;
const plainEveryMs = 10_000;

export interface Progress {
  done: number;
  total: number;
  active: number;
  failed: number;
  ttftP50Ms: number | null;
}

/** The progress of a run as one line of text, for example `[████····] 3/8 sessions · …`. */
export function formatProgress(progress: Progress, elapsedMs: number): string {
  const { done, total, active, failed, ttftP50Ms } = progress;
  const filled = total === 0 ? 0 : Math.floor((barWidth * done) / total);
  const bar = '█'.repeat(filled) + '·'.repeat(barWidth - filled);
  const ttft = ttftP50Ms === null ? '–' : `${Math.round(ttftP50Ms)} ms`;
  const parts = [`${done}/${total} sessions`, `TTFT p50 ${ttft}`, `${failed} failed`];
  if (active > 0) parts.splice(1, 0, `${active} running`);
  return `[${bar}] ${parts.join(' · ')} · ${formatDuration(elapsedMs)}`;
}

/**
 * Shows a line that is redrawn in place on a terminal. Elsewhere, in a log for instance, it
 * prints a line now and then.
 */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #render: (elapsedMs: number) => string;
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout;

  constructor(stream: NodeJS.WriteStream, render: (elapsedMs: number) => string) {
    this.#stream = stream;
    this.#render = render;
    this.#timer = setInterval(
      () => {
        this.#draw();
      },
      stream.isTTY ? redrawMs : plainEveryMs,
    );
  }

  /** Draws the last state and leaves it on the screen. */
  stop(): void {
    clearInterval(this.#timer);
    this.#draw();
    if (this.#stream.isTTY) this.#stream.write('\n');
  }

  #draw(): void {
    const text = this.#render(performance.now() - this.#startedAt);
    if (!this.#stream.isTTY) {
      this.#stream.write(`${text}\n`);
      return;
    }
    const width = Math.max(20, this.#stream.columns - 1);
    this.#stream.write(`\r\u001b[2K${text.slice(0, width)}`);
  }
}
