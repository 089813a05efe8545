import { timelineActions, type TimelineAction } from '../../src/timeline/timelineActions.ts';
import { button } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';
import { keyLabels } from './timelineKeys.ts';

const groups: readonly TimelineAction['group'][] = ['Play', 'Move', 'Select', 'Zoom', 'Show'];

/** All keys of the timeline, made from the list that the keys themselves are taken from. */
export class ShortcutSheet {
  readonly root: HTMLDialogElement;

  /** @param isMac for the names of keys */
  constructor(isMac: boolean) {
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
      element('div', { class: 'sheet-head' }, [
        element('h2', { id: 'sheet-title' }, 'Keyboard shortcuts of the timeline'),
        close,
      ]),
      element(
        'div',
        { class: 'sheet-groups', tabIndex: 0, role: 'group', aria: { label: 'Shortcuts' } },
        groups.map((group) => groupOf(group, isMac)),
      ),
      element(
        'p',
        { class: 'hint' },
        'Each is also a command in the command palette, where it can be given other keys.',
      ),
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

function groupOf(group: TimelineAction['group'], isMac: boolean): HTMLElement {
  const actions: readonly TimelineAction[] = timelineActions;
  return element('section', { class: 'sheet-group' }, [
    element('h3', {}, group),
    element(
      'dl',
      {},
      actions
        .filter((action) => action.group === group)
        .map(({ title, keys }) =>
          element('div', {}, [
            element('dt', {}, title),
            element(
              'dd',
              {},
              keys.map((key) => keyCaps(key, isMac)),
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
