import { areaFigureRows } from '../../src/timeline/areaFigureRows.ts';
import { areaFigures } from '../../src/timeline/areaFigures.ts';
import type { Stretch, TimelineSession } from '../../src/timeline/timelineSession.ts';
import { button } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';
import { deltaDetails, type RawFrame } from './deltaDetails.ts';
import { displayedTextsOf } from './displayedTextsOf.ts';
import { clockTime, duration } from '../../src/timeline/formatTime.ts';
import { EventDetails } from './eventDetails.ts';
import { FrameView, type FrameViewActions } from './frameView.ts';
import { selectedLane } from './navigation.ts';
import type { TimelineState } from './timelineState.ts';

export interface DetailDrawerActions extends FrameViewActions {
  playToDelta: () => void;
  playSelection: () => void;
  /** Goes from delta to delta. */
  step: (step: 1 | -1) => void;
}

/** What is chosen, in full: an event, a delta, and the figures of a stretch of time. */
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
    'Choose a delta to see its text, its timing and the raw message, or an event, or drag over ' +
      'a stretch of time for the figures of just that stretch.',
  ]);
  readonly #frame: FrameView;
  readonly #event: EventDetails;
  #shown: { session: TimelineSession; delta: number | null; area: Stretch | null } | null = null;
  /** What {@link #facts} are about. */
  #factsOf = '';

  constructor(actions: DetailDrawerActions) {
    this.#actions = actions;
    this.#frame = new FrameView(actions);
    this.#event = new EventDetails(actions);
    this.#delta = element('section', { class: 'detail-delta', hidden: true }, [
      this.#deltaHead(),
      this.#facts,
      this.#frame.root,
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
      [this.#nothing, this.#delta, this.#event.root, this.#area],
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
    const { focus } = state;
    this.#event.show(session, focus.track === 'events' ? focus.item : null);
    const parts = [this.#delta, this.#area, this.#event.root];
    this.#nothing.hidden = parts.some((part) => !part.hidden);
  }

  receiveFrame(key: string, message: number, frame: RawFrame): void {
    this.#frame.receive(key, message, frame);
    this.#event.receiveFrame(key, message, frame);
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
    if (delta === null || message === undefined) {
      this.#frame.clear();
      return;
    }
    this.#facts.replaceChildren(...deltaDetails(session, displayedTextsOf(deltas), delta));
    this.#frame.show(key, message);
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
