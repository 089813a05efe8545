import * as vscode from 'vscode';
import { plainMessage } from './plainMessage.ts';

/** Messages to the user. They may repeat what servers and files say, which must stay plain text. */
export const tell = {
  information: (message: string, ...choices: string[]): Thenable<string | undefined> =>
    vscode.window.showInformationMessage(plainMessage(message), ...choices),
  warning: (message: string, ...choices: string[]): Thenable<string | undefined> =>
    vscode.window.showWarningMessage(plainMessage(message), ...choices),
  error: (message: string, ...choices: string[]): Thenable<string | undefined> =>
    vscode.window.showErrorMessage(plainMessage(message), ...choices),
  /** A question that has to be answered before anything else. */
  modal: (message: string, detail: string, ...choices: string[]): Thenable<string | undefined> =>
    vscode.window.showWarningMessage(message, { modal: true, detail }, ...choices),
};
