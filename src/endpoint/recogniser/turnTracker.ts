/** What one stretch of speech, from silence to silence, came to. */
export interface TurnResult {
  /** What was said of it, joined. */
  text: string;
  /** Tokens of the segments' final decodes. */
  tokens: number;
  /** Encoder frames (24 ms) of the segments. */
  audioFrames: number;
  /** The text of the last decodes, which may differ from what was said and never taken back. */
  lastText: string;
}

/** How a stream gets on, beside the text to append. Samples count from the start of the stream. */
export type StreamProgress =
  /** Speech detection has come this far. */
  | { kind: 'heard'; sample: number }
  | { kind: 'speech-started'; sample: number }
  | { kind: 'speech-stopped'; sample: number }
  /** The newest hypothesis for all of the turn under way; it may yet change. */
  | { kind: 'hypothesis'; text: string }
  /** The text of the oldest turn that has stopped is complete. */
  | { kind: 'turn'; result: TurnResult };

/**
 * Puts the segments of a stream together to turns: speech that became too long for one segment is
 * several segments, but one turn.
 */
export class TurnTracker {
  #progress: StreamProgress[] = [];
  #segmentsSeen = 0;
  #segmentsFinished = 0;
  /** For each turn that has stopped: how many segments had been seen by then. */
  readonly #ends: number[] = [];
  #turn = noText();

  started(sample: number): void {
    this.#progress.push({ kind: 'speech-started', sample });
  }

  segmentSeen(): void {
    this.#segmentsSeen += 1;
  }

  stopped(sample: number): void {
    this.#progress.push({ kind: 'speech-stopped', sample });
    this.#ends.push(this.#segmentsSeen);
    this.#finishTurns();
  }

  said(text: string): void {
    this.#turn.text += text;
  }

  hypothesis(text: string): void {
    this.#progress.push({ kind: 'hypothesis', text: joined(this.#turn.lastText, text) });
  }

  segmentFinished(lastText: string, tokens: number, audioFrames: number): void {
    this.#turn.lastText = joined(this.#turn.lastText, lastText);
    this.#turn.tokens += tokens;
    this.#turn.audioFrames += audioFrames;
    this.#segmentsFinished += 1;
    this.#finishTurns();
  }

  /** What has happened since this was asked last. */
  take(): StreamProgress[] {
    const taken = this.#progress;
    this.#progress = [];
    return taken;
  }

  #finishTurns(): void {
    while ((this.#ends[0] ?? Infinity) <= this.#segmentsFinished) {
      this.#ends.shift();
      this.#progress.push({ kind: 'turn', result: this.#turn });
      this.#turn = noText();
    }
  }
}

function noText(): TurnResult {
  return { text: '', lastText: '', tokens: 0, audioFrames: 0 };
}

function joined(before: string, after: string): string {
  return [before.trim(), after.trim()].filter((text) => text !== '').join(' ');
}
