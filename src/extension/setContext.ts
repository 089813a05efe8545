import * as vscode from 'vscode';

/** Sets a context key that `when` clauses of package.json use. */
export function setContext(key: `rtbench.${string}`, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
