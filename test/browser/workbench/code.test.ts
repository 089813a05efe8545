import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { launchChromium, skipWithoutChromium } from '../../support/launchChromium.ts';
import { until } from '../../support/until.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');
const execute = promisify(execFile);
const packagingMs = 180_000;

let program: ChildProcessByStdio<null, Readable, Readable> | undefined;

after(() => {
  program?.kill('SIGKILL');
});

const name =
  'npm run code prints an address where RTBench is open on the samples, until it is ended';

test(name, { skip: skipWithoutChromium() }, async () => {
  const code = spawn(process.execPath, ['scripts/code.ts', '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  program = code;
  let output = '';
  for (const stream of [code.stdout, code.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  }
  const exited = once(code, 'exit');
  const address = (): string | undefined => /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(output)?.[0];
  await until(
    () => {
      assert.equal(code.exitCode, null, output);
      return address() !== undefined;
    },
    'an address',
    packagingMs,
  );

  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(address()!);
    await page
      .locator('.activitybar')
      .getByRole('tab', { name: /^RTBench/ })
      .waitFor();
    await page.getByRole('treeitem', { name: 'speech' }).waitFor();
  } finally {
    await browser.close();
  }

  code.kill('SIGINT');
  assert.deepEqual(await exited, [0, null], output);
  await assert.rejects(fetch(address()!));
});

test('npm run code refuses a folder that is not there, and a port that is none', async () => {
  for (const [argument, expected] of [
    ['/no/such/folder', /\/no\/such\/folder is no folder\./],
    ['--port=http', /--port http is not a port number\./],
  ] as const) {
    const wrong = execute(process.execPath, ['scripts/code.ts', argument], { cwd: root });
    await assert.rejects(wrong, { code: 1, stderr: expected });
  }
});
