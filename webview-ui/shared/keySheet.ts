import { button } from './controls.ts';
import { element, icon } from './element.ts';
import { keyLabels } from './keyLabels.ts';

export interface KeySheetGroup {
  title: string;
  /** Keys as `Ctrl+ArrowLeft`. */
  keys: readonly { title: string; keys: readonly string[] }[];
}

export interface KeySheetText {
  title: string;
  groups: readonly KeySheetGroup[];
  hint: string;
}

/** All keys of a page, in a dialog. Looks as in sheet.css. */
export class KeySheet {
  readonly root: HTMLDialogElement;

  /** @param isMac for the names of keys */
  constructor({ title, groups, hint }: KeySheetText, isMac: boolean) {
    const close = button(icon('close'), {
      appearance: 'icon',
      title: 'Close',
      aria: { label: 'Close' },
      on: {
        click: () => {
          this.close();
        },
      },
    });
    this.root = element('dialog', { class: 'sheet', aria: { labelledby: 'sheet-title' } }, [
      element('div', { class: 'sheet-head' }, [element('h2', { id: 'sheet-title' }, title), close]),
      element(
        'div',
        { class: 'sheet-groups', tabIndex: 0, role: 'group', aria: { label: 'Shortcuts' } },
        groups.map((group) => groupOf(group, isMac)),
      ),
      element('p', { class: 'hint' }, hint),
    ]);
    this.root.addEventListener('click', (event) => {
      // On the backdrop, which belongs to the dialog itself.
      if (event.target === this.root) this.close();
    });
  }

  get isOpen(): boolean {
    return this.root.open;
  }

  open(): void {
    if (!this.root.open) this.root.showModal();
  }

  close(): void {
    this.root.close();
  }
}

function groupOf({ title, keys }: KeySheetGroup, isMac: boolean): HTMLElement {
  return element('section', { class: 'sheet-group' }, [
    element('h3', {}, title),
    element(
      'dl',
      {},
      keys.map((one) =>
        element('div', {}, [
          element('dt', {}, one.title),
          element(
            'dd',
            {},
            one.keys.map((key) => keyCaps(key, isMac)),
          ),
        ]),
      ),
    ),
  ]);
}

function keyCaps(key: string, isMac: boolean): HTMLElement {
  return element(
    'span',
    { class: 'keys' },
    keyLabels(key, isMac).map((label) => element('kbd', {}, label)),
  );
}
