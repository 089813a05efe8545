import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { ToCompare } from '../../../src/compareview/compareMessages.ts';
import type { CompareView } from '../../../src/compareview/compareView.ts';
import {
  CompareDocument,
  type ComparePage,
} from '../../../src/extension/compareEditor/compareDocument.ts';
import { CompareReaderThread } from '../../../src/extension/compareEditor/compareReaderThread.ts';
import { comparedRuns } from '../../../src/extension/compareEditor/comparedRuns.ts';
import {
  compareUri,
  compareViewType,
  mostRuns,
} from '../../../src/extension/compareEditor/compareUri.ts';
import { noiseSetting } from '../../../src/extension/compareEditor/noiseSetting.ts';
import { writeRunFile } from '../../../src/runfile/writeRunFile.ts';
import { comparedRun, type ComparedRunOptions } from '../../support/comparedRuns.ts';
import { exampleFiles } from '../../support/exampleFiles.ts';
import { activatedExtension } from './extensionUnderTest.ts';
import { waitFor } from './waitFor.ts';
import { closeEditors, workspaceFile } from './workspace.ts';

const folder = 'compared';
const runFile = (name: string) => workspaceFile(`${folder}/${name}.rtbench.json`);

/** The address of the comparison of some files. */
function addressOf(...uris: vscode.Uri[]): vscode.Uri {
  return compareUri(
    uris.map((uri) => ({ uri, title: path.posix.basename(uri.path, '.rtbench.json') })),
  );
}

async function write(name: string, options: ComparedRunOptions): Promise<void> {
  await writeRunFile(runFile(name).fsPath, comparedRun({ utterances: 12, ...options }));
}

/** A page of a comparison that remembers what it was told. */
class TestPage implements ComparePage {
  readonly messages: ToCompare[] = [];

  post(message: ToCompare): void {
    this.messages.push(message);
  }

  tell(): void {
    throw new Error('No audio was asked for.');
  }

  /** What the page shows now. */
  get shown(): ToCompare | undefined {
    return this.messages.findLast(({ type }) => type !== 'progress');
  }

  /** The first up-to-date view that fits. */
  view(what: string, fits: (view: CompareView) => boolean): Promise<CompareView> {
    return waitFor(what, () => {
      const { shown } = this;
      const isThere = shown?.type === 'comparison' && !shown.isOutdated && fits(shown.view);
      return isThere ? shown.view : undefined;
    });
  }

  problem(): Promise<string> {
    return waitFor('a problem', () =>
      this.shown?.type === 'problem' ? this.shown.message : undefined,
    );
  }
}

const problemsOf = ({ runs }: CompareView) => runs.map(({ problem }) => problem);
const isWhole = (view: CompareView) => problemsOf(view).every((problem) => problem === null);

describe('the address of a comparison', () => {
  it('names its runs, whatever is in their paths, also after a restart', () => {
    const runs = [
      vscode.Uri.file('/a b/100 %25 ü #1?.rtbench.json'),
      vscode.Uri.from({ scheme: 'git', path: '/x.rtbench.json', query: '{"ref":"HEAD~1"}' }),
      vscode.Uri.file('/c.rtbench.json'),
    ];
    const kept = addressOf(...runs).toString();
    const restored = comparedRuns(vscode.Uri.parse(kept, true));
    assert.deepEqual(restored?.map(String), runs.map(String));
  });

  it('ends with a label for the tab, of one line and without folders', () => {
    const titles = ['A/B\\C', ' \u202e\n ', 'x'.repeat(500)];
    const uri = compareUri(titles.map((title) => ({ uri: runFile('a'), title })));
    assert.equal(uri.path, `/A-B-C ↔ Run ↔ ${'x'.repeat(60)}….rtcompare`);
  });

  it('that is broken names none', () => {
    const uri = addressOf(runFile('a'), runFile('b'));
    for (const query of ['', '{', '[]', '[1]', '["no scheme"]', '{"a":"b"}']) {
      assert.equal(comparedRuns(uri.with({ query })), null, query);
    }
    const many = Array.from({ length: mostRuns + 1 }, () => runFile('a').toString());
    assert.equal(comparedRuns(uri.with({ query: JSON.stringify(many) })), null);
  });
});

