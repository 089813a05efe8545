import type { MetricValue, SessionDetail, SessionRow } from '../../src/runview/runView.ts';
import { button } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';
import { deltaTable, type DeltaTableActions } from './deltaTable.ts';
import { statusLabel } from '../shared/statusLabel.ts';
import { transcript } from './transcript.ts';

/** So long nothing is said of waiting: most answers are there by then. */
const patienceMs = 200;

export interface SessionPaneActions extends Omit<DeltaTableActions, 'open'> {
  /** @param message place of a received message to show, or null */
  openTimeline: (session: SessionRow, message: number | null) => void;
  openTranscript: (session: SessionRow) => void;
}

/** The chosen session in full, beside the table. */
export class SessionPane {
  readonly root = element('section', {
    class: 'pane',
    aria: { label: 'Chosen session' },
  });
  readonly #actions: SessionPaneActions;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(actions: SessionPaneActions) {
    this.#actions = actions;
    this.clear();
  }

  clear(): void {
    clearTimeout(this.#waiting);
    this.root.replaceChildren(
      element('p', { class: 'hint' }, 'Choose a session to see its transcript and timing.'),
    );
  }

  /** Says after a while that the session is on its way. */
  wait(session: SessionRow): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => {
      this.root.replaceChildren(paneHead(session, []), element('p', { class: 'hint' }, 'Reading…'));
    }, patienceMs);
  }

  show(session: SessionRow, detail: SessionDetail, hideBlank: boolean): void {
    clearTimeout(this.#waiting);
    this.root.replaceChildren(
      paneHead(session, detail.deltas === null ? [] : this.#waysOut(session)),
      ...(detail.failure === null ? [] : [failure(detail.failure)]),
      transcript(detail),
      deltaTable(detail.deltas, hideBlank, {
        ...this.#actions,
        open: ({ message }) => {
          this.#actions.openTimeline(session, message);
        },
      }),
      metricList(detail.metrics),
    );
  }

  #waysOut(session: SessionRow): HTMLElement[] {
    return [
      button([icon('graph-line'), 'Timeline'], {
        title: 'Hear the session and see every delta where it arrived',
        on: {
          click: () => {
            this.#actions.openTimeline(session, null);
          },
        },
      }),
      button([icon('watch'), 'Transcript'], {
        title: 'Read the text in an editor, with the timing of every delta',
        on: {
          click: () => {
            this.#actions.openTranscript(session);
          },
        },
      }),
    ];
  }
}

function paneHead(session: SessionRow, actions: readonly HTMLElement[]): HTMLElement {
  const { utteranceId, repeat, status, durationMs, id } = session;
  return element('div', { class: 'pane-head' }, [
    element('h2', { dir: 'auto', title: `Session ${id}` }, utteranceId),
    statusLabel(status),
    element('span', { class: 'hint' }, `${(durationMs / 1000).toFixed(1)} s of audio`),
    repeat > 0 ? element('span', { class: 'hint' }, `repeat ${repeat + 1}`) : null,
    ...actions,
  ]);
}

function failure(message: string): HTMLElement {
  return element('p', { class: 'failure' }, [
    icon('error'),
    element('span', { dir: 'auto' }, message),
  ]);
}

function metricList(metrics: readonly MetricValue[]): HTMLElement {
  const known = metrics.filter((metric) => metric.known);
  const missing = metrics.filter((metric) => !metric.known);
  return element('section', { class: 'metrics', aria: { label: 'Metrics' } }, [
    element('h3', {}, 'Metrics'),
    element('dl', { class: 'metric-list' }, known.map(metricLine)),
    missing.length > 0
      ? element('details', {}, [
          element('summary', {}, `${missing.length} without a value`),
          element('dl', { class: 'metric-list' }, missing.map(metricLine)),
        ])
      : null,
  ]);
}

function metricLine({ label, value, description, known }: MetricValue): HTMLElement {
  return element('div', { title: description, class: known ? '' : 'missing' }, [
    element('dt', {}, label),
    element('dd', {}, value),
  ]);
}
