import type { CompareAction } from '../../src/compareview/compareActions.ts';
import type { KeySheetText } from '../shared/keySheet.ts';

/** Which action a key means; null where it has none. As in VS Code's own diff editor. */
export function actionOfKey(event: KeyboardEvent): CompareAction | null {
  if (event.key !== 'F7' || event.ctrlKey || event.metaKey || event.altKey) return null;
  return event.shiftKey ? 'previousDifference' : 'nextDifference';
}

export const keySheetText: KeySheetText = {
  title: 'Keyboard shortcuts of the comparison',
  groups: [
    {
      title: 'Differences',
      keys: [
        { title: 'Next difference', keys: ['F7'] },
        { title: 'Previous difference', keys: ['Shift+F7'] },
      ],
    },
    {
      title: 'Tables',
      keys: [
        { title: 'Next or previous row', keys: ['ArrowDown', 'ArrowUp'] },
        { title: 'First or last row', keys: ['Home', 'End'] },
        { title: 'To the head, which sorts', keys: ['ArrowUp'] },
        { title: 'Choose, or sort', keys: ['Enter'] },
      ],
    },
    {
      title: 'Plots',
      keys: [
        { title: 'Read the next or previous value', keys: ['ArrowRight', 'ArrowLeft'] },
        { title: 'Further along', keys: ['PageUp', 'PageDown'] },
        { title: 'First or last value', keys: ['Home', 'End'] },
        { title: 'Open the run of a point by load', keys: ['Enter'] },
      ],
    },
    {
      title: 'Utterance',
      keys: [
        { title: 'Next or previous word', keys: ['ArrowRight', 'ArrowLeft'] },
        { title: 'Line above or below', keys: ['ArrowUp', 'ArrowDown'] },
        { title: 'Hear the word', keys: ['Enter'] },
        { title: 'Play or pause', keys: ['Space'] },
        { title: 'Sessions stacked', keys: ['1'] },
        { title: 'Sessions over each other', keys: ['2'] },
        { title: 'Difference of the sessions', keys: ['3'] },
      ],
    },
    { title: 'Page', keys: [{ title: 'This sheet', keys: ['?'] }] },
  ],
  hint: 'Differences are also commands in the command palette, where they can be given other keys.',
};
