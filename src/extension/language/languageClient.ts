import path from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { Services } from '../services.ts';

/** Starts the language server for plans and runs as text, in a process of its own. */
export async function startLanguageClient({
  context,
  log,
}: Pick<Services, 'context' | 'log'>): Promise<vscode.Disposable> {
  const module = path.join(context.extensionPath, 'dist', 'languageServer.cjs');
  const program = { module, transport: TransportKind.ipc };
  const client = new LanguageClient(
    'rtbench',
    'RTBench Plans and Runs',
    { run: program, debug: program },
    {
      documentSelector: [{ pattern: '**/*.{rtplan,rtbench}.json' }],
      outputChannel: log,
      // What the server repeats of files is hostile.
      markdown: { isTrusted: false, supportHtml: false },
      initializationOptions: {
        jsonService: true,
        commands: true,
        asksWhatItShows: true,
        trusted: vscode.workspace.isTrusted,
      },
    },
  );
  await client.start();
  return new vscode.Disposable(() => {
    void client.dispose();
  });
}
