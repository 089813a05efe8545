import * as vscode from 'vscode';
import type { StepAnswer, StepPlace } from './stepAnswer.ts';

export interface TextQuestion {
  prompt: string;
  placeholder: string;
  value: string;
  password?: boolean;
  /** What is wrong with a text, null where it can be taken. Asked on every change. */
  problem(text: string): string | null;
}

/** Asks for a line of text; the answer is trimmed. */
export function askText(place: StepPlace, question: TextQuestion): Promise<StepAnswer<string>> {
  const box = vscode.window.createInputBox();
  box.title = place.title;
  box.step = place.step;
  box.totalSteps = place.totalSteps;
  box.prompt = question.prompt;
  box.placeholder = question.placeholder;
  box.value = question.value;
  box.password = question.password ?? false;
  // The address is often copied from elsewhere.
  box.ignoreFocusOut = true;
  if (place.step > 1) box.buttons = [vscode.QuickInputButtons.Back];

  return new Promise((resolve) => {
    const end = (answer: StepAnswer<string>): void => {
      resolve(answer);
      box.dispose();
    };
    const check = (): string | null => {
      const problem = question.problem(box.value.trim());
      box.validationMessage = problem ?? undefined;
      return problem;
    };
    box.onDidChangeValue(check);
    box.onDidTriggerButton(() => {
      end({ kind: 'back' });
    });
    box.onDidAccept(() => {
      if (check() === null) end({ kind: 'answer', value: box.value.trim() });
    });
    box.onDidHide(() => {
      end({ kind: 'cancel' });
    });
    box.show();
  });
}
