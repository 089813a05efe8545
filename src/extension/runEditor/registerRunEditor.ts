import * as vscode from 'vscode';
import { registerCommands, type CommandHandler } from '../registerCommands.ts';
import type { Services } from '../services.ts';
import { offerTextBeyondLimit } from './offerTextBeyondLimit.ts';
import { openAsText, openRun, runEditorViewType } from './openRun.ts';
import { RunEditorProvider } from './runEditorProvider.ts';
import { runResource } from './runResource.ts';
import { tell } from '../tell.ts';

/** The editor of `*.rtbench.json` and the commands that open it. */
export function registerRunEditor(services: Services): vscode.Disposable {
  const provider = new RunEditorProvider(services);
  return vscode.Disposable.from(
    provider,
    vscode.window.registerCustomEditorProvider(runEditorViewType, provider),
    offerTextBeyondLimit(),
    registerCommands(services.log, {
      'rtbench.openRun': onRun(openRun),
      'rtbench.openRunAsText': onRun(openAsText),
    }),
  );
}

function onRun(open: (uri: vscode.Uri) => Promise<void>): CommandHandler {
  return async (argument) => {
    const uri = runResource(argument);
    if (uri) await open(uri);
    else void tell.warning('Open or select a run (.rtbench.json) first.');
  };
}
