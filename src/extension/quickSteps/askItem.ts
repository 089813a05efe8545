import * as vscode from 'vscode';
import type { StepAnswer, StepPlace } from './stepAnswer.ts';

export interface ChoiceItem<Value> extends vscode.QuickPickItem {
  value: Value;
}

/** What a list offers once it is there. */
export interface LoadedItems<Value> {
  items: ChoiceItem<Value>[];
  placeholder: string;
  /** Answers at once, without asking. */
  accept?: Value;
}

export interface ItemQuestion<Value> {
  /** Shown while the items load. */
  placeholder: string;
  /** Gets a signal that tells when the user has left. Does not reject. */
  load(signal: AbortSignal): Promise<LoadedItems<Value>>;
  /** The item that stands for the text typed so far, where a free answer is possible. */
  typed?(text: string): ChoiceItem<Value> | null;
}

/** Asks to choose one of the items, which may take time to load. */
export function askItem<Value>(
  place: StepPlace,
  question: ItemQuestion<Value>,
): Promise<StepAnswer<Value>> {
  const pick = vscode.window.createQuickPick<ChoiceItem<Value>>();
  const left = new AbortController();
  pick.title = place.title;
  pick.step = place.step;
  pick.totalSteps = place.totalSteps;
  pick.placeholder = question.placeholder;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.busy = true;
  if (place.step > 1) pick.buttons = [vscode.QuickInputButtons.Back];
  let items: ChoiceItem<Value>[] = [];

  return new Promise((resolve) => {
    const end = (answer: StepAnswer<Value>): void => {
      resolve(answer);
      left.abort();
      pick.dispose();
    };
    const offer = (): void => {
      const typed = question.typed?.(pick.value.trim()) ?? null;
      pick.items = typed === null ? items : [...items, typed];
    };
    if (question.typed) pick.onDidChangeValue(offer);
    pick.onDidTriggerButton(() => {
      end({ kind: 'back' });
    });
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen) end({ kind: 'answer', value: chosen.value });
    });
    pick.onDidHide(() => {
      end({ kind: 'cancel' });
    });
    pick.show();
    void question.load(left.signal).then((loaded) => {
      if (left.signal.aborted) return;
      if (loaded.accept !== undefined) {
        end({ kind: 'answer', value: loaded.accept });
        return;
      }
      pick.busy = false;
      pick.placeholder = loaded.placeholder;
      items = loaded.items;
      offer();
      const [first] = items;
      const chosen = items.find(({ picked }) => picked === true) ?? first;
      if (chosen) pick.activeItems = [chosen];
    });
  });
}