describe('a comparison', function () {
  this.timeout(60_000);
  let program: string;
  let opened: CompareDocument[];

  before(async () => {
    const { extensionPath } = await activatedExtension();
    program = path.join(extensionPath, 'dist', 'compareReader.js');
  });
  beforeEach(async () => {
    opened = [];
    await mkdir(workspaceFile(folder).fsPath);
    await write('first', { seed: 1, title: 'First' });
    await write('second', { seed: 2, title: 'Second' });
  });
  afterEach(async () => {
    for (const document of opened) document.end();
    await rm(workspaceFile(folder).fsPath, { recursive: true });
  });

  function open(uri: vscode.Uri): TestPage {
    const document = new CompareDocument(uri, comparedRuns(uri), {
      thread: new CompareReaderThread(program),
      noise: noiseSetting,
      isStarred: (run) => Promise.resolve(run.endsWith('/first.rtbench.json')),
      onClose: () => undefined,
    });
    opened.push(document);
    const page = new TestPage();
    document.add(page);
    document.show(page);
    return page;
  }

  it('is of the files that its address names', async () => {
    const page = open(addressOf(runFile('first'), runFile('second')));
    const { runs, pairs } = await page.view('the comparison', isWhole);
    assert.deepEqual(
      runs.map(({ letter, title, file, isStarred }) => [letter, title, file, isStarred]),
      [
        ['A', 'First', 'compared/first.rtbench.json', true],
        ['B', 'Second', 'compared/second.rtbench.json', false],
      ],
    );
    assert.equal(pairs.length, 1);
  });

  it('follows its files, and shows the old figures until it has new ones', async () => {
    const page = open(addressOf(runFile('first'), runFile('second')));
    const before = await page.view('the comparison', isWhole);
    assert.notEqual(before.pairs[0]?.conclusion.verdict, 'regressed');
    await write('second', { seed: 2, title: 'Slower', laterMs: 60 });
    const later = await page.view('the new one', ({ runs }) => runs[1]?.title === 'Slower');
    assert.equal(later.pairs[0]?.conclusion.verdict, 'regressed');
    const outdated = page.messages.find(
      (message) => message.type === 'comparison' && message.isOutdated,
    );
    assert.ok(outdated?.type === 'comparison');
    assert.equal(outdated.view.runs[1]?.title, 'Second');
  });

  it('does without a run that is missing, until it is there', async () => {
    const page = open(addressOf(...['first', 'second', 'third'].map(runFile)));
    const without = await page.view('what is there', ({ pairs }) => pairs.length === 1);
    const [, , missing] = problemsOf(without);
    assert.match(missing ?? '', /^compared\/third\.rtbench\.json is not there any more\. Restore/);
    await write('third', { seed: 3, title: 'Third' });
    assert.equal((await page.view('all of it', isWhole)).pairs.length, 2);
  });

  it('does without a run that VS Code cannot give', async () => {
    const elsewhere = vscode.Uri.parse('nowhere:/runs/old.rtbench.json');
    const page = open(addressOf(runFile('first'), elsewhere, runFile('second')));
    const view = await page.view('what is there', ({ pairs }) => pairs.length === 1);
    assert.match(problemsOf(view)[1] ?? '', /old\.rtbench\.json \(nowhere\) cannot be read/);
  });

  it('says what is wrong where too few runs can be read, and recovers', async () => {
    const page = open(addressOf(runFile('first'), runFile('second')));
    await page.view('the comparison', isWhole);
    await writeFile(runFile('second').fsPath, '<<<<<<< HEAD');
    const problem = await page.problem();
    assert.match(problem, /second\.rtbench\.json is not JSON/);
    assert.match(problem, /needs two runs that can be read/);
    await write('second', { seed: 2, title: 'Restored' });
    await page.view('the comparison again', isWhole);
  });

  it('says so where its address names no runs', async () => {
    const address = addressOf(runFile('first'), runFile('second'));
    const problem = await open(address.with({ query: '{' })).problem();
    assert.match(problem, /does not say which runs to compare/);
  });

  describe('by the thresholds of the setting', () => {
    const configure = (noise: unknown) =>
      vscode.workspace
        .getConfiguration('rtbench')
        .update('compare.noise', noise, vscode.ConfigurationTarget.Workspace);

    after(() => configure(undefined));

    it('leaves out entries that are none', async () => {
      await configure({ ttfs: '20 ms', wer: '0.2 %', nonsense: '1 ms', wel: 'much' });
      assert.deepEqual(await noiseSetting(), { ttfs: 20, wer: 0.002 });
      const page = open(addressOf(runFile('first'), runFile('second')));
      const { pairs } = await page.view('the comparison', isWhole);
      assert.equal(pairs[0]?.rows.find(({ key }) => key === 'ttfs')?.noise, 20);
    });
  });
});

describe('the compare editor', function () {
  this.timeout(60_000);
  afterEach(closeEditors);

  const comparisons = () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(
        ({ input }) => input instanceof vscode.TabInputCustom && input.viewType === compareViewType,
      );

  it('is a tab named after the runs, one for each comparison', async () => {
    const runs = [exampleFiles.run, exampleFiles.secondRun].map(workspaceFile);
    for (const order of [runs, runs, runs.toReversed()]) {
      await vscode.commands.executeCommand('vscode.openWith', addressOf(...order), compareViewType);
    }
    const labels = comparisons().map(({ label }) => label);
    assert.deepEqual(labels, ['first ↔ second.rtcompare', 'second ↔ first.rtcompare']);
  });

  it('is shown twice side by side, and survives being moved', async () => {
    const runs = [exampleFiles.run, exampleFiles.secondRun].map(workspaceFile);
    const address = addressOf(...runs);
    await vscode.commands.executeCommand('vscode.openWith', address, compareViewType);
    await vscode.commands.executeCommand('workbench.action.splitEditor');
    await waitFor('the second page', () => (comparisons().length === 2 ? true : undefined));
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.commands.executeCommand('workbench.action.moveEditorToNextGroup');
    const [only, ...others] = comparisons();
    assert.deepEqual(others, []);
    assert.ok(only?.input instanceof vscode.TabInputCustom);
    assert.equal(only.input.uri.toString(), address.toString());
  });
});
