import { button } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';
import type { Post } from './comparePart.ts';
import type { CompareState } from './compareState.ts';
import { MenuButton } from './menuButton.ts';
import { RunList } from './runList.ts';

export interface HeaderActions {
  swapSides: () => void;
  savePicture: () => void;
  showKeys: () => void;
}

/** Which runs are compared, and what can be done with all of it. */
export class CompareHeader {
  readonly root: HTMLElement;
  /** Where the progress is told. */
  readonly status = element('div', { class: 'head-status' });
  readonly #title = element('h1');
  readonly #runs: RunList;
  readonly #swap: HTMLElement;

  constructor(post: Post, actions: HeaderActions) {
    this.#runs = new RunList(post);
    this.#swap = button([icon('arrow-swap'), 'Swap'], {
      title: 'Swap sides: the other run becomes the baseline',
      on: { click: actions.swapSides },
    });
    const addRun = () => {
      post({ type: 'addRun' });
    };
    this.root = element('header', { class: 'compare-head' }, [
      element('div', { class: 'title-line' }, [
        this.#title,
        this.status,
        element('div', { class: 'head-tools' }, [
          this.#swap,
          button([icon('add'), 'Add Run…'], { on: { click: addRun } }),
          exportMenu(post, actions.savePicture),
          button(icon('keyboard'), {
            appearance: 'icon',
            title: 'Keyboard shortcuts (?)',
            aria: { label: 'Keyboard shortcuts' },
            on: { click: actions.showKeys },
          }),
        ]),
      ]),
      this.#runs.root,
    ]);
  }

  update({ view }: CompareState): void {
    const runs = view?.runs ?? [];
    this.#title.textContent = `Comparison of ${runs.length} runs`;
    this.#swap.hidden = (view?.pairs.length ?? 0) === 0;
    this.#runs.update(runs);
  }
}

function exportMenu(post: Post, savePicture: () => void): HTMLElement {
  const exportAs = (format: 'markdown' | 'csv' | 'html') => () => {
    post({ type: 'export', format });
  };
  return new MenuButton('Export', 'export', [
    { label: 'Markdown summary', icon: 'markdown', choose: exportAs('markdown') },
    { label: 'CSV table', icon: 'table', choose: exportAs('csv') },
    { label: 'HTML report', icon: 'browser', choose: exportAs('html') },
    { label: 'Picture of the plot', icon: 'file-media', choose: savePicture },
  ]).root;
}
