import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { reportRun } from '../../../src/runfile/runReport.ts';
import { runFileText } from '../../../src/runfile/writeRunFile.ts';
import { transcriptRun } from '../../support/transcriptRun.ts';
import { waitFor } from './waitFor.ts';
import { closeEditors, workspaceFile } from './workspace.ts';

const scheme = 'rtbench-session';
const run = workspaceFile('runs/transcripts.rtbench.json');
const other = workspaceFile('runs/other-transcripts.rtbench.json');

async function write(uri: vscode.Uri, title: string, lagMs?: number): Promise<void> {
  const text = [...runFileText(reportRun(transcriptRun(title, lagMs)), '/data/results')].join('');
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
}

async function open(sessionId: string, of: vscode.Uri = run): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand('rtbench.openTranscript', { run: of, sessionId });
  return shown();
}

function shown(): Promise<vscode.TextDocument> {
  return waitFor('a transcript', () => {
    const document = vscode.window.activeTextEditor?.document;
    return document?.uri.scheme === scheme ? document : undefined;
  });
}

function settings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('rtbench.transcript');
}

async function hints(document: vscode.TextDocument): Promise<string[]> {
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    whole,
  );
  return found.map(({ label, position }) => {
    assert.ok(document.validatePosition(position).isEqual(position));
    return typeof label === 'string' ? label : label.map(({ value }) => value).join('');
  });
}

/** The hover of a word, as Markdown. */
async function hoverOf(
  document: vscode.TextDocument,
  word: string,
): Promise<vscode.MarkdownString> {
  const position = document.positionAt(document.getText().indexOf(word) + 1);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  const content = hovers[0]?.contents[0];
  assert.ok(content instanceof vscode.MarkdownString);
  assert.equal(document.getText(hovers[0]?.range), word);
  return content;
}

