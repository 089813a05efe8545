import { timelineActions, type TimelineAction } from '../../src/timeline/timelineActions.ts';
import { KeySheet } from '../shared/keySheet.ts';

const groups: readonly TimelineAction['group'][] = ['Play', 'Move', 'Select', 'Zoom', 'Show'];

/** All keys of the timeline, made from the list that the keys themselves are taken from. */
export class ShortcutSheet extends KeySheet {
  /** @param isMac for the names of keys */
  constructor(isMac: boolean) {
    const actions: readonly TimelineAction[] = timelineActions;
    super(
      {
        title: 'Keyboard shortcuts of the timeline',
        groups: groups.map((title) => ({
          title,
          keys: actions.filter(({ group }) => group === title),
        })),
        hint: 'Each is also a command in the command palette, where it can be given other keys.',
      },
      isMac,
    );
  }
}
