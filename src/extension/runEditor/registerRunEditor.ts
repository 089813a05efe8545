import * as vscode from 'vscode';
import { registerCommands, type CommandHandler } from '../registerCommands.ts';
import type { Services } from '../services.ts';
import { offerTextBeyondLimit } from './offerTextBeyondLimit.ts';
import { openAsText, openRun, runEditorViewType } from './openRun.ts';
import type { RunEditorProvider } from './runEditorProvider.ts';
import { runResource } from './runResource.ts';
import { tell } from '../tell.ts';

/** The editor of `*.rtbench.json` and the commands that open it. */
export function registerRunEditor(services: Services): vscode.Disposable {
  let loaded: Promise<RunEditorProvider> | null = null;
  // Loaded only when needed: it brings schemas that activation need not wait for.
  const load = (): Promise<RunEditorProvider> =>
    (loaded ??= import('./runEditorProvider.ts').then(
      (module) => new module.RunEditorProvider(services),
    ));
  const provider: vscode.CustomTextEditorProvider = {
    resolveCustomTextEditor: async (document, view, token) => {
      const editor = await load();
      if (!token.isCancellationRequested) editor.resolveCustomTextEditor(document, view);
    },
  };
  return vscode.Disposable.from(
    vscode.window.registerCustomEditorProvider(runEditorViewType, provider),
    offerTextBeyondLimit(),
    registerCommands(services.log, {
      'rtbench.openRun': onRun(openRun),
      'rtbench.openRunAsText': onRun(openAsText),
    }),
    new vscode.Disposable(() => {
      void loaded?.then((editor) => {
        editor.dispose();
      });
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
