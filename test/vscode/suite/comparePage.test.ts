import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { FromCompare, ToCompare } from '../../../src/compareview/compareMessages.ts';
import { Baselines } from '../../../src/extension/baselines/baselines.ts';
import {
  replaceComparison,
  withBaseline,
  withoutRun,
} from '../../../src/extension/compareEditor/changeRuns.ts';
import { CompareEditorProvider } from '../../../src/extension/compareEditor/compareEditorProvider.ts';
import { compareUri, compareViewType } from '../../../src/extension/compareEditor/compareUri.ts';
import { openComparison } from '../../../src/extension/compareEditor/openComparison.ts';
import { savePicture } from '../../../src/extension/compareEditor/saveExport.ts';
import { RunIndex } from '../../../src/extension/runs/runIndex.ts';
import { writeRunFile } from '../../../src/runfile/writeRunFile.ts';
import { comparedRun } from '../../support/comparedRuns.ts';
import { exampleFiles } from '../../support/exampleFiles.ts';
import { activatedExtension } from './extensionUnderTest.ts';
import { waitFor } from './waitFor.ts';
import { WatchedPanel } from './watchedPanel.ts';
import { closeEditors, shownRun, workspaceFile } from './workspace.ts';

type Told<Type extends ToCompare['type']> = Extract<ToCompare, { type: Type }>;

const folder = 'compared-page';
const runs = ['first', 'slower'].map((name) => workspaceFile(`${folder}/${name}.rtbench.json`));
const address = compareUri(runs.map((uri, at) => ({ uri, title: `Run ${at}` })));

const allTabs = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);

/** The comparisons that are open in the extension's own editor. */
const comparisons = () =>
  allTabs().flatMap(({ input }) =>
    input instanceof vscode.TabInputCustom && input.viewType === compareViewType ? [input.uri] : [],
  );

/** A page of the comparison in a panel. */
class Page extends WatchedPanel<ToCompare, FromCompare> {
  constructor(provider: CompareEditorProvider) {
    super('Comparison');
    provider.resolveCustomEditor(provider.openCustomDocument(address), this.panel);
  }

  /** What the page is told, as soon as it is. */
  async isTold<Type extends ToCompare['type']>(
    type: Type,
    fits: (message: Told<Type>) => boolean = () => true,
  ): Promise<Told<Type>> {
    return waitFor(type, () =>
      this.told.find((message): message is Told<Type> => {
        return message.type === type && fits(message as Told<Type>);
      }),
    );
  }

  /** Waits for a question of the page. */
  async asks(type: FromCompare['type']): Promise<void> {
    await waitFor(`the page's ${type}`, () => this.said.find((message) => message.type === type));
  }
}

/** Two runs that heard a file which is there; the second is 60 ms slower. */
async function writeRuns(): Promise<void> {
  const audio = workspaceFile(exampleFiles.audio).fsPath;
  const sha256 = createHash('sha256')
    .update(await readFile(audio))
    .digest('hex');
  for (const [at, uri] of runs.entries()) {
    const run = comparedRun({ utterances: 12, seed: at + 1, laterMs: at * 60 });
    const utterances = run.utterances.map((each) => ({ ...each, audioPath: audio, sha256 }));
    await writeRunFile(uri.fsPath, { ...run, utterances });
  }
}

