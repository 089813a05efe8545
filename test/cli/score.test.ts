import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { runCli } from '../support/runCli.ts';

let directory: string;
before(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'rtbench-score-'));
});
after(() => rm(directory, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const written = path.join(directory, name);
  await writeFile(written, text);
  return written;
}

test('scores line by line and pooled', async () => {
  const ref = await file('ref.txt', 'Twenty one apples.\nhello world\n\n');
  const hyp = await file('hyp.txt', '21 apples\r\nhello duck\r\n\r\n');
  const args = ['score', '--ref', ref, '--hyp', hyp, '--language', 'en'];
  const { code, stdout } = await runCli([...args, '--alignment']);
  assert.equal(code, 0);
  assert.match(stdout, /^1 +2 +0 +0 +0 +0\.0 %/m);
  assert.match(stdout, /^2 +2 +1 +0 +0 +50\.0 %/m);
  assert.match(stdout, /^all +4 +1 +0 +0 +25\.0 %/m);
  assert.match(stdout, /en-whisper@1/);
  assert.match(stdout, /HYP: hello duck/);

  const json = JSON.parse((await runCli([...args, '--json'])).stdout) as {
    pooled: { rates: { wer: number } };
    lines: unknown[];
    spellingEntries: number;
  };
  assert.equal(json.pooled.rates.wer, 0.25);
  assert.equal(json.lines.length, 3);
  assert.ok(json.spellingEntries > 1000);
});

test('says what is wrong with the files', async () => {
  const two = await file('two.txt', 'a\nb\n');
  const one = await file('one.txt', 'a');
  const differ = await runCli(['score', '--ref', two, '--hyp', one]);
  assert.equal(differ.code, 2);
  assert.match(differ.stderr, /two\.txt has 2 lines and .*one\.txt 1/);
  const missing = await runCli(['score', '--ref', two, '--hyp', path.join(directory, 'none')]);
  assert.match(missing.stderr, /none/);
  assert.equal(missing.code, 2);
  const latin = path.join(directory, 'latin.txt');
  await writeFile(latin, Buffer.from([0x63, 0x61, 0x66, 0xe9]));
  const encoding = await runCli(['score', '--ref', latin, '--hyp', latin]);
  assert.match(encoding.stderr, /latin\.txt: is not UTF-8/);
});
