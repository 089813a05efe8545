import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { parsePlanText } from '../../src/planfile/parsePlanFile.ts';
import { writeRunFile } from '../../src/runfile/writeRunFile.ts';
import { exampleRun } from '../support/exampleRun.ts';
import {
  applyEdits,
  positionAt,
  TestLanguageClient,
  type Edit,
  type Range,
} from '../support/languageClient.ts';
import { shortSpeech } from '../support/runCli.ts';

interface Action {
  title: string;
  edit?: { changes: Record<string, Edit[]> };
  command?: { command: string };
}

interface Item {
  label: string;
  textEdit: Edit;
}

const text = `{
  "name": "Nightly",
  // Two of them.
  "endpoints": ["team", { "id": "mine", "url": "ws://localhost:1", "dialect": "vosk" }, "nobody"],
  "datasets": ["speech", "gone"],
  "thresholds": ["ttft.p50 <= 800 ms", "wer.p95 <= 8 %"],
}
`;

describe('rtbench lsp', () => {
  let folder: string;
  let uri: string;
  let client: TestLanguageClient;

  before(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'rtbench-lsp-')));
    await mkdir(path.join(folder, 'speech'));
    await writeFile(path.join(folder, 'speech', 'a.flac'), await readFile(shortSpeech));
    await mkdir(path.join(folder, '.vscode'));
    const settings = {
      'rtbench.endpoints': [{ name: 'team', url: 'wss://asr.example?key=hidden' }],
    };
    await writeFile(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
    await mkdir(path.join(folder, 'benchmarks'));
    const run = exampleRun();
    for (const [title, name] of [
      ['Nightly, speech, 1 at once', 'one'],
      ['Something else', 'other'],
    ] as const) {
      const file = path.join(folder, 'benchmarks', `${name}.rtbench.json`);
      await writeRunFile(file, { ...run, info: { ...run.info, title } });
    }
    uri = pathToFileURL(path.join(folder, 'nightly.rtplan.json')).href;
    client = new TestLanguageClient();
  });
  after(async () => {
    client.kill();
    await rm(folder, { recursive: true });
    await rm(`${folder}-two`, { recursive: true, force: true });
  });

  const place = (marked: string, inside = 1) => positionAt(text, text.indexOf(marked) + inside);

  test('says what it can do; nothing that needs a client of its own', async () => {
    const answer = (await client.initialize(folder)) as { capabilities: object };
    assert.ok('documentFormattingProvider' in answer.capabilities);
    assert.equal('codeLensProvider' in answer.capabilities, false);
  });

  test('tells what is wrong, where it is', async () => {
    await client.open(uri, text);
    const found = await client.diagnostics(uri);
    const marked = ({ start, end }: Range) =>
      text.split('\n')[start.line]?.slice(start.character, end.character);
    assert.deepEqual(
      found.map(({ code, range }) => [code, marked(range)]),
      [
        ['endpoint-unknown', 'nobody'],
        ['dataset-problems', 'speech'],
        ['dataset-no-reference', 'speech'],
        ['dataset-unusable', 'gone'],
        ['threshold-statistic', 'p95'],
        ['threshold-no-value', 'wer'],
        ['few-sessions', 'p50'],
      ],
    );
  });

  test('completes, explains and links', async () => {
    const items = await client.at<Item[]>('textDocument/completion', uri, place('"team"'));
    assert.deepEqual(
      items.map(({ label }) => label),
      ['team', 'embedded'],
    );
    const metrics = await client.at<Item[]>('textDocument/completion', uri, place('ttft.', 2));
    assert.ok(metrics.some(({ label }) => label === 'ttfs'));
    const files = await client.at<Item[]>('textDocument/completion', uri, place('"speech"'));
    assert.ok(files.some(({ label }) => label === 'speech/'));
    const hover = await client.at<{ contents: { value: string } }>(
      'textDocument/hover',
      uri,
      place('ttft.'),
    );
    assert.match(hover.contents.value, /Time to first text/);
    const configured = await client.at<{ contents: { value: string } }>(
      'textDocument/hover',
      uri,
      place('team'),
    );
    assert.match(configured.contents.value, /asr\.example/);
    assert.doesNotMatch(configured.contents.value, /hidden/);
    const links = await client.request<{ target: string }[]>('textDocument/documentLink', {
      textDocument: { uri },
    });
    assert.equal(links.length, 1);
    assert.match(links[0]!.target, /\/speech\/a\.flac$/);
  });

  test('takes the endpoints of the settings that are nearest to the plan', async () => {
    // Its path begins with that of the folder which the client has open.
    const other = `${folder}-two`;
    await mkdir(path.join(other, '.vscode'), { recursive: true });
    const settings = { 'rtbench.endpoints': [{ name: 'two', url: 'wss://two.example' }] };
    await writeFile(path.join(other, '.vscode', 'settings.json'), JSON.stringify(settings));
    const nested = pathToFileURL(path.join(other, 'plans', 'deep', 'a.rtplan.json')).href;
    await client.open(nested, '{ "name": "N", "endpoints": [""] }');
    const caret = { line: 0, character: 30 };
    const items = await client.at<Item[]>('textDocument/completion', nested, caret);
    assert.deepEqual(
      items.map(({ label }) => label),
      ['two', 'embedded'],
    );
  });

  test('shows the last run beside the thresholds', async () => {
    const hints = await client.request<{ label: string }[]>('textDocument/inlayHint', {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: positionAt(text, text.length) },
    });
    assert.match(hints[0]?.label ?? '', /^[✓✗] \d+ ms$/);
  });

  test('outlines and folds', async () => {
    const symbols = await client.request<{ name: string }[]>('textDocument/documentSymbol', {
      textDocument: { uri },
    });
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['name', 'endpoints', 'datasets', 'thresholds'],
    );
    const folds = await client.request<object[]>('textDocument/foldingRange', {
      textDocument: { uri },
    });
    assert.equal(folds.length, 1);
  });

  test('renames an endpoint of the plan, and no other', async () => {
    const answer = await client.at<{ changes: Record<string, Edit[]> }>(
      'textDocument/rename',
      uri,
      place('mine'),
      { newName: 'ours' },
    );
    assert.match(applyEdits(text, answer.changes[uri]!), /"id": "ours"/);
    await assert.rejects(
      client.at('textDocument/rename', uri, place('team'), { newName: 'x' }),
      /settings/,
    );
  });

  test('fixes what is wrong, until the plan is right', async () => {
    let changed = text;
    for (const code of ['endpoint-unknown', 'dataset-unusable', 'threshold-statistic']) {
      const { range } = (await client.diagnostics(uri)).find((each) => each.code === code)!;
      const actions = await client.request<Action[]>('textDocument/codeAction', {
        textDocument: { uri },
        range,
        context: { diagnostics: [] },
      });
      assert.deepEqual(
        actions.filter(({ command }) => command),
        [],
      );
      const edits = actions.find(({ edit }) => edit)?.edit?.changes[uri];
      assert.ok(edits, code);
      changed = await client.change(uri, edits);
    }
    const left = await client.diagnostics(uri);
    assert.deepEqual(
      left.filter(({ severity }) => severity === 1),
      [],
    );
    assert.notEqual(parsePlanText(changed).plan, null);
  });

  test('lays the text out anew', async () => {
    const edits = await client.request<Edit[]>('textDocument/formatting', {
      textDocument: { uri },
      options: { tabSize: 4, insertSpaces: true },
    });
    const formatted = await client.change(uri, edits);
    assert.match(formatted, /^ {4}"name"/m);
    assert.notEqual(parsePlanText(formatted).plan, null);
  });

  test('leaves other files alone', async () => {
    const other = pathToFileURL(path.join(folder, 'tsconfig.json')).href;
    await client.open(other, '{}');
    assert.equal(await client.at('textDocument/hover', other, { line: 0, character: 0 }), null);
  });

  test('goes when it is told to', async () => {
    assert.equal(await client.shutdown(), 0);
  });
});
