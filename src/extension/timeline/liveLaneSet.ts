import type { TracePiece } from '../../runner/liveTrace.ts';
import type { LaneRef } from './laneRef.ts';

/** Which sessions of a run that goes on are shown: of each endpoint the one followed last. */
export class LiveLaneSet {
  readonly #lanes = new Map<string, LaneRef>();
  readonly #removed = new Set<string>();

  get refs(): LaneRef[] {
    return [...this.#lanes.values()];
  }

  /** Whether the piece is of an endpoint that is not to be shown. */
  isRemoved({ session }: TracePiece): boolean {
    return this.#removed.has(session.endpointId);
  }

  /**
   * Whether other lanes are to be shown now.
   *
   * @param run its file, as the text of a URI
   */
  add({ session }: TracePiece, run: string): boolean {
    const { id, endpointId } = session;
    if (this.#lanes.get(endpointId)?.sessionId === id) return false;
    this.#lanes.set(endpointId, { run, sessionId: id });
    return true;
  }

  /** The endpoint of this session is not to be shown any more. */
  remove(removed: LaneRef): void {
    for (const [endpointId, lane] of this.#lanes) {
      if (lane !== removed) continue;
      this.#lanes.delete(endpointId);
      this.#removed.add(endpointId);
    }
  }
}
