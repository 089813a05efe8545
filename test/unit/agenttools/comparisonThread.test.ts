import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { ComparedFile } from '../../../src/agenttools/comparisonMessages.ts';
import { compareOnThread } from '../../../src/agenttools/comparisonThread.ts';
import { writeRunFile } from '../../../src/runfile/writeRunFile.ts';
import { comparedRun } from '../../support/comparedRuns.ts';

const program = path.join(import.meta.dirname, '../../../src/agenttools/comparisonWorker.ts');
const { signal: never } = new AbortController();

describe('a comparison on a thread', () => {
  let folder: string;
  const at = (name: string): ComparedFile => ({
    label: name,
    file: path.join(folder, name),
    bytes: null,
  });
  const compare = (names: string[], signal = never): Promise<string> =>
    compareOnThread(program, { files: names.map(at), noise: {} }, signal);

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'rtbench-compare-'));
    await writeRunFile(path.join(folder, 'a'), comparedRun({ utterances: 12 }));
    await writeRunFile(path.join(folder, 'b'), comparedRun({ utterances: 12, laterMs: 80 }));
    await writeFile(path.join(folder, 'half'), '{ "format": 1, <b>');
  });
  after(() => rm(folder, { recursive: true }));

  test('reads runs from the disk and from memory', async () => {
    const onDisk = await compare(['a', 'b']);
    assert.match(onDisk, /^A → B \(local\): REGRESSED\. /);
    const bytes = await readFile(path.join(folder, 'b'));
    const files = [at('a'), { label: 'b of Git', file: '/nowhere/b', bytes }];
    assert.equal(await compareOnThread(program, { files, noise: {} }, never), onDisk);
  });

  test('names a run that cannot be read by its label, in one line', async () => {
    for (const name of ['half', 'nothing']) {
      await assert.rejects(compare(['a', name]), (error: Error) => {
        assert.match(error.message, new RegExp(`^${name} (is not JSON|cannot be read): `));
        assert.doesNotMatch(error.message, /\n|<b>/);
        assert.ok(!error.message.includes(folder));
        return true;
      });
    }
  });

  test('is stopped in the middle of the calculation, which ends with it', async () => {
    const many = { utterances: 6000 };
    await writeRunFile(path.join(folder, 'large'), comparedRun(many));
    await writeRunFile(path.join(folder, 'other'), comparedRun({ ...many, seed: 2 }));
    const stop = new AbortController();
    const comparing = compare(['large', 'other'], stop.signal);
    comparing.catch(() => undefined);
    await wait(1500);
    const abortedMs = performance.now();
    stop.abort();
    await assert.rejects(comparing, /The comparison was stopped\./);
    assert.ok(performance.now() - abortedMs < 1000);
    // Of all threads.
    const before = process.cpuUsage();
    await wait(1000);
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 500_000, `${user + system} µs of computing went on`);
  });

  test('is not begun when it was stopped before', async () => {
    await assert.rejects(compare(['a', 'b'], AbortSignal.abort()), /was stopped/);
  });
});
