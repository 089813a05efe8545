import type { RunView } from '../../src/runview/runView.ts';
import { button, textArea, textField, type ValueControl } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';
import { EditableText, EditNumbers } from './editableText.ts';

export interface RunHeaderActions {
  editTitle: (title: string, edit: number) => void;
  editNotes: (notes: string, edit: number) => void;
  runAgain: () => void;
}

export interface RunHeaderState {
  view: RunView;
  editable: boolean;
  runnable: boolean;
  lastEdit: number;
}

/** Title, circumstances, warnings and notes of a run. */
export class RunHeader {
  readonly root: HTMLElement;
  readonly #heading = element('h1', { dir: 'auto' });
  readonly #titleField: ValueControl;
  readonly #notesField: ValueControl;
  readonly #title: EditableText;
  readonly #notes: EditableText;
  readonly #notesText = element('p', { class: 'notes-text', dir: 'auto' });
  readonly #notesBlock: HTMLElement;
  readonly #runAgain: HTMLElement;
  readonly #facts = element('dl', { class: 'facts' });
  readonly #warnings = element('ul', { class: 'warnings', aria: { label: 'Warnings' } });

  constructor(actions: RunHeaderActions) {
    const numbers = new EditNumbers();
    this.#titleField = textField('Title of the run', '', {
      class: 'title-field',
      attributes: { maxlength: '500' },
    });
    this.#notesField = textArea('Notes', '', {
      class: 'notes-field',
      attributes: { rows: '2', resize: 'vertical', placeholder: 'Notes', maxlength: '100000' },
    });
    this.#title = new EditableText(this.#titleField, numbers, actions.editTitle);
    this.#notes = new EditableText(this.#notesField, numbers, actions.editNotes);
    this.#runAgain = button([icon('debug-rerun'), 'Run Again'], {
      class: 'run-again',
      on: { click: actions.runAgain },
    });
    this.#notesBlock = element('div', { class: 'notes' }, [this.#notesField, this.#notesText]);
    this.root = element('header', { class: 'header' }, [
      element('div', { class: 'title-row' }, [this.#heading, this.#titleField, this.#runAgain]),
      this.#warnings,
      this.#facts,
      this.#notesBlock,
    ]);
  }

  /** Sends what was typed but not yet sent. */
  flush(): void {
    this.#title.flush();
    this.#notes.flush();
  }

  update({ view, editable, runnable, lastEdit }: RunHeaderState): void {
    this.#heading.textContent = view.title || 'Untitled run';
    this.#heading.classList.toggle('spoken', editable);
    this.#titleField.hidden = !editable;
    this.#title.show(view.title, lastEdit);
    this.#notesField.hidden = !editable;
    this.#notes.show(view.notes, lastEdit);
    this.#notesText.hidden = editable;
    this.#notesText.textContent = view.notes;
    this.#notesBlock.hidden = !editable && view.notes === '';
    this.#runAgain.hidden = !runnable;
    this.#facts.replaceChildren(...facts(view));
    this.#warnings.hidden = view.warnings.length === 0;
    this.#warnings.replaceChildren(
      ...view.warnings.map((warning) =>
        element('li', {}, [icon('warning'), element('span', { dir: 'auto' }, warning)]),
      ),
    );
  }
}

function facts({ facts: told, startedAt }: RunView): HTMLElement[] {
  const started = { label: 'Started', value: localTime(startedAt) };
  return [started, ...told].map(({ label, value }) =>
    element('div', { class: 'fact' }, [
      element('dt', {}, label),
      element('dd', { dir: 'auto', title: value }, value),
    ]),
  );
}

function localTime(iso: string): string {
  const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return format.format(new Date(iso));
}
