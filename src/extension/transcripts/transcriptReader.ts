import path from 'node:path';
import * as vscode from 'vscode';
import { BenchError } from '../../common/benchError.ts';
import type { Transcript } from '../../transcript/transcript.ts';
import { keyOf, type LaneRef } from '../timeline/laneRef.ts';
import { readRun } from '../timeline/readRun.ts';
import type { SessionChoice, TimelineAnswers } from '../timeline/timelineReaderMessages.ts';
import { TimelineThread } from '../timeline/timelineThread.ts';

/** Reads runs on a thread, each once until it is forgotten. */
export class TranscriptReader {
  readonly #program: string;
  readonly #runs = new Map<string, Promise<SessionChoice[]>>();
  #thread: TimelineThread | null = null;

  constructor(extensionPath: string) {
    this.#program = path.join(extensionPath, 'dist', 'timelineReader.js');
  }

  /** Throws a BenchError where the run cannot be read. */
  async sessions(run: vscode.Uri): Promise<SessionChoice[]> {
    const key = run.toString();
    const known = this.#runs.get(key);
    if (known) return known;
    const reading = readRun(this.#open(), run);
    this.#runs.set(key, reading);
    // What could not be read may be there the next time.
    reading.catch(() => this.#runs.delete(key));
    return reading;
  }

  /** Throws a BenchError where there is nothing to show. */
  async transcript({ run, sessionId }: LaneRef): Promise<Transcript> {
    const uri = vscode.Uri.parse(run, true);
    await this.sessions(uri);
    const transcript = await this.#open().ask({ type: 'transcript', run, sessionId });
    if (transcript) return transcript;
    const name = path.posix.basename(uri.path);
    throw new BenchError('no_trace', `${name} holds no trace of session ${sessionId}.`);
  }

  /** A message as it came; null where there is none. */
  async frame(session: LaneRef, message: number): Promise<TimelineAnswers['frame']> {
    return this.#open().ask({ type: 'frame', key: keyOf(session), message });
  }

  /** Reads the run anew the next time. */
  forget(run: string): void {
    this.#runs.delete(run);
  }

  /** Ends the thread; the next question starts another. */
  rest(): void {
    this.#thread?.dispose();
    this.#thread = null;
    this.#runs.clear();
  }

  #open(): TimelineThread {
    return (this.#thread ??= new TimelineThread(this.#program));
  }
}
