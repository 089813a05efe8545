import type { CompareRun } from '../../src/compareview/compareView.ts';
import { button } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';
import type { Post } from './comparePart.ts';

/** The compared files, and what can be done with each. */
export class RunList {
  readonly root = element('ul', { class: 'runs', aria: { label: 'Compared runs' } });
  readonly #post: Post;
  #shown = '';

  constructor(post: Post) {
    this.#post = post;
  }

  update(runs: readonly CompareRun[]): void {
    const now = JSON.stringify(runs);
    if (now === this.#shown) return;
    this.#shown = now;
    const focused = focusPath(this.root);
    this.root.replaceChildren(...runs.map((run, at) => this.#itemOf(run, at, runs.length)));
    if (focused) this.root.querySelector<HTMLElement>(focused)?.focus();
  }

  #itemOf(run: CompareRun, at: number, count: number): HTMLElement {
    return element('li', { class: run.problem === null ? 'run' : 'run missing' }, [
      element('span', { class: `run-letter side-${at === 0 ? 'a' : 'b'}` }, run.letter ?? '–'),
      element('div', { class: 'run-what' }, [
        element('div', { class: 'run-line' }, [
          element('span', { class: 'run-title', dir: 'auto' }, run.title || 'Untitled run'),
          at === 0 ? element('span', { class: 'tag' }, 'baseline') : null,
        ]),
        element('div', { class: 'run-line run-facts' }, [
          run.startedAtMs === null ? null : timeOf(run.startedAtMs),
          element('span', { class: 'run-file', dir: 'auto', title: run.file }, run.file),
        ]),
        ...run.warnings.map((warning) => note('warning', 'run-warning', warning)),
        run.problem === null ? null : note('error', 'run-problem', run.problem),
      ]),
      this.#buttonsOf(run, at, count),
    ]);
  }

  #buttonsOf(run: CompareRun, at: number, count: number): HTMLElement {
    const isRead = run.problem === null;
    const name = run.letter === null ? run.file : `run ${run.letter}`;
    const place = String(at);
    return element('div', { class: 'run-buttons' }, [
      isRead
        ? tool({
            icon: run.isStarred ? 'star-full' : 'star-empty',
            label: run.isStarred ? `Unstar ${name}` : `Star ${name} as its plan's baseline`,
            id: `${place}-star`,
            click: () => {
              this.#post({ type: 'toggleStar', run: at });
            },
          })
        : null,
      isRead && at > 0
        ? tool({
            icon: 'arrow-up',
            label: `Make ${name} the baseline`,
            id: `${place}-baseline`,
            click: () => {
              this.#post({ type: 'makeBaseline', run: at });
            },
          })
        : null,
      isRead
        ? tool({
            icon: 'go-to-file',
            label: `Open ${name}`,
            id: `${place}-open`,
            click: () => {
              this.#post({ type: 'openRun', run: at });
            },
          })
        : null,
      // Two are the fewest; one that is missing can always go.
      count > 2 || !isRead
        ? tool({
            icon: 'close',
            label: `Remove ${name} from the comparison`,
            id: `${place}-remove`,
            click: () => {
              this.#post({ type: 'removeRun', run: at });
            },
          })
        : null,
    ]);
  }
}

interface Tool {
  icon: string;
  label: string;
  /** Finds it again after the list was made anew. */
  id: string;
  click: () => void;
}

function tool({ icon: name, label, id, click }: Tool): HTMLElement {
  return button(icon(name), {
    appearance: 'icon',
    title: label,
    aria: { label },
    data: { tool: id },
    on: { click },
  });
}

function note(name: string, className: string, text: string): HTMLElement {
  return element('p', { class: className }, [icon(name), element('span', { dir: 'auto' }, text)]);
}

function timeOf(ms: number): HTMLElement {
  const date = new Date(ms);
  return element(
    'time',
    { attributes: { datetime: date.toISOString() } },
    date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' }),
  );
}

/** Selects the tool that has the focus; null where none has. */
function focusPath(root: HTMLElement): string | null {
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  const tool = focused instanceof HTMLElement ? focused.dataset.tool : undefined;
  return tool === undefined ? null : `[data-tool="${tool}"]`;
}