describe('a transcript', function () {
  this.timeout(60_000);

  before(async () => {
    await write(run, 'Transcripts');
    await write(other, 'Others', 600);
  });
  afterEach(async () => {
    await closeEditors();
    await settings().update('timings', undefined, vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await vscode.workspace.fs.delete(run);
    await vscode.workspace.fs.delete(other);
  });

  it('has a line for each unit, a language of its own, and cannot be written', async () => {
    const document = await open('s00001');
    assert.deepEqual(document.getText().split('\n'), [
      'Please turn off the lights in the chicken.',
      'The train to Lissabon leaves at a quarter nine from platform four.',
      'Did you remember to water the orange orange trees on the balcony?',
    ]);
    assert.equal(document.languageId, 'rtbench-transcript');
    await assert.rejects(async () => {
      await vscode.workspace.fs.writeFile(document.uri, Buffer.from('else'));
    });
    await assert.rejects(async () => {
      await vscode.workspace.fs.delete(document.uri);
    });
  });

  it('comes back by its address alone', async () => {
    const { uri } = await open('s00001');
    await closeEditors();
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri.toString()));
    assert.match(document.getText(), /^Please turn off/);
    assert.equal(vscode.workspace.fs.isWritableFileSystem(scheme), false);
  });

  it('says what is wrong where there is nothing to show', async () => {
    const { uri } = await open('s00001');
    const gone = workspaceFile('runs/gone.rtbench.json').toString();
    const textOf = async (query: string) =>
      (await vscode.workspace.openTextDocument(uri.with({ query }))).getText();
    assert.match(await textOf(JSON.stringify([gone, 's00001'])), /gone\.rtbench\.json/);
    assert.match(await textOf(JSON.stringify([run.toString(), 'none'])), /no trace of session/);
    assert.match(await textOf('no query'), /does not say which session/);
  });

  it('says gaps, lag and revisions in turn, and nothing', async () => {
    const document = await open('s00001');
    assert.match((await hints(document)).join(' '), /^\+410 ms \+410 ms \+260 ms/);
    const toggled = async (): Promise<string[]> => {
      await vscode.commands.executeCommand('rtbench.transcript.toggleTimings');
      return hints(document);
    };
    const lag = await toggled();
    assert.ok(lag.length > 5 && lag.every((label) => /^\d+ ms$/.test(label)), lag.join());
    const heat = await toggled();
    assert.ok(heat.length > 0 && heat.every((label) => /^×\d+$/.test(label)), heat.join());
    assert.equal(settings().get('timings'), 'heat');
    assert.deepEqual(await toggled(), []);
    assert.equal((await toggled()).length > 0, true);
  });

  it('says of a word what made it, and lets no server write Markdown', async () => {
    const document = await open('s00001');
    const { value, isTrusted, supportHtml } = await hoverOf(document, 'Lissabon');
    assert.match(value, /^\*\*Lissabon\*\* — Substituted: said was Lisbon/);
    for (const fact of ['First shown', 'Stable since', 'Revisions', 'Spoken', 'Delta']) {
      assert.ok(value.includes(fact), fact);
    }
    assert.ok(!isTrusted && !supportHtml);
    // The frame has a fence of three, so that the fence around it is longer.
    assert.match(value, /\n````json\n[^]*\n```\n.*command:workbench.*\n````\n/);
  });

  it('leads from error to error, round the end, and moves nothing where there is none', async () => {
    const document = await open('s00001');
    const editor = vscode.window.activeTextEditor!;
    const go = async (which: 'next' | 'previous'): Promise<string> => {
      await vscode.commands.executeCommand(`rtbench.transcript.${which}Error`);
      const { active } = editor.selection;
      return /^ ?[^ ]*/.exec(document.lineAt(active).text.slice(active.character))![0];
    };
    const seen = [];
    for (let step = 0; step < 6; step += 1) seen.push(await go('next'));
    assert.deepEqual(seen, ['chicken.', 'Lissabon', ' nine', 'orange', 'chicken.', 'Lissabon']);
    assert.equal(await go('previous'), 'chicken.');
    assert.equal(await go('previous'), 'orange');
  });

  it('has its figures and commands above the text', async () => {
    const { uri } = await open('s00001');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
    );
    const titles = lenses.map(({ command }) => command?.title ?? '').join(' | ');
    for (const part of ['Show on Timeline', 'Timings: gaps', 'Word Errors', 'Compare', 'WER']) {
      assert.ok(titles.includes(part), `${part}: ${titles}`);
    }
  });

  it('follows its run file', async () => {
    const changing = workspaceFile('runs/changing.rtbench.json');
    await write(changing, 'Changing');
    const document = await open('s00002', changing);
    assert.match(document.getText(), /kitchen/);
    const text = Buffer.from(await vscode.workspace.fs.readFile(changing)).toString();
    await vscode.workspace.fs.writeFile(
      changing,
      Buffer.from(text.replaceAll('kitchen', 'garden')),
    );
    await waitFor('the new text', () => (document.getText().includes('garden') ? true : undefined));
    await vscode.workspace.fs.delete(changing);
  });

  it('is shown beside the timeline of its session', async () => {
    const { uri } = await open('s00001');
    await vscode.commands.executeCommand('rtbench.transcript.showOnTimeline', uri);
    const tab = await waitFor('the timeline', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ label }) => label === 'Timeline: three-sentences'),
    );
    assert.equal(tab.group.viewColumn, vscode.ViewColumn.Two);
    const isInSight = vscode.window.visibleTextEditors.some(
      ({ document }) => document.uri.toString() === uri.toString(),
    );
    assert.ok(isInSight);
  });

  it('is compared with that of the same utterance in another run', async () => {
    const items = [run, other].map((resourceUri) => ({ resourceUri }));
    const comparing = vscode.commands.executeCommand('rtbench.compareTranscripts', items[0], items);
    const accepting = setInterval(() => {
      void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    }, 200);
    await Promise.resolve(comparing).finally(() => {
      clearInterval(accepting);
    });
    const input = await waitFor('the diff', () => {
      const active = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return active instanceof vscode.TabInputTextDiff ? active : undefined;
    });
    const queries = [input.original, input.modified].map(({ query }) => query);
    assert.ok(queries[0]?.includes('/transcripts.rtbench.json'), queries[0]);
    assert.ok(queries[1]?.includes('/other-transcripts.rtbench.json'), queries[1]);
  });
});
