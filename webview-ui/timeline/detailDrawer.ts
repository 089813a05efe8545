import { areaFigureRows } from '../../src/timeline/areaFigureRows.ts';
import { areaFigures } from '../../src/timeline/areaFigures.ts';
import type { Stretch, TimelineSession } from '../../src/timeline/timelineSession.ts';
import { button } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';
import { deltaDetails, frameDetails, type RawFrame } from './deltaDetails.ts';
import { displayedTextsOf } from './displayedTextsOf.ts';
import { clockTime, duration } from '../../src/timeline/formatTime.ts';
import { selectedLane } from './navigation.ts';
import type { TimelineState } from './timelineState.ts';

export interface DetailDrawerActions {
  /** Asks for the message of a delta. */
  askFrame: (key: string, message: number) => void;
  copy: (text: string) => void;
  playToDelta: () => void;
  playSelection: () => void;
  /** Goes from delta to delta. */
  step: (step: 1 | -1) => void;
}

/** Deltas that are only passed by need no frame. */
const askAfterMs = 120;
/** Frames kept, so that going back shows them at once. */
const mostFrames = 64;

/** What is chosen, in full: a delta, and the figures of a stretch of time. */
export class DetailDrawer {
  readonly root: HTMLElement;
  readonly #actions: DetailDrawerActions;
  readonly #title = element('h2');
  readonly #facts = element('div', {});
  readonly #delta: HTMLElement;
  readonly #bounds = element('p', { class: 'area-bounds' });
  readonly #figures = element('dl', { class: 'detail-facts' });
  readonly #area: HTMLElement;
  readonly #nothing = element('p', { class: 'hint detail-nothing' }, [
    'Choose a delta to see its text, its timing and the raw message, or drag over a stretch of ' +
      'time for the figures of just that stretch.',
  ]);
  readonly #frames = new Map<string, RawFrame>();
  readonly #frame = element('div', {});
  #asking: ReturnType<typeof setTimeout> | undefined;
  #wanted = '';
  #shown: { session: TimelineSession; delta: number | null; area: Stretch | null } | null = null;
  /** What {@link #facts} are about. */
  #factsOf = '';

  constructor(actions: DetailDrawerActions) {
    this.#actions = actions;
    this.#delta = element('section', { class: 'detail-delta', hidden: true }, [
      this.#deltaHead(),
      this.#facts,
      this.#frame,
    ]);
    this.#area = element('section', { class: 'detail-area', hidden: true }, [
      head(element('h2', {}, 'Selected stretch'), [
        tool('play', 'Play the selected stretch', actions.playSelection),
      ]),
      this.#bounds,
      this.#figures,
    ]);
    this.root = element(
      'aside',
      { class: 'drawer', tabIndex: 0, aria: { label: 'Details of the selection' } },
      [this.#nothing, this.#delta, this.#area],
    );
  }

  update(state: TimelineState): void {
    const session = selectedLane(state);
    if (!session) return;
    const { delta, area } = state.selection;
    const before = this.#shown;
    this.#shown = { session, delta, area };
    const isNew = before?.session !== session;
    if (isNew || before.delta !== delta) this.#showDelta(session, delta);
    if (isNew || before.area !== area) this.#showArea(session, area);
    this.#nothing.hidden = !this.#delta.hidden || !this.#area.hidden;
  }

  receiveFrame(key: string, message: number, frame: RawFrame): void {
    const id = frameId(key, message);
    this.#frames.set(id, frame);
    const oldest = this.#frames.keys().next();
    if (this.#frames.size > mostFrames && !oldest.done) this.#frames.delete(oldest.value);
    if (id === this.#wanted) this.#showFrame(frame);
  }

  #showDelta(session: TimelineSession, delta: number | null): void {
    const { key, deltas, status } = session;
    const message = deltas.messages[delta ?? -1];
    this.#delta.hidden = message === undefined;
    const factsOf = message === undefined ? '' : `${delta} ${status} ${key}`;
    this.#title.textContent = `Delta ${(delta ?? 0) + 1} of ${deltas.atMs.length}`;
    // A session that grows says nothing new about what came before.
    if (factsOf === this.#factsOf) return;
    this.#factsOf = factsOf;
    clearTimeout(this.#asking);
    if (delta === null || message === undefined) return;
    this.#facts.replaceChildren(...deltaDetails(session, displayedTextsOf(deltas), delta));
    this.#wanted = frameId(key, message);
    const known = this.#frames.get(this.#wanted) ?? null;
    this.#showFrame(known);
    if (known) return;
    this.#asking = setTimeout(() => {
      this.#actions.askFrame(key, message);
    }, askAfterMs);
  }

  #deltaHead(): HTMLElement {
    const { step, playToDelta } = this.#actions;
    return head(this.#title, [
      tool('chevron-left', 'Previous delta', () => {
        step(-1);
      }),
      tool('chevron-right', 'Next delta', () => {
        step(1);
      }),
      tool('debug-continue', 'Play to this delta', playToDelta),
    ]);
  }

  #showFrame(frame: RawFrame | null): void {
    this.#frame.replaceChildren(frameDetails(frame, this.#actions.copy));
  }

  #showArea(session: TimelineSession, area: Stretch | null): void {
    this.#area.hidden = area === null;
    if (area === null) return;
    const { startMs, endMs } = area;
    this.#bounds.textContent = `${clockTime(startMs)} to ${clockTime(endMs)}, ${duration(endMs - startMs)}`;
    this.#figures.replaceChildren(
      ...areaFigureRows(areaFigures(session, area)).map(({ label, value, description }) =>
        element('div', { title: description }, [
          element('dt', {}, label),
          element('dd', {}, value),
        ]),
      ),
    );
  }
}

function head(title: HTMLElement, tools: readonly HTMLElement[]): HTMLElement {
  return element('div', { class: 'detail-head' }, [
    title,
    element('span', { class: 'detail-buttons' }, tools),
  ]);
}

function tool(name: string, label: string, click: () => void): HTMLElement {
  return button(icon(name), {
    appearance: 'icon',
    title: label,
    aria: { label },
    on: { click },
  });
}

function frameId(key: string, message: number): string {
  return `${message} ${key}`;
}
