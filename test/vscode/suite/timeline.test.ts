import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { timelineActions } from '../../../src/timeline/timelineActions.ts';
import { exampleFiles } from '../../support/exampleFiles.ts';
import {
  startScriptedVllmServer,
  type ScriptedVllmServer,
} from '../../support/scriptedVllmServer.ts';
import { waitFor } from './waitFor.ts';
import { closeEditors, shownRun, workspaceFile } from './workspace.ts';

const words = ['please', 'turn', 'off', 'the', 'lights', 'in', 'the', 'kitchen'];

function timelines(): vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(
    ({ input }) =>
      input instanceof vscode.TabInputWebview && input.viewType.endsWith('rtbench.timeline'),
  );
}

/** The tab is named after the session once the page has asked for it and it could be read. */
async function shownTimeline(utterance: string): Promise<vscode.Tab> {
  return waitFor(`the timeline of ${utterance}`, () =>
    timelines().find(({ label }) => label === `Timeline: ${utterance}`),
  );
}

function open(sessionId: string, file: string = exampleFiles.run): Thenable<unknown> {
  const run = workspaceFile(file);
  return vscode.commands.executeCommand('rtbench.openTimeline', { run, sessionId });
}

describe('the timeline', function () {
  this.timeout(60_000);
  afterEach(closeEditors);

  it('opens a session, and another one in its place', async () => {
    await open('s00001');
    await shownTimeline('hello');
    await open('s00002');
    await shownTimeline('goodbye');
    assert.equal(timelines().length, 1);
  });

  it('asks for the session where it is opened for a run', async () => {
    const opening = vscode.commands.executeCommand(
      'rtbench.openTimeline',
      workspaceFile(exampleFiles.run),
    );
    const accepting = setInterval(() => {
      void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    }, 200);
    await Promise.resolve(opening).finally(() => {
      clearInterval(accepting);
    });
    await waitFor('a timeline', () => timelines().find(({ label }) => label !== 'Timeline'));
  });

  it('survives being covered and being moved', async () => {
    await open('s00001');
    await shownTimeline('hello');
    await vscode.commands.executeCommand('vscode.open', workspaceFile(exampleFiles.secondRun));
    assert.ok(shownRun());
    await open('s00003', exampleFiles.secondRun);
    const { group } = await shownTimeline('thanks');
    await vscode.commands.executeCommand('workbench.action.moveEditorToNextGroup');
    const moved = await waitFor('the timeline in another group', () =>
      timelines().find((tab) => tab.group.viewColumn !== group.viewColumn),
    );
    assert.equal(moved.label, 'Timeline: thanks');
    await open('s00004');
    await shownTimeline('please');
    assert.equal(timelines().length, 1);
  });

  it('takes every action from the palette', async () => {
    await open('s00001');
    await shownTimeline('hello');
    for (const { id } of timelineActions) {
      await vscode.commands.executeCommand(`rtbench.timeline.${id}`);
    }
  });

  it('takes a session of another run that heard the same', async () => {
    await open('s00001');
    await shownTimeline('hello');
    const adding = vscode.commands.executeCommand(
      'rtbench.addToTimeline',
      workspaceFile(exampleFiles.secondRun),
    );
    // All sessions of the second run heard what is shown, so that one is asked for.
    const accepting = setInterval(() => {
      void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    }, 200);
    await Promise.resolve(adding).finally(() => {
      clearInterval(accepting);
    });
    assert.equal(timelines().length, 1);
  });

  describe('of what is under way', () => {
    let server: ScriptedVllmServer;

    before(async () => {
      server = await startScriptedVllmServer({ words });
      await configure([{ name: 'Scripted', url: server.url, dialect: 'vllm-realtime' }]);
    });
    after(async () => {
      await configure(undefined);
      await server.close();
    });

    it('shows a transcription as it grows, and goes on showing it', async () => {
      const audio = workspaceFile(exampleFiles.audio);
      const transcribing = vscode.commands.executeCommand('rtbench.transcribe', audio);
      let hasEnded = false;
      void transcribing.then(() => {
        hasEnded = true;
      });
      await waitFor('the session', () => (server.connections.length > 0 ? true : undefined));
      const lenses = await waitFor('the code lens', async () => {
        const uri = vscode.window.activeTextEditor?.document.uri;
        if (uri?.scheme !== 'rtbench-transcript') return undefined;
        return lensesOf(uri);
      });
      assert.ok(lenses.includes('rtbench.watchBenchmark'), lenses.join());
      await vscode.commands.executeCommand('rtbench.watchBenchmark');
      await shownTimeline('kitchen-lights');
      assert.equal(hasEnded, false, 'The session had ended before it was shown.');
      await transcribing;
      await shownTimeline('kitchen-lights');
      const uri = vscode.workspace.textDocuments.find(
        (document) => document.uri.scheme === 'rtbench-transcript',
      )!.uri;
      await waitFor('the code lens of what has ended', async () => {
        const commands = await lensesOf(uri);
        return commands.includes('rtbench.openTimeline') ? commands : undefined;
      });
    });

    it('says that nothing is running where nothing is', async () => {
      await vscode.commands.executeCommand('rtbench.watchBenchmark');
      assert.equal(timelines().length, 0);
    });
  });
});

async function lensesOf(uri: vscode.Uri): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
  );
  return lenses.map(({ command }) => command?.command ?? '');
}

async function configure(endpoints: unknown): Promise<void> {
  const target = vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration('rtbench').update('endpoints', endpoints, target);
}
