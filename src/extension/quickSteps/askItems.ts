import * as vscode from 'vscode';
import type { ChoiceItem } from './askItem.ts';
import type { StepAnswer, StepPlace } from './stepAnswer.ts';

/** Asks to choose at least one of the items; those with `picked` are chosen to begin with. */
export function askItems<Value>(
  place: StepPlace,
  placeholder: string,
  items: readonly ChoiceItem<Value>[],
): Promise<StepAnswer<Value[]>> {
  const pick = vscode.window.createQuickPick<ChoiceItem<Value>>();
  pick.title = place.title;
  pick.step = place.step;
  pick.totalSteps = place.totalSteps;
  pick.placeholder = placeholder;
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.items = items;
  pick.selectedItems = items.filter(({ picked }) => picked === true);
  if (place.step > 1) pick.buttons = [vscode.QuickInputButtons.Back];

  return new Promise((resolve) => {
    const end = (answer: StepAnswer<Value[]>): void => {
      resolve(answer);
      pick.dispose();
    };
    pick.onDidTriggerButton(() => {
      end({ kind: 'back' });
    });
    pick.onDidAccept(() => {
      const values = pick.selectedItems.map(({ value }) => value);
      if (values.length > 0) end({ kind: 'answer', value: values });
      else pick.placeholder = `${placeholder} (at least one)`;
    });
    pick.onDidHide(() => {
      end({ kind: 'cancel' });
    });
    pick.show();
  });
}
