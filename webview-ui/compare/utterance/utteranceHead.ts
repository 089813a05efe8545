import type { UtteranceDetail } from '../../../src/compareview/compareView.ts';
import { button, dropdown } from '../../shared/controls.ts';
import { element, icon } from '../../shared/element.ts';
import { makeRoving } from '../../shared/roving.ts';

export interface UtteranceHeadActions {
  chooseRepeat: (repeat: number) => void;
  openTimeline: () => void;
  openTranscript: () => void;
  diffTexts: () => void;
  copy: () => void;
}

/** Which utterance it is, and what can be done with it. */
export class UtteranceHead {
  readonly root: HTMLElement;
  readonly #actions: UtteranceHeadActions;
  readonly #id = element('span', { class: 'utterance-id', dir: 'auto' });
  readonly #language = element('span', { class: 'tag', hidden: true });
  readonly #repeat = element('span', { class: 'repeat-choice' });

  constructor(actions: UtteranceHeadActions) {
    this.#actions = actions;
    const buttons = [
      tool('list-flat', 'Show on Timeline', actions.openTimeline),
      tool('watch', 'Open Transcript', actions.openTranscript),
      tool('diff', 'Compare Texts', actions.diffTexts),
      tool('copy', 'Copy', actions.copy),
    ];
    const tools = element(
      'div',
      { class: 'head-tools', role: 'toolbar', aria: { label: 'Utterance' } },
      buttons,
    );
    makeRoving(tools, buttons);
    this.root = element('div', { class: 'utterance-head' }, [
      element('h2', {}, ['Utterance ', this.#id]),
      this.#language,
      this.#repeat,
      tools,
    ]);
  }

  show({ id, language, repeat, repeats }: UtteranceDetail): void {
    this.#id.textContent = id;
    this.#language.hidden = language === null;
    this.#language.textContent = language;
    this.#repeat.replaceChildren(...(repeats > 1 ? [this.#repeatControl(repeat, repeats)] : []));
  }

  #repeatControl(repeat: number, repeats: number): HTMLElement {
    const options = Array.from({ length: repeats }, (_, at) => ({
      value: String(at),
      label: `Repeat ${at + 1} of ${repeats}`,
    }));
    const made = dropdown(options, String(repeat), {
      aria: { label: 'Repeat' },
      on: {
        change: () => {
          const chosen = Number(made.value);
          if (chosen !== repeat) this.#actions.chooseRepeat(chosen);
        },
      },
    });
    return made;
  }
}

/** A, B and Δ of each metric of the utterance. */
export function utteranceFigures(
  { figures }: UtteranceDetail,
  letters: readonly [string, string],
): HTMLElement {
  const heads = [...letters, 'Δ'];
  return element(
    'div',
    { class: 'scrolls', tabIndex: 0, role: 'group', aria: { label: 'Figures of the utterance' } },
    element('table', { class: 'figures-table' }, [
      element('thead', {}, [
        element('tr', {}, [
          element('td'),
          ...heads.map((head) => element('th', { attributes: { scope: 'col' } }, head)),
        ]),
      ]),
      element(
        'tbody',
        {},
        figures.map(({ label, a, b, delta }) =>
          element('tr', {}, [
            element('th', { attributes: { scope: 'row' } }, label),
            ...[a, b, delta].map((figure) => element('td', {}, figure)),
          ]),
        ),
      ),
    ]),
  );
}

function tool(name: string, label: string, click: () => void): HTMLElement {
  return button([icon(name), label], { on: { click } });
}
