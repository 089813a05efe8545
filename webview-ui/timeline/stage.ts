import type { TimelineSession } from '../../src/timeline/timelineSession.ts';
import { element } from '../shared/element.ts';
import type { AudioPictures } from './canvas/audioPictures.ts';
import { TimelineCanvas } from './canvas/timelineCanvas.ts';
import type { DeltaTableView } from './deltaTableView.ts';
import { goTo } from './navigation.ts';
import type { TimelineState, TimelineStore } from './timelineState.ts';

/** Where the picture of the timeline or the table of its deltas is shown. */
export class Stage {
  readonly root: HTMLElement;
  /** The picture: one tab stop, whose keys are the timeline's. */
  readonly timeline: HTMLElement;
  readonly #canvas: TimelineCanvas;
  readonly #table: DeltaTableView;
  readonly #waiting = element('p', { class: 'stage-note hint', role: 'status' });

  constructor(store: TimelineStore, audio: AudioPictures, table: DeltaTableView) {
    this.#canvas = new TimelineCanvas({
      store,
      audio,
      on: {
        seek: (ms) => {
          store.update(goTo(store.state, ms));
        },
      },
    });
    this.#table = table;
    this.timeline = element(
      'div',
      { class: 'timeline', role: 'application', tabIndex: 0, aria: { label: 'Timeline' } },
      this.#canvas.root,
    );
    this.#keepOneStop();
    this.root = element('div', { class: 'stage' }, [this.timeline, table.root, this.#waiting]);
    table.root.hidden = true;
  }

  update(state: TimelineState, before: TimelineState | null): void {
    const { showsTable, lanes } = state;
    if (lanes !== before?.lanes) this.timeline.setAttribute('aria-label', labelOf(lanes));
    if (showsTable !== (before?.showsTable ?? false)) {
      const hadFocus = this.root.contains(document.activeElement);
      this.timeline.hidden = showsTable;
      this.#table.root.hidden = !showsTable;
      if (hadFocus) this.focus(showsTable);
    }
    if (showsTable) this.#table.update(state);
    const { selection, focus } = state;
    const { lane } = selection;
    const laneBefore = before?.selection.lane ?? null;
    const isMoved = lane !== laneBefore || focus.track !== before?.focus.track;
    // The first lane to be chosen is shown from its top.
    if (isMoved && lane !== null && laneBefore !== null) this.#canvas.revealLane(lane);
  }

  /** What is clicked inside leaves the focus with the timeline, whose keys they are. */
  #keepOneStop(): void {
    this.timeline.addEventListener('focusin', ({ target }) => {
      if (target !== this.timeline) this.timeline.focus({ preventScroll: true });
    });
  }

  /** Moves a delta into sight. */
  reveal(lane: string, delta: number): void {
    this.#canvas.revealDelta(lane, delta);
  }

  /** Closes what the pointer shows; false where it shows nothing. */
  closeTooltip(): boolean {
    return this.#canvas.closeTooltip();
  }

  focus(showsTable: boolean): void {
    if (showsTable) this.#table.focus();
    else this.timeline.focus();
  }

  /** Says what is waited for, in place of what is not there yet; null when it is. */
  showNote(text: string | null): void {
    this.#waiting.textContent = text;
  }
}

function labelOf(lanes: readonly TimelineSession[]): string {
  const what = lanes.length === 1 ? lanes[0]!.utterance : `${lanes.length} sessions`;
  return `Timeline of ${what}. Arrow keys go from delta to delta and from track to track; question mark lists all keys.`;
}
