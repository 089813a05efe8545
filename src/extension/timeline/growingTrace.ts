import type { RunUtterance } from '../../runfile/run.ts';
import { traceFromColumns } from '../../runfile/traceColumns.ts';
import type { TracePiece } from '../../runner/liveTrace.ts';
import type { Pacing, SessionTrace } from '../../trace/sessionTrace.ts';

/** The trace of a session that runs, put together from the pieces that are reported. */
export class GrowingTrace {
  readonly session: TracePiece['session'];
  readonly utterance: RunUtterance;
  trace: SessionTrace;
  ended: boolean;

  /** @param first the piece that has the utterance */
  constructor(first: TracePiece, utterance: RunUtterance, pacing: Pacing) {
    this.session = first.session;
    this.utterance = utterance;
    this.trace = traceFromColumns(first.trace, pacing);
    this.ended = first.ended;
  }

  /**
   * False where the piece does not follow on what is here: pieces before it were lost, or it has
   * ended.
   */
  add({ before, trace, ended }: TracePiece): boolean {
    const { chunks, controls, received, audio } = this.trace;
    const follows =
      !this.ended &&
      before.chunks === chunks.length &&
      before.controls === controls.length &&
      before.received === received.length;
    if (!follows) return false;
    const piece = traceFromColumns(trace, audio.pacing);
    for (const chunk of piece.chunks) {
      const startSample = chunk.startSample + before.samples;
      chunks.push({ ...chunk, startSample, endSample: chunk.endSample + before.samples });
    }
    controls.push(...piece.controls);
    received.push(...piece.received);
    this.trace = { ...piece, chunks, controls, received };
    this.ended = ended;
    return true;
  }

  /** Ends it where nobody will: the process that measured it is gone. */
  breakOff(message: string): void {
    if (this.ended) return;
    this.ended = true;
    const atUs = lastUs(this.trace);
    this.trace.failure ??= { atUs, reason: 'process_ended', code: null, message };
  }
}

/** When the last thing that is known of it happened. */
function lastUs({ connection, chunks, controls, received }: SessionTrace): number {
  return Math.max(
    connection.startUs,
    connection.openUs ?? 0,
    connection.readyUs ?? 0,
    connection.closeUs ?? 0,
    chunks.at(-1)?.sentUs ?? 0,
    controls.at(-1)?.sentUs ?? 0,
    received.at(-1)?.atUs ?? 0,
  );
}
