import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build } from 'esbuild';
import type { ReplacedText } from '../../../../src/extension/runEditor/readerMessages.ts';
import { RunReaderThread } from '../../../../src/extension/runEditor/runReaderThread.ts';
import { exampleRunText } from '../../../support/exampleRunText.ts';

const file = '/data/runs/example.rtbench.json';

describe('RunReaderThread', () => {
  let folder: string;
  let text: string;
  let reader: RunReaderThread;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rtbench-reader-'));
    const program = path.join(folder, 'runReader.cjs');
    const source = path.join(
      import.meta.dirname,
      '../../../../src/extension/runEditor/runReader.ts',
    );
    await build({
      // As in the product: its other build loads its parts by names that no bundler sees.
      alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
      entryPoints: [source],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      logLevel: 'error',
    });
    text = exampleRunText();
    reader = new RunReaderThread(program);
  });

  after(async () => {
    reader.dispose();
    await rm(folder, { recursive: true });
  });

  test('reads a run, and tells one of its sessions in full', async () => {
    const { view, problem } = await reader.ask({ type: 'read', text, file });
    assert.equal(problem, null);
    assert.equal(view.title, 'An example "run"');
    const detail = await reader.ask({ type: 'detail', sessionId: 's00001' });
    assert.equal(detail?.hypothesis, 'hello world again');
    assert.equal(await reader.ask({ type: 'detail', sessionId: 'nobody' }), null);
  });

  test('says what kind of problem a text has, and names the file briefly', async () => {
    const cases = [
      ['json_invalid', text.slice(0, 500)],
      ['not_a_run', '{"hello": 1}'],
      ['format_newer', text.replace('"format": 1', '"format": 99')],
      ['run_invalid', text.replace('"completeness": "complete"', '"completeness": "maybe"')],
    ] as const;
    for (const [kind, broken] of cases) {
      const { view, problem } = await reader.ask({ type: 'read', text: broken, file });
      assert.equal(view, null);
      assert.equal(problem.kind, kind);
      assert.match(problem.message, /^example\.rtbench\.json/);
    }
  });

  test('keeps the run read last while a text cannot be read', async () => {
    await reader.ask({ type: 'read', text, file });
    await reader.ask({ type: 'read', text: '{', file });
    const detail = await reader.ask({ type: 'detail', sessionId: 's00001' });
    assert.equal(detail?.id, 's00001');
  });

  test('edits change the one string and nothing else', async () => {
    const value = 'Ünïcode "quoted"\nline\u2028 🎙';
    for (const field of ['title', 'notes'] as const) {
      const edits = await reader.ask({ type: 'edit', text, field, value });
      assert.equal(edits.length, 1);
      const edited = applied(text, edits);
      const before = JSON.parse(text) as { run: Record<string, string> };
      const after = JSON.parse(edited) as { run: Record<string, string> };
      assert.deepEqual(after, { ...before, run: { ...before.run, [field]: value } });
      assert.equal(edited.split('\n').length, text.split('\n').length);
    }
  });

  test('edits nothing where the field is not there', async () => {
    const edit = { type: 'edit', field: 'title', value: 'x' } as const;
    assert.deepEqual(await reader.ask({ ...edit, text: '{"format": 1}' }), []);
    assert.deepEqual(await reader.ask({ ...edit, text: '' }), []);
  });

  test('rejects what is asked of it when it is closed', async () => {
    const other = new RunReaderThread(path.join(folder, 'runReader.cjs'));
    const asked = other.ask({ type: 'read', text, file });
    other.dispose();
    await assert.rejects(asked, /closed/);
  });

  test('rejects when its program is missing, each time anew', async () => {
    const broken = new RunReaderThread(path.join(folder, 'missing.cjs'));
    const ask = () => broken.ask({ type: 'detail', sessionId: 's' });
    await assert.rejects(ask, /missing\.cjs/);
    await assert.rejects(ask, /missing\.cjs/);
  });
});

function applied(text: string, edits: readonly ReplacedText[]): string {
  return edits.reduce(
    (current, { offset, length, content }) =>
      current.slice(0, offset) + content + current.slice(offset + length),
    text,
  );
}
