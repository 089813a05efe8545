import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import {
  startScriptedVllmServer,
  type ScriptedVllmServer,
} from '../../support/scriptedVllmServer.ts';
import { activatedExtension } from './extensionUnderTest.ts';
import { recordedTests, type RecordedRun, type RecordedState } from './recordedTests.ts';
import { waitFor } from './waitFor.ts';
import { closeEditors, workspaceFile } from './workspace.ts';

recordedTests.install();

const words = ['please', 'turn', 'off', 'the', 'lights', 'in', 'the', 'kitchen'];
/** As `vscode.TestRunProfileKind` counts, which commands do not take. */
const runGroup = 2;

describe('the tests of plans', function () {
  this.timeout(60_000);
  const uri = workspaceFile('judged.rtplan.json');
  let server: ScriptedVllmServer;
  let document: vscode.TextDocument;
  let isSlow = false;

  const textOf = (thresholds: string[], { dataset = 'speech', profiles = [1] } = {}): string =>
    `{
  // Of the suite.
  "name": "Judged",
  "endpoints": [{ "id": "mine", "url": ${JSON.stringify(server.url)} }],
  "datasets": ["${dataset}"],
  "profiles": [${profiles.map((sessions) => `{ "kind": "concurrent", "sessions": ${sessions} }`).join(', ')}],
  "pacing": { "speed": 20 },
  "thresholds": [
${thresholds.map((each) => `    ${JSON.stringify(each)}`).join(',\n')}
  ],
  "outputFolder": "judged",
}
`;

  const planItem = (): vscode.TestItem | undefined =>
    recordedTests.controller?.items.get(uri.toString());

  async function write(text: string): Promise<void> {
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, whole, text);
    assert.equal(await vscode.workspace.applyEdit(edit), true);
  }

  /** The item of a threshold, or of one of its figures. */
  function itemOf(threshold: string, cell?: string): Promise<vscode.TestItem> {
    return waitFor(`the test "${threshold}"`, () => {
      const item = planItem()?.children.get(threshold);
      return cell === undefined ? item : item?.children.get(cell);
    });
  }

  function idOf(item: vscode.TestItem): string {
    const own = item.parent ? `${idOf(item.parent)}\0${item.id}` : `rtbench.plans\0${item.id}`;
    return own;
  }

  /** Runs tests as the Testing view does, and answers what is asked with `answer`. */
  async function run(
    items: vscode.TestItem[],
    answer: string | null = 'workbench.action.acceptSelectedQuickOpenItem',
  ): Promise<RecordedRun> {
    const before = recordedTests.runs.length;
    const running = vscode.commands.executeCommand(
      'vscode.runTestsById',
      runGroup,
      ...items.map(idOf),
    );
    const answering = setInterval(() => {
      if (answer !== null) void vscode.commands.executeCommand(answer);
    }, 200);
    try {
      await running;
      return await waitFor('the end of the run', () => {
        const run = recordedTests.runs[before];
        return run?.ended === true ? run : undefined;
      });
    } finally {
      clearInterval(answering);
    }
  }

  /** Texts of tests are plain. */
  function plain(text: string | vscode.MarkdownString | undefined): string {
    assert.equal(typeof text, 'string');
    return text as string;
  }

  const messageOf = (run: RecordedRun, id: string): vscode.TestMessage => {
    const [message] = lastStates(run).get(id)?.messages ?? [];
    assert.ok(message, `a message of ${id}`);
    return message;
  };

  const lastStates = ({ states }: RecordedRun): Map<string, RecordedState> =>
    new Map(states.map((state) => [state.item.id, state]));

  const outcomes = (run: RecordedRun): [string, string][] =>
    [...lastStates(run)].map(([id, { state }]) => [id, state]);

  async function savedRuns(): Promise<string[]> {
    try {
      const entries = await vscode.workspace.fs.readDirectory(workspaceFile('judged'));
      return entries.map(([name]) => name).filter((name) => name.endsWith('.rtbench.json'));
    } catch {
      return [];
    }
  }

  before(async () => {
    await activatedExtension();
    server = await startScriptedVllmServer(() => ({
      words,
      ...(isSlow && { neverDone: true }),
    }));
    const text = textOf(['ttft.p50 <= 60 s', 'ttft.p50 <= 0.01 ms', 'rtf.p50 <= 1']);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
  });
  after(async () => {
    await closeEditors();
    await vscode.workspace.fs.delete(uri);
    await server.close();
  });

  it('are its thresholds, where they are written', async () => {
    const item = await itemOf('ttft.p50 <= 0.01 ms');
    assert.equal(document.getText(item.range), 'ttft.p50 <= 0.01 ms');
    assert.equal(planItem()?.label, 'judged');
    const labels: string[] = [];
    planItem()?.children.forEach(({ label }) => labels.push(label));
    assert.deepEqual(labels, ['ttft.p50 <= 60 s', 'ttft.p50 <= 0.01 ms', 'rtf.p50 <= 1']);
  });

  it('follow a folder that is renamed, moved in and deleted, whoever does it', async () => {
    const outside = await mkdtemp(path.join(os.tmpdir(), 'rtbench-plans-'));
    const plan = (folder: string): string => `${folder}/inner.rtplan.json`;
    const shownIn = (folder: string | null): Promise<true> =>
      waitFor(`the plan of ${String(folder)}`, () => {
        const ids: string[] = [];
        recordedTests.controller?.items.forEach(({ id }) => ids.push(id));
        const found = ids.filter((id) => id.endsWith('/inner.rtplan.json')).join();
        const wanted = folder === null ? '' : workspaceFile(plan(folder)).toString();
        return found === wanted ? true : undefined;
      });
    try {
      await mkdir(path.join(outside, 'a'));
      await writeFile(path.join(outside, plan('a')), textOf(['ttft.p50 <= 60 s']));
      await mkdir(workspaceFile('carried').fsPath);
      await rename(path.join(outside, 'a'), workspaceFile('carried/a').fsPath);
      await shownIn('carried/a');
      await vscode.workspace.fs.rename(workspaceFile('carried/a'), workspaceFile('carried/b'));
      await shownIn('carried/b');
      await rename(workspaceFile('carried').fsPath, workspaceFile('brought').fsPath);
      await shownIn('brought/b');
      await rename(workspaceFile('brought').fsPath, path.join(outside, 'gone'));
      await shownIn(null);
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  it('pass, fail with the difference at their line, and say why there is no figure', async () => {
    const result = await run([planItem()!]);
    assert.deepEqual(outcomes(result), [
      ['ttft.p50 <= 60 s', 'passed'],
      ['ttft.p50 <= 0.01 ms', 'failed'],
      ['rtf.p50 <= 1', 'errored'],
    ]);
    const failure = messageOf(result, 'ttft.p50 <= 0.01 ms');
    assert.equal(failure.expectedOutput, 'ttft.p50 <= 0.01 ms');
    assert.match(failure.actualOutput ?? '', /^ttft\.p50 = [\d.]+ ms$/);
    assert.ok(failure.location);
    assert.equal(failure.location.uri.toString(), uri.toString());
    assert.equal(document.getText(failure.location.range), 'ttft.p50 <= 0.01 ms');
    assert.match(plain(failure.message), /expected ttft\.p50 <= 0\.01 ms \(mine, Judged\)$/);
    const error = messageOf(result, 'rtf.p50 <= 1');
    assert.match(plain(error.message), /rtf\.p50 has no value .*the audio was paced/);
    assert.equal((await savedRuns()).length, 1);
    assert.deepEqual(
      result.states.slice(0, 6).map(({ state }) => state),
      ['enqueued', 'enqueued', 'enqueued', 'started', 'started', 'started'],
    );
    assert.equal(/[^\r]\n|[\u0000-\u0009\u001b]/.test(result.output), false, 'plain lines');
    assert.match(result.output, /Saved as judged\/Judged-/);
    assert.deepEqual(server.violations, []);
  });

  it('run the plan once for one threshold, and tell of no other', async () => {
    const result = await run([await itemOf('ttft.p50 <= 60 s')]);
    assert.deepEqual(outcomes(result), [['ttft.p50 <= 60 s', 'passed']]);
    assert.match(result.output, /one run, for 1 of 3 checks/);
  });

  it('follow the plan while it is written, and keep an item through a mistake', async () => {
    const kept = await itemOf('ttft.p50 <= 60 s');
    const text = document.getText();
    await write(text.replace('"name"', '"name" "oops"'));
    await waitFor('the error', () => planItem()?.error ?? undefined);
    assert.match(plain(planItem()?.error), /cannot be read \(line 3, .*Correct it/);
    const refused = await run([planItem()!]);
    assert.deepEqual(outcomes(refused), [[uri.toString(), 'errored']]);
    await write(textOf(['ttft.p50 <= 60 s', 'wer.p50 <= 8 %']));
    const wrong = await itemOf('wer.p50 <= 8 %');
    assert.match(plain(wrong.error), /leave the statistic out/);
    assert.equal(planItem()?.error, undefined);
    assert.equal(await itemOf('ttft.p50 <= 60 s'), kept);
    const result = await run([kept]);
    assert.match(plain(messageOf(result, kept.id).message), /leave the statistic out/);
  });

  it('are an error where nothing can be run', async () => {
    await write(textOf(['ttft.p50 <= 60 s'], { dataset: 'nowhere' }));
    await itemOf('ttft.p50 <= 60 s');
    const result = await run([planItem()!]);
    assert.deepEqual(outcomes(result), [['ttft.p50 <= 60 s', 'errored']]);
    assert.match(plain(messageOf(result, 'ttft.p50 <= 60 s').message), /nowhere/);
  });

  it('are one for each load, of which one can be run alone', async () => {
    await write(textOf(['ttft.p50 <= 60 s'], { profiles: [1, 2] }));
    const one = await itemOf('ttft.p50 <= 60 s', 'mine, 2 at once');
    const before = await savedRuns();
    const result = await run([one]);
    assert.deepEqual(outcomes(result), [['mine, 2 at once', 'passed']]);
    const added = (await savedRuns()).filter((name) => !before.includes(name));
    assert.equal(added.length, 1);
    assert.match(added[0] ?? '', /^Judged-speech-2-at-once-/);
  });

  it('are skipped where the user does not agree, and nothing is sent', async () => {
    const before = server.upgrades.length;
    const result = await run([planItem()!], 'workbench.action.closeQuickOpen');
    assert.deepEqual(
      outcomes(result).map(([, state]) => state),
      ['skipped', 'skipped'],
    );
    assert.equal(server.upgrades.length, before);
  });

  it('are skipped when they are cancelled, and what was measured is kept', async () => {
    isSlow = true;
    await write(textOf(['ttft.p50 <= 60 s']));
    await itemOf('ttft.p50 <= 60 s');
    await waitFor('one figure', () =>
      (planItem()?.children.get('ttft.p50 <= 60 s')?.children.size ?? 1) === 0 ? true : undefined,
    );
    const before = server.upgrades.length;
    const cancelling = waitFor('a session', () =>
      server.upgrades.length > before ? true : undefined,
    ).then(() => vscode.commands.executeCommand('testing.cancelRun'));
    const result = await run([planItem()!]);
    await cancelling;
    isSlow = false;
    assert.deepEqual(outcomes(result), [['ttft.p50 <= 60 s', 'skipped']]);
    assert.match(result.output, /was stopped/);
  });

  it('are checked against the last complete run, without sending anything', async () => {
    const before = server.upgrades.length;
    const partial = (await savedRuns()).filter((name) => name.startsWith('Judged-2'));
    assert.ok(partial.length > 1, 'complete runs, and the one that was cancelled');
    const check = recordedTests.profiles.get('Check Last Results');
    assert.equal(check?.isDefault, false);
    const token = new vscode.CancellationTokenSource().token;
    await check.runHandler(new vscode.TestRunRequest([planItem()!], undefined, check), token);
    const result = recordedTests.runs.at(-1)!;
    assert.deepEqual(outcomes(result), [['ttft.p50 <= 60 s', 'passed']]);
    assert.equal(result.output.includes(partial.sort().at(-1)!), false, 'not the cancelled one');
    assert.match(result.output, /^judged\/Judged-/);
    assert.equal(server.upgrades.length, before);
  });

  it('have no verdict where no run is saved', async () => {
    await write(textOf(['ttft.p50 <= 60 s']).replace('"Judged"', '"Never run"'));
    await waitFor('the other name', () =>
      document.getText(planItem()?.range) === '"Never run"' ? true : undefined,
    );
    const check = recordedTests.profiles.get('Check Last Results')!;
    const token = new vscode.CancellationTokenSource().token;
    await check.runHandler(new vscode.TestRunRequest(undefined, undefined, check), token);
    const result = recordedTests.runs.at(-1)!;
    assert.deepEqual(
      outcomes(result).filter(([id]) => id === 'ttft.p50 <= 60 s'),
      [['ttft.p50 <= 60 s', 'skipped']],
    );
    assert.match(result.output, /No complete run of "mine" is saved \(Never run\)/);
  });

  it('are gone with their thresholds', async () => {
    await write(textOf([]));
    await waitFor('no test', () => (planItem() === undefined ? true : undefined));
  });
});
