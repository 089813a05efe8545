import { element } from '../shared/element.ts';
import { LaneReplay } from './laneReplay.ts';
import type { TimelineState } from './timelineState.ts';

/** The transcripts of all lanes at the playhead. */
export class ReplayPane {
  readonly root: HTMLElement;
  readonly #seek: (ms: number) => void;
  readonly #lanes = new Map<string, LaneReplay>();

  /** @param seek told where a click on a word leads, milliseconds on the axis */
  constructor(seek: (ms: number) => void) {
    this.#seek = seek;
    this.root = element('section', {
      class: 'replay',
      hidden: true,
      aria: { label: 'Transcript at the playhead' },
    });
  }

  update(state: TimelineState, before: TimelineState | null): void {
    const { lanes, playheadMs, isPlaying, selection } = state;
    if (lanes !== before?.lanes) this.#updateLanes(lanes);
    for (const [key, replay] of this.#lanes) {
      const chosen = !isPlaying && key === selection.lane ? selection.delta : null;
      replay.show(playheadMs, { isPlaying, chosen });
    }
  }

  #updateLanes(lanes: TimelineState['lanes']): void {
    this.root.hidden = lanes.length === 0;
    const keys = new Set(lanes.map(({ key }) => key));
    for (const [key, replay] of this.#lanes) {
      if (keys.has(key)) continue;
      replay.root.remove();
      this.#lanes.delete(key);
    }
    lanes.forEach((lane, i) => {
      const replay = this.#lanes.get(lane.key) ?? new LaneReplay(this.#seek);
      this.#lanes.set(lane.key, replay);
      replay.update(lane, lanes.length === 1);
      const there = this.root.children[i] ?? null;
      if (there !== replay.root) this.root.insertBefore(replay.root, there);
    });
  }
}
