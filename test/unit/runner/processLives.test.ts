import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { processLives } from '../../../src/runner/processLives.ts';

const hourMs = 3_600_000;

test('this process lives', async () => {
  assert.equal(await processLives(process.pid, Date.now()), true);
});

test('a process that ended does not', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  assert.equal(await processLives(child.pid!, Date.now()), false);
});

test(
  'a process that began later only has the same id',
  { skip: process.platform !== 'linux' && 'only Linux says when a process began' },
  async () => {
    assert.equal(await processLives(process.pid, Date.now() - 24 * hourMs), false);
  },
);
