import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { waitFor } from '../suite/waitFor.ts';

/** Activates the extension and writes what VS Code says of its start to `RTBENCH_STARTUP_FILE`. */
export async function run(): Promise<void> {
  const file = process.env.RTBENCH_STARTUP_FILE;
  const extension = vscode.extensions.getExtension('rtbench.rtbench');
  if (file === undefined || extension === undefined) throw new Error('Nothing to measure.');
  await extension.activate();
  await vscode.commands.executeCommand('perfview.show');
  const report = await waitFor('Startup Performance', () =>
    vscode.workspace.textDocuments
      .filter(({ uri }) => uri.scheme === 'perf')
      .map((document) => document.getText())
      .find((text) => text.includes('| rtbench.rtbench')),
  );
  await writeFile(file, report);
}