describe('the page of a comparison', function () {
  this.timeout(60_000);
  const log = vscode.window.createOutputChannel('RTBench Page Test', { log: true });
  const index = new RunIndex(log);
  const memory = { get: () => undefined, update: () => Promise.resolve() };
  const baselines = new Baselines(memory, index);
  let provider: CompareEditorProvider;

  before(async () => {
    const { extensionPath, extensionUri } = await activatedExtension();
    await mkdir(workspaceFile(folder).fsPath);
    await writeRuns();
    const storageUri = workspaceFile(`${folder}/storage`);
    // All that comparisons use of it.
    const context = {
      extensionPath,
      extensionUri,
      storageUri,
      globalStorageUri: storageUri,
      workspaceState: memory,
    } as unknown as vscode.ExtensionContext;
    provider = new CompareEditorProvider({ context, log, runs: index, baselines });
  });
  after(async () => {
    for (const part of [provider, baselines, index, log]) part.dispose();
    await rm(workspaceFile(folder).fsPath, { recursive: true, force: true, maxRetries: 5 });
  });
  afterEach(closeEditors);

  it('shows the comparison and goes from difference to difference', async () => {
    const page = new Page(provider);
    await page.asks('ready');
    const { view } = await page.isTold('comparison');
    assert.equal(view.pairs[0]?.conclusion.verdict, 'regressed');
    provider.perform('nextDifference');
    await page.asks('utterances');
    const { rows } = await page.isTold('utterances');
    assert.equal(rows.length, 12);
  });

  it('gets what an utterance is about, and its audio', async () => {
    const page = new Page(provider);
    const { view } = await page.isTold('comparison');
    const [{ key: pair } = { key: '' }] = view.pairs;
    page.say({ type: 'utterance', pair, id: 'utt-003', repeat: 0 });
    const { detail } = await page.isTold('utterance');
    assert.equal(detail.id, 'utt-003');
    const audio = await page.isTold('audio', ({ playUri }) => playUri !== null);
    assert.match(audio.playUri ?? '', /\.wav$/);
    page.say({ type: 'samples', audioKey: audio.audioKey, fromSample: 0, count: 100 });
    const { audioKey } = await page.isTold('samples');
    assert.equal(audioKey, audio.audioKey);
  });

  it('leads to the runs, to the texts and to the timeline', async () => {
    const page = new Page(provider);
    const { view } = await page.isTold('comparison');
    const [{ key: pair } = { key: '' }] = view.pairs;
    page.say({ type: 'openRun', run: 1 });
    await waitFor('the run', () => (String(shownRun()) === String(runs[1]) ? true : undefined));
    page.say({ type: 'diffTexts', pair, id: 'utt-001', repeat: 0 });
    const diff = await waitFor('the texts', () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputTextDiff ? input : undefined;
    });
    const text = await vscode.workspace.openTextDocument(diff.modified);
    assert.match(text.getText(), /hello world again/i);
    page.say({ type: 'openTranscript', pair, id: 'utt-001', repeat: 0 });
    const transcript = await waitFor('the transcript', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      const { document } = vscode.window.activeTextEditor ?? {};
      return document?.uri.scheme === 'rtbench-session' ? document : undefined;
    });
    // The first one that is offered is the baseline's.
    assert.ok(transcript.uri.query.includes(String(runs[0])), transcript.uri.query);
    assert.match(transcript.uri.path, /utt-001/);
    page.say({ type: 'openTimeline', pair, id: 'utt-001', repeat: 0 });
    await waitFor('the timeline', () =>
      allTabs().find(({ label }) => label === 'Timeline: utt-001'),
    );
  });

  it('says nothing of an utterance or a run that is not there', async () => {
    const page = new Page(provider);
    const { view } = await page.isTold('comparison');
    const [{ key: pair } = { key: '' }] = view.pairs;
    page.say({ type: 'openRun', run: 9 });
    page.say({ type: 'utterance', pair, id: 'nothing', repeat: 0 });
    page.say({ type: 'utterance', pair, id: 'utt-001', repeat: 0 });
    // Answered in order: the first one would have been told by now.
    const { detail } = await page.isTold('utterance');
    assert.equal(detail.id, 'utt-001');
    assert.equal(shownRun(), undefined);
  });

  it('is not made anew when its tab is moved', async () => {
    const document = provider.openCustomDocument(address);
    await new Page(provider).isTold('comparison');
    await closeEditors();
    document.dispose();
    assert.equal(provider.openCustomDocument(address), document);
    const page = new Page(provider);
    await page.isTold('comparison');
    const work = page.told.filter(({ type }) => type === 'progress');
    assert.deepEqual(work, []);
  });

  it('follows the setting of what does not matter', async () => {
    const configure = (noise: unknown) =>
      vscode.workspace
        .getConfiguration('rtbench')
        .update('compare.noise', noise, vscode.ConfigurationTarget.Workspace);
    const page = new Page(provider);
    await page.isTold('comparison');
    await configure({ ttfs: '33 ms' });
    try {
      await page.isTold('comparison', ({ view }) =>
        view.pairs.some(({ rows }) =>
          rows.some(({ key, noise }) => key === 'ttfs' && noise === 33),
        ),
      );
    } finally {
      await configure(undefined);
    }
  });
});

describe('other runs in the place of a comparison', function () {
  this.timeout(60_000);
  const log = vscode.window.createOutputChannel('RTBench Tab Test', { log: true });
  const index = new RunIndex(log);
  const [a, b] = [workspaceFile(exampleFiles.run), workspaceFile(exampleFiles.secondRun)];

  after(() => {
    for (const part of [index, log]) part.dispose();
  });
  afterEach(closeEditors);

  const shown = async () => ({
    comparison: await openComparison(index, [a, b]),
    group: vscode.window.tabGroups.activeTabGroup.viewColumn,
  });

  it('leave one tab, also where the same is asked for twice', async () => {
    const tab = await shown();
    const swapped = withBaseline([a, b], 1);
    await Promise.all([1, 2].map(() => replaceComparison(index, tab, swapped)));
    const [{ query } = { query: '' }, ...others] = comparisons();
    assert.deepEqual(JSON.parse(query), [b, a].map(String));
    assert.deepEqual(others, []);
  });

  it('that are the same ones leave it open', async () => {
    const tab = await shown();
    await replaceComparison(index, tab, [a, b, a]);
    assert.deepEqual(comparisons().map(String), [tab.comparison.toString()]);
  });

  it('that are too few leave it open and say so', async () => {
    const tab = await shown();
    await assert.rejects(
      replaceComparison(index, tab, withoutRun([a, b], 0)),
      /two different runs/,
    );
    assert.deepEqual(comparisons().map(String), [tab.comparison.toString()]);
  });
});

describe('a picture of a comparison', () => {
  it('is not saved where it is no PNG file', async () => {
    const [run] = runs;
    for (const picture of [
      'data:image/png;base64,R0lGODlh',
      'data:image/gif;base64,iVBORw0KGgo=',
    ]) {
      await assert.rejects(savePicture('plot', picture, run!), /no PNG file/);
    }
  });
});
