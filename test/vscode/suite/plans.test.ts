import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { parseRunFile } from '../../../src/runfile/readRunFile.ts';
import {
  startScriptedVllmServer,
  type ScriptedVllmServer,
} from '../../support/scriptedVllmServer.ts';
import { activatedExtension } from './extensionUnderTest.ts';
import { waitFor } from './waitFor.ts';
import { closeEditors, shownRun, workspaceFile } from './workspace.ts';

const words = ['please', 'turn', 'off', 'the', 'lights', 'in', 'the', 'kitchen'];

describe('a plan', function () {
  this.timeout(60_000);
  const uri = workspaceFile('nightly.rtplan.json');
  let server: ScriptedVllmServer;
  let document: vscode.TextDocument;

  const textOf = (url: string): string => `{
  "name": "Nightly",
  "endpoints": ["Team", { "id": "mine", "url": ${JSON.stringify(url)} }],
  "datasets": ["speech"],
  "profiles": [{ "kind": "concurrent", "sessions": 1 }, { "kind": "concurrent", "sessions": 2 }],
  "pacing": { "speed": 20 },
  "thresholds": ["ttft.p50 <= 60 s", "wer.p50 <= 8 %"],
  "outputFolder": "results",
}
`;
  const placeOf = (text: string, inside = 1): vscode.Position =>
    document.positionAt(document.getText().indexOf(text) + inside);
  const own = (): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'rtbench');
  const codes = (): unknown[] => own().map(({ code }) => code);

  before(async () => {
    await activatedExtension();
    server = await startScriptedVllmServer({ words });
    await vscode.workspace
      .getConfiguration('rtbench')
      .update(
        'endpoints',
        [{ name: 'Team', url: server.url, dialect: 'vllm-realtime' }],
        vscode.ConfigurationTarget.Global,
      );
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(textOf(server.url)));
    document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
  });
  after(async () => {
    await closeEditors();
    await vscode.workspace.fs.delete(uri);
    await vscode.workspace
      .getConfiguration('rtbench')
      .update('endpoints', undefined, vscode.ConfigurationTarget.Global);
    await server.close();
  });

  it('is JSON with comments, and is looked at', async () => {
    assert.equal(document.languageId, 'jsonc');
    await waitFor('diagnostics', () => codes().includes('threshold-statistic') || undefined);
    const wrong = own().find(({ code }) => code === 'threshold-statistic');
    assert.equal(document.getText(wrong!.range), 'p50');
  });

  it('is completed and explained', async () => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      placeOf('ttft', 2),
    );
    assert.ok(list.items.some(({ label }) => label === 'ttfs'));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      placeOf('ttft'),
    );
    const contents = hovers.flatMap((hover) => hover.contents as vscode.MarkdownString[]);
    assert.ok(contents.some(({ value }) => value.includes('Time to first text')));
    assert.ok(contents.every(({ isTrusted }) => isTrusted !== true));
  });

  it('is fixed', async () => {
    const wrong = own().find(({ code }) => code === 'threshold-statistic')!;
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      wrong.range,
    );
    const fix = actions.find(({ title }) => title === 'Remove ".p50"');
    assert.ok(fix?.edit, actions.map(({ title }) => title).join());
    assert.equal(await vscode.workspace.applyEdit(fix.edit), true);
    assert.match(document.getText(), /"wer <= 8 %"/);
    await waitFor('no error', () => (codes().includes('threshold-statistic') ? undefined : true));
  });

  it('gives a secret to secret storage', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, placeOf('"url": ', 0), '"apiKey": "hunter2hunter2", ');
    await vscode.workspace.applyEdit(edit);
    await waitFor('the finding', () => codes().includes('secret') || undefined);
    const secret = own().find(({ code }) => code === 'secret')!;
    assert.equal(JSON.stringify(secret.message).includes('hunter2'), false);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      secret.range,
    );
    const { command } = actions.find(({ title }) => title.startsWith('Move'))!;
    await vscode.commands.executeCommand(command!.command, ...(command!.arguments as unknown[]));
    assert.doesNotMatch(document.getText(), /hunter2|apiKey/);
    await waitFor('no finding', () => (codes().includes('secret') ? undefined : true));
  });

  it('gives what is in an address to secret storage, and leaves the address', async () => {
    const before = document.getText();
    const [address] = /ws:[^"]*/.exec(before)!;
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, placeOf(address, address.length), '?api_key=hunter2hunter2');
    await vscode.workspace.applyEdit(edit);
    await waitFor('the finding', () => codes().includes('secret') || undefined);
    await vscode.commands.executeCommand('rtbench.keepPlanSecret', uri.toString(), [
      'endpoints',
      1,
      'url',
    ]);
    assert.equal(document.getText(), before);
  });

  it('is run from its lens: each load, one after the other', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
      10,
    );
    const run = lenses.find(({ command }) => command?.command === 'rtbench.runPlan')?.command;
    assert.ok(run, 'a lens to run it');
    const running = vscode.commands.executeCommand(run.command, ...(run.arguments as unknown[]));
    const accepting = setInterval(() => {
      void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    }, 200);
    try {
      await running;
    } finally {
      clearInterval(accepting);
    }
    await waitFor('the run editor', shownRun);
    const entries = await vscode.workspace.fs.readDirectory(workspaceFile('results'));
    const files = entries.map(([name]) => name).filter((name) => name.endsWith('.rtbench.json'));
    assert.equal(files.length, 2);
    for (const name of files) {
      const file = workspaceFile(`results/${name}`);
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      const { run: saved } = parseRunFile(text, file.fsPath);
      assert.equal(saved.sessions.length, 2);
      assert.match(saved.info.title, /^Nightly, speech, [12] at once$/);
    }
    // What was kept goes to the endpoint it was kept for.
    const authorizations = server.upgrades.map(({ authorization }) => authorization);
    assert.ok(authorizations.includes('Bearer hunter2hunter2'), authorizations.join());
    assert.deepEqual(server.violations, []);
  });

  it('shows its last run beside its thresholds', async () => {
    await vscode.window.showTextDocument(document);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await waitFor('hints', async () => {
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        uri,
        whole,
      );
      return found.length > 0 ? found : undefined;
    });
    const label = hints[0]?.label;
    assert.match(typeof label === 'string' ? label : '', /^✓ [\d.]+ ms/);
  });
});
