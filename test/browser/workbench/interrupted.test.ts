import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readRunFile } from '../../../src/runfile/readRunFile.ts';
import { journalHeadSchema } from '../../../src/runfile/runSchema.ts';
import { Cleanup } from '../../support/cleanup.ts';
import { exampleFiles } from '../../support/exampleFiles.ts';
import { makeExampleWorkspace } from '../../support/exampleWorkspace.ts';
import { installedVsix } from '../../support/installedVsix.ts';
import { skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import {
  startScriptedVllmServer,
  type ScriptedVllmServer,
} from '../../support/scriptedVllmServer.ts';
import { until } from '../../support/until.ts';
import { Workbench } from '../../support/workbench.ts';

/** Sessions that end before the server falls silent, of all that are planned. */
const answered = 2;
const planned = 5;
const busyMs = 60_000;

describe('a benchmark that is interrupted', { skip: skipWithoutChromium() }, () => {
  const opened = new Cleanup();
  let results: string;
  let workbench: Workbench;
  let server: ScriptedVllmServer;
  let answeredBefore = 0;

  before(async () => {
    const script = (index: number) => ({ neverDone: index >= answeredBefore + answered });
    server = opened.add(await startScriptedVllmServer(script), (running) => running.close());
    const installed = opened.add(await installedVsix('newest'), (vsix) => vsix.remove());
    const folder = opened.add(await makeExampleWorkspace(), (example) => example.remove());
    await makeClips(path.join(folder.dir, path.dirname(exampleFiles.audio)));
    results = path.join(folder.dir, 'benchmarks');
    const options = {
      workspace: folder.dir,
      settings: { 'rtbench.endpoints': [{ name: 'Silent', url: server.url }] },
    };
    workbench = opened.add(await Workbench.open(installed, options), (window) => window.close());
  });
  after(() => opened.run());

  it('by the end of the measuring process keeps what has finished', async () => {
    const journal = await benchmarkUnderWay();
    process.kill(await processOf(journal), 'SIGKILL');
    const message = workbench.notification('The measuring process ended unexpectedly (SIGKILL)');
    await message.waitFor();
    await screenshot(workbench.page, 'measuring-process-killed');
    await message.getByRole('button', { name: 'Recover' }).click();
    await showsPart(journal, 'recovered');
  });

  it('by the end of everything is offered at the next start', async () => {
    await workbench.closeEditors();
    const journal = await benchmarkUnderWay();
    process.kill(await processOf(journal), 'SIGKILL');
    await workbench.stop();
    assert.ok(existsSync(journal));
    await workbench.start();
    const message = workbench.notification(`${answered} of ${planned} sessions can be recovered`);
    await message.waitFor();
    await screenshot(workbench.page, 'recovery-offered');
    await message.getByRole('button', { name: 'Recover' }).click();
    await showsPart(journal, 'recovered');
  });

  it('by closing the window is saved by itself and listed at the next start', async () => {
    await workbench.closeEditors();
    const journal = await benchmarkUnderWay();
    await workbench.page.close();
    await until(() => !existsSync(journal), 'the run to be saved', busyMs);
    await workbench.stop();
    await workbench.start();
    await workbench.showViews();
    await workbench.runs.getByRole('treeitem', { name: /stopped/ }).click();
    await showsPart(journal, 'cancelled');
  });

  /** Starts a benchmark; resolves with its journal once it waits for the server in vain. */
  async function benchmarkUnderWay(): Promise<string> {
    answeredBefore = server.upgrades.length;
    await workbench.command('RTBench: Run Benchmark…');
    await workbench.choose('Speech to send', /^speech/);
    await workbench.choose('How to send it', 'As fast as possible');
    await workbench.accept('Enter starts');
    let journal = '';
    await until(
      async () => {
        const names = existsSync(results) ? await readdir(results) : [];
        const name = names.find((candidate) => candidate.endsWith('.rtbench.journal'));
        journal = path.join(results, name ?? '');
        return name !== undefined && (await linesOf(journal)).length === 1 + answered;
      },
      'the first sessions to end',
      busyMs,
    );
    await until(
      () => server.upgrades.length > answeredBefore + answered,
      'a session that does not end',
    );
    return journal;
  }

  /** The run of the journal is open and saved with the sessions that ended. */
  async function showsPart(journal: string, because: 'recovered' | 'cancelled'): Promise<void> {
    const run = workbench.runEditor;
    await run.getByRole('list', { name: 'Warnings' }).getByText('not complete').waitFor();
    await screenshot(workbench.page, `interrupted-${because}`);
    const file = journal.replace(/\.journal$/, '.json');
    const { info, sessions } = (await readRunFile(file)).run;
    assert.equal(info.completeness, 'partial');
    assert.equal(info.partialBecause, because);
    assert.equal(info.plannedSessions, planned);
    const complete = sessions.filter(({ trace }) => trace.failure === null);
    assert.equal(complete.length, answered);
    assert.equal(existsSync(journal), false);
  }
});

/** Several utterances of one recording. */
async function makeClips(folder: string): Promise<void> {
  const lines: string[] = [];
  for (let clip = 1; clip <= planned; clip += 1) {
    const audio = `clip-${clip}.flac`;
    await copyFile(path.join(folder, path.basename(exampleFiles.audio)), path.join(folder, audio));
    lines.push(JSON.stringify({ id: `clip-${clip}`, audio, text: 'Please.', language: 'en' }));
  }
  await writeFile(path.join(folder, 'manifest.jsonl'), lines.join('\n'));
}

async function linesOf(journal: string): Promise<string[]> {
  return (await readFile(journal, 'utf8')).split('\n').filter((line) => line !== '');
}

async function processOf(journal: string): Promise<number> {
  const [head] = await linesOf(journal);
  return journalHeadSchema.parse(JSON.parse(head ?? '')).processId;
}
