import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { openAsText, openRun, runEditorViewType } from './openRun.ts';
import { RunEditorProvider } from './runEditorProvider.ts';
import { runResource } from './runResource.ts';

/** The editor of `*.rtbench.json` and the commands that open it. */
export function registerRunEditor(services: Services): vscode.Disposable {
  const provider = new RunEditorProvider(services);
  return vscode.Disposable.from(
    provider,
    vscode.window.registerCustomEditorProvider(runEditorViewType, provider),
    onRun('rtbench.openRun', openRun),
    onRun('rtbench.openRunAsText', openAsText),
  );
}

function onRun(command: string, open: (uri: vscode.Uri) => Promise<void>): vscode.Disposable {
  return vscode.commands.registerCommand(command, async (argument: unknown) => {
    const uri = runResource(argument);
    if (uri) await open(uri);
    else void vscode.window.showWarningMessage('Open or select a run (.rtbench.json) first.');
  });
}
