import * as vscode from 'vscode';
import { wrapText } from '../../common/wrapText.ts';
import type { ChoiceItem } from './askItem.ts';

/** What fits into a line of a list beside the heading; the rest would be cut off. */
const columns = 64;

/**
 * A text that may be longer than a line, beneath a heading. It may repeat what servers and files
 * say. Its lines can be chosen as anything in a list can: all of them stand for `value`.
 */
export function explainingItems<Value>(
  heading: string,
  text: string,
  value: Value,
): ChoiceItem<Value>[] {
  // What looks like an icon's name would become one.
  const lines = wrapText(text.replaceAll('$(', '$ ('), columns);
  return [
    { label: heading, kind: vscode.QuickPickItemKind.Separator, value },
    ...lines.map((label) => ({ label, alwaysShow: true, value })),
  ];
}
