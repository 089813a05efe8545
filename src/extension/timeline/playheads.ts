import * as vscode from 'vscode';
import type { LaneRef } from './laneRef.ts';

/** A timeline, as those see it that show its sessions in another way. */
export interface LinkedTimeline {
  readonly isActive: boolean;
  /** The saved sessions that it shows. */
  readonly sessions: readonly LaneRef[];
  /** Moves the playhead to a place on the axis of a session that it shows. */
  seek(session: LaneRef, ms: number): void;
  /** Whether it is to tell where its playhead is. */
  watchPlayhead(isWanted: boolean): void;
}

/** A playhead is at a place on the axis of these sessions. */
export interface PlayheadMove {
  sessions: readonly LaneRef[];
  /** Null where its timeline was closed. */
  ms: number | null;
}

/** Ties the playheads of timelines to other views of the same sessions. */
export class Playheads implements vscode.Disposable {
  readonly #timelines = new Set<LinkedTimeline>();
  readonly #moved = new vscode.EventEmitter<PlayheadMove>();
  readonly onDidMove = this.#moved.event;
  #isWatched = false;

  /** Sessions of the timeline in front; none where something else is. */
  get activeSessions(): readonly LaneRef[] {
    return [...this.#timelines].find(({ isActive }) => isActive)?.sessions ?? [];
  }

  get isWatched(): boolean {
    return this.#isWatched;
  }

  add(timeline: LinkedTimeline): vscode.Disposable {
    this.#timelines.add(timeline);
    return new vscode.Disposable(() => {
      this.#timelines.delete(timeline);
      this.tell({ sessions: timeline.sessions, ms: null });
    });
  }

  /** Timelines tell of their playheads only while somebody listens. */
  watch(isWanted: boolean): void {
    if (isWanted === this.#isWatched) return;
    this.#isWatched = isWanted;
    for (const timeline of this.#timelines) timeline.watchPlayhead(isWanted);
  }

  tell(move: PlayheadMove): void {
    if (this.#isWatched) this.#moved.fire(move);
  }

  /** Moves the playhead of every timeline that shows the session. */
  seek(session: LaneRef, ms: number): void {
    for (const timeline of this.#timelines) {
      if (includesSession(timeline.sessions, session)) timeline.seek(session, ms);
    }
  }

  dispose(): void {
    this.#moved.dispose();
  }
}

export function includesSession(
  sessions: readonly LaneRef[],
  { run, sessionId }: LaneRef,
): boolean {
  return sessions.some((other) => other.run === run && other.sessionId === sessionId);
}
