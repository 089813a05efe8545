import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { exampleFiles } from '../../support/exampleFiles.ts';
import { parseRunFile } from '../../../src/runfile/readRunFile.ts';
import {
  startScriptedVllmServer,
  type ScriptedVllmServer,
} from '../../support/scriptedVllmServer.ts';
import { waitFor } from './waitFor.ts';
import { closeEditors, shownRun, workspaceFile } from './workspace.ts';

const words = ['please', 'turn', 'off', 'the', 'lights', 'in', 'the', 'kitchen'];

/** Accepts whatever the questions offer first, until `command` has ended. */
async function acceptEverything(command: Thenable<unknown>): Promise<void> {
  const accepting = setInterval(() => {
    void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }, 200);
  try {
    await command;
  } finally {
    clearInterval(accepting);
  }
}

async function readRun(uri: vscode.Uri): Promise<ReturnType<typeof parseRunFile>> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  return parseRunFile(text, uri.fsPath);
}

/** The run file that the transcription in the active editor leads to. */
function transcribedRun(): Promise<vscode.Uri> {
  const { uri } = vscode.window.activeTextEditor!.document;
  return waitFor('the lens to the run', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
    );
    const open = lenses.find(({ command }) => command?.command === 'rtbench.openRun');
    return open?.command?.arguments?.[0] as vscode.Uri | undefined;
  });
}

async function configure(server: ScriptedVllmServer): Promise<void> {
  await vscode.workspace
    .getConfiguration('rtbench')
    .update(
      'endpoints',
      [{ name: 'Scripted', url: server.url, dialect: 'vllm-realtime' }],
      vscode.ConfigurationTarget.Global,
    );
}

describe('a benchmark', function () {
  this.timeout(60_000);
  let server: ScriptedVllmServer;
  let first: vscode.Uri;

  before(async () => {
    server = await startScriptedVllmServer({ words });
    await configure(server);
  });
  afterEach(closeEditors);
  after(async () => {
    await vscode.workspace
      .getConfiguration('rtbench')
      .update('endpoints', undefined, vscode.ConfigurationTarget.Global);
    await server.close();
  });

  it('of an audio file is run, saved in the results folder and opened', async () => {
    const audio = workspaceFile(exampleFiles.audio);
    await acceptEverything(vscode.commands.executeCommand('rtbench.benchmarkResource', audio));
    first = await waitFor('the run editor', shownRun);
    assert.match(first.path, /\/benchmarks\/Scripted-on-kitchen-lights-[\d-]+\.rtbench\.json$/);
    const { run, summary } = await readRun(first);
    assert.equal(run.info.completeness, 'complete');
    assert.equal(run.sessions.length, 1);
    assert.equal(run.plan.endpoints[0]?.url.startsWith(server.url), true);
    assert.equal(summary.length, 1);
    assert.equal(server.connections.length, 1);
    assert.deepEqual(server.violations, []);
  });

  it('is run again from its file', async () => {
    await acceptEverything(vscode.commands.executeCommand('rtbench.runAgain', first));
    const second = await waitFor('the run editor', shownRun);
    assert.notEqual(second.path, first.path);
    const [before, again] = [await readRun(first), await readRun(second)];
    assert.deepEqual(again.run.plan, before.run.plan);
    assert.deepEqual(server.violations, []);
  });

  it('of a folder that has no speech is refused and sends nothing', async () => {
    const connections = server.connections.length;
    const command = vscode.commands.executeCommand(
      'rtbench.benchmarkResource',
      workspaceFile('runs'),
    );
    // The first question takes the answer; the next one says why this cannot be run.
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await sleep(1500);
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await command;
    assert.equal(server.connections.length, connections);
    assert.equal(shownRun(), undefined);
  });

  it('keeps what it has when it is stopped', async () => {
    const stuck = await startScriptedVllmServer({ words, neverDone: true });
    await configure(stuck);
    try {
      const command = acceptEverything(
        vscode.commands.executeCommand(
          'rtbench.benchmarkResource',
          workspaceFile(exampleFiles.audio),
        ),
      );
      await waitFor('the session', () => (stuck.connections.length > 0 ? true : undefined));
      await vscode.commands.executeCommand('rtbench.cancelBenchmark');
      await command;
      const { run } = await readRun(await waitFor('the run editor', shownRun));
      assert.equal(run.info.partialBecause, 'cancelled');
    } finally {
      await stuck.close();
      await configure(server);
    }
  });

  it('of one file shows the text that was recognised', async () => {
    await vscode.commands.executeCommand('rtbench.transcribe', workspaceFile(exampleFiles.audio));
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.ok(text.includes(words.join(' ')), text);
  });

  it('of two files with the same name in different folders is kept of each', async () => {
    const audio = workspaceFile(exampleFiles.audio);
    const name = path.posix.basename(audio.path);
    const files: vscode.Uri[] = [];
    const saved: vscode.Uri[] = [];
    for (const folder of ['morning', 'evening']) {
      const file = workspaceFile(`${folder}/${name}`);
      await vscode.workspace.fs.copy(audio, file);
      files.push(file);
      await vscode.commands.executeCommand('rtbench.transcribe', file);
      saved.push(await transcribedRun());
    }
    const runs = await Promise.all(saved.map(readRun));
    assert.deepEqual(
      runs.map(({ run }) => run.plan.dataset.path),
      files.map(({ fsPath }) => fsPath),
    );
    for (const { path: file } of saved) assert.ok(file.endsWith(`/${name}.rtbench.json`), file);
    await vscode.commands.executeCommand('rtbench.transcribe', files[1]);
    assert.equal(String(await transcribedRun()), String(saved[1]), 'one run of each file');
    for (const folder of ['morning', 'evening']) {
      await vscode.workspace.fs.delete(workspaceFile(folder), { recursive: true });
    }
  });
});
