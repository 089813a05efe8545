import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { RunSource } from '../../../../src/extension/compareEditor/compareReaderMessages.ts';
import { RunCache } from '../../../../src/extension/compareEditor/runCache.ts';
import { writeRunFile } from '../../../../src/runfile/writeRunFile.ts';
import { comparedRun } from '../../../support/comparedRuns.ts';

let folder: string;
let source: RunSource;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rtbench-runs-'));
});
after(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  const file = path.join(folder, 'run.rtbench.json');
  source = { uri: 'file:///run', file, label: 'run.rtbench.json', bytes: null, problem: null };
  await write('Before');
});

async function write(title: string): Promise<void> {
  await writeRunFile(source.file, comparedRun({ utterances: 2, title }));
}

test('a file that did not change is read once', async () => {
  const cache = new RunCache();
  const read = await cache.read(source);
  assert.equal(read.report?.run.info.title, 'Before');
  assert.equal(await cache.read(source), read);
  await write('Now it is another one');
  assert.equal((await cache.read(source)).report?.run.info.title, 'Now it is another one');
});

test('contents that did not change are read once', async () => {
  const cache = new RunCache();
  const bytes = await readFile(source.file);
  const read = await cache.read({ ...source, bytes });
  assert.equal(await cache.read({ ...source, bytes: Uint8Array.from(bytes) }), read);
  await write('Other');
  const changed = await cache.read({ ...source, bytes: await readFile(source.file) });
  assert.equal(changed.report?.run.info.title, 'Other');
});

test('runs that are not compared any more are forgotten', async () => {
  const cache = new RunCache();
  const read = await cache.read(source);
  cache.keep(new Set([source.uri]));
  assert.equal(await cache.read(source), read);
  cache.keep(new Set());
  assert.notEqual(await cache.read(source), read);
});
