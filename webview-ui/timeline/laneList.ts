import type { TimelineSession } from '../../src/timeline/timelineSession.ts';
import { button } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';

export interface LaneListActions {
  select: (key: string) => void;
  openRun: (key: string) => void;
  remove: (key: string) => void;
}

/** Before there are lanes. */
const untitled = 'Timeline';

type LaneStatus = TimelineSession['status'];

const statusIcons: Readonly<Record<LaneStatus, string>> = {
  live: 'record',
  success: 'pass',
  empty: 'circle-slash',
  partial: 'warning',
  failed: 'error',
  cancelled: 'debug-stop',
};

/** What each lane is: endpoint, run, how it ended, and its headline figures. */
export class LaneList {
  readonly root: HTMLElement;
  readonly #actions: LaneListActions;
  readonly #title = element('h1', { dir: 'auto' }, untitled);
  readonly #list = element('ul', { class: 'lanes', aria: { label: 'Lanes' } });
  readonly #rows = new Map<string, LaneRow>();

  constructor(actions: LaneListActions) {
    this.#actions = actions;
    this.root = element('header', { class: 'head' }, [this.#title, this.#list]);
  }

  update(lanes: readonly TimelineSession[], selected: string | null): void {
    const title = titleOf(lanes);
    if (this.#title.textContent !== title) this.#title.textContent = title;
    const shown = lanes.map((lane) => this.#rowOf(lane));
    for (const [key, row] of this.#rows) {
      if (shown.includes(row)) continue;
      row.root.remove();
      this.#rows.delete(key);
    }
    lanes.forEach((lane, i) => {
      const row = shown[i]!;
      const isSelected = lane.key === selected;
      row.update(lane, { place: i, isSelected, count: lanes.length, title });
      // Moving a row would take the focus from its buttons.
      if (this.#list.children[i] !== row.root) {
        this.#list.insertBefore(row.root, this.#list.children[i] ?? null);
      }
    });
  }

  #rowOf({ key }: TimelineSession): LaneRow {
    const row = this.#rows.get(key) ?? new LaneRow(key, this.#actions);
    this.#rows.set(key, row);
    return row;
  }
}

interface LaneRowState {
  /** Among the lanes, from 0. */
  place: number;
  isSelected: boolean;
  count: number;
  /** Over all lanes: what it says need not be said again. */
  title: string;
}

class LaneRow {
  readonly root: HTMLElement;
  readonly #swatch = element('span', { class: 'swatch', aria: { hidden: true } });
  readonly #name = element('strong', { class: 'lane-name', dir: 'auto' });
  readonly #status = element('span', { class: 'status' });
  readonly #origin = element('span', { class: 'lane-origin', dir: 'auto' });
  readonly #figures = element('dl', { class: 'figures' });
  readonly #failure = element('p', { class: 'lane-failure', dir: 'auto', hidden: true });
  readonly #note = element('p', { class: 'lane-note', hidden: true });
  readonly #open: HTMLElement;
  readonly #remove: HTMLElement;
  #shown = '';

  constructor(key: string, actions: LaneListActions) {
    this.#open = this.#button('go-to-file', () => {
      actions.openRun(key);
    });
    this.#remove = this.#button('close', () => {
      actions.remove(key);
    });
    this.root = element(
      'li',
      {
        class: 'lane',
        on: {
          click: () => {
            actions.select(key);
          },
        },
      },
      [
        element('div', { class: 'lane-line' }, [
          this.#swatch,
          this.#name,
          this.#status,
          this.#origin,
          this.#figures,
          element('span', { class: 'lane-buttons' }, [this.#open, this.#remove]),
        ]),
        this.#failure,
        this.#note,
      ],
    );
  }

  update(session: TimelineSession, { place, isSelected, count, title }: LaneRowState): void {
    this.root.classList.toggle('selected', isSelected && count > 1);
    this.#swatch.hidden = count < 2;
    this.#remove.hidden = count < 2;
    this.#swatch.className = `swatch lane-colour-${place % 4}`;
    if (isSelected && count > 1) this.root.setAttribute('aria-current', 'true');
    else this.root.removeAttribute('aria-current');
    const { endpoint, utterance, repeat, run, status, figures, failure, clockNote } = session;
    const shown = JSON.stringify([
      title,
      endpoint,
      repeat,
      run,
      status,
      figures,
      failure,
      clockNote,
    ]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#name.textContent = endpoint;
    const again = repeat > 0 ? `, repeat ${repeat + 1}` : '';
    this.#origin.textContent =
      utterance === title ? `${run}${again}` : `${utterance}${again} · ${run}`;
    this.#origin.title = run;
    this.#status.className = `status status-${status}`;
    this.#status.replaceChildren(icon(statusIcons[status]), status);
    this.#figures.replaceChildren(
      ...figures.map(({ label, value, description }) =>
        element('div', { title: description }, [
          element('dt', {}, label),
          element('dd', {}, value),
        ]),
      ),
    );
    showText(this.#failure, failure);
    showText(this.#note, clockNote);
    name(this.#open, `Open the run of ${endpoint}`);
    name(this.#remove, `Remove the lane of ${endpoint}`);
  }

  #button(iconName: string, click: () => void): HTMLElement {
    return button(icon(iconName), {
      appearance: 'icon',
      on: {
        click: (event) => {
          // Not also a choice of the lane.
          event.stopPropagation();
          click();
        },
      },
    });
  }
}

function showText(target: HTMLElement, text: string | null): void {
  target.hidden = text === null;
  target.textContent = text ?? '';
}

function name(target: HTMLElement, label: string): void {
  target.title = label;
  target.setAttribute('aria-label', label);
}

function titleOf(lanes: readonly TimelineSession[]): string {
  const utterances = [...new Set(lanes.map(({ utterance }) => utterance))];
  if (utterances.length === 1) return utterances[0]!;
  return utterances.length === 0 ? untitled : `${lanes.length} sessions`;
}
