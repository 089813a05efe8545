import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { exampleSession } from '../support/exampleRun.ts';
import { exampleRunText } from '../support/exampleRunText.ts';
import { positionAt, TestLanguageClient, type Range } from '../support/languageClient.ts';

const text = exampleRunText({ sessions: [exampleSession(), exampleSession({ id: 's00002' })] });
const whole = { start: { line: 0, character: 0 }, end: positionAt(text, text.length) };

describe('rtbench lsp, in a run', () => {
  let folder: string;
  let uri: string;
  let client: TestLanguageClient;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rtbench-lsp-'));
    uri = pathToFileURL(path.join(folder, 'with space.rtbench.json')).href;
    client = new TestLanguageClient();
    await client.initialize(folder);
  });
  after(async () => {
    client.kill();
    await rm(folder, { recursive: true });
  });

  const hover = (marked: string) =>
    client.at<{ contents: { value: string }; range: Range } | null>(
      'textDocument/hover',
      uri,
      positionAt(text, text.lastIndexOf(marked) + 1),
    );

  test('shows figures and times, explains and outlines', async () => {
    await client.open(uri, text, 'json');
    assert.deepEqual(await client.diagnostics(uri), []);
    const hints = await client.request<{ label: string; position: { line: number } }[]>(
      'textDocument/inlayHint',
      { textDocument: { uri }, range: whole },
    );
    const lines = hints.map(({ position }) => position.line);
    assert.equal(hints.length, 16);
    assert.equal(new Set(lines).size, 2, 'a line for each session');
    assert.match(hints[0]?.label ?? '', /^TTFT\s\d+\sms/);
    const of = await hover('"ld"');
    assert.match(of?.contents.value ?? '', /^\*\*Delta 4 of 6\*\*/);
    assert.equal(of?.range.start.line, Math.max(...lines));
    assert.equal(await hover('"format"'), null);
    const [list] = await client.request<{ name: string; children: { name: string }[] }[]>(
      'textDocument/documentSymbol',
      { textDocument: { uri } },
    );
    assert.deepEqual(
      list?.children.map(({ name }) => name),
      ['s00001', 's00002'],
    );
  });

  test('says what is wrong as soon as it is', async () => {
    const at = positionAt(text, text.lastIndexOf('"ttft":') + '"ttft":'.length);
    await client.change(uri, [{ range: { start: at, end: at }, newText: '9' }]);
    const [found] = await client.diagnostics(uri);
    assert.equal(found?.code, 'figures-differ');
    assert.deepEqual(found.range.start, at);
    const end = { line: at.line, character: at.character + 1 };
    await client.change(uri, [{ range: { start: at, end }, newText: '' }]);
    assert.deepEqual(await client.diagnostics(uri), []);
  });

  test('what is being typed is no reason to fail', async () => {
    const start = positionAt(text, text.indexOf('"sessions": ['));
    await client.change(uri, [{ range: { start, end: whole.end }, newText: '"sessions": [{"id' }]);
    const [found] = await client.diagnostics(uri);
    assert.equal(found?.code, 'run-invalid');
    assert.match(found.message, /^with space\.rtbench\.json is not JSON/);
    assert.equal(await client.at('textDocument/hover', uri, start), null);
  });

  test('waits for a question where the client says that it asks', async () => {
    const other = new TestLanguageClient();
    try {
      await other.initialize(folder, { asksWhatItShows: true });
      const at = text.lastIndexOf('"ttft":') + '"ttft":'.length;
      const wrong = `${text.slice(0, at)}9${text.slice(at)}`;
      await other.open(uri, wrong, 'json');
      let isTold = false;
      const told = other.diagnostics(uri).then((found) => {
        isTold = true;
        return found;
      });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      assert.equal(isTold, false);
      await other.request('textDocument/inlayHint', { textDocument: { uri }, range: whole });
      assert.equal((await told)[0]?.code, 'figures-differ');
    } finally {
      other.kill();
    }
  });
});
