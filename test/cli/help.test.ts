import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { runCli } from '../support/runCli.ts';

const commands = ['run', 'show', 'validate', 'recover', 'score', 'dialects', 'detect', 'serve'];

test('--help on every level', async () => {
  const top = await runCli(['--help']);
  assert.equal(top.code, 0);
  for (const command of commands) {
    assert.match(top.stdout, new RegExp(`^ +${command} `, 'm'));
    const help = await runCli([command, '--help']);
    assert.equal(help.code, 0);
    assert.match(help.stdout, new RegExp(`^Usage: rtbench ${command}`));
    assert.equal(help.stderr, '');
  }
});

test('--version is that of the package', async () => {
  const text = await readFile(path.join(import.meta.dirname, '../../package.json'), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  assert.equal((await runCli(['--version'])).stdout.trim(), version);
});
