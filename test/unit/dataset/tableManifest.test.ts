import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadDataset } from '../../../src/dataset/loadDataset.ts';
import type { DatasetError } from '../../../src/dataset/datasetError.ts';
import { tempDataset } from './tempDataset.ts';

test('CSV with quotes, line breaks in cells, CRLF, a byte order mark and blank lines', async (t) => {
  const folder = await tempDataset(t, {
    'set.csv':
      '\uFEFFPath,Sentence,Duration,locale,tags\r\n' +
      'a.wav,"Hello, ""you""\r\nthere",1.5,en,"short; clean"\r\n\r\n' +
      'b.wav,said "hi" once,x,,\r\n' +
      'gone.wav,text,1,en,\r\n',
    'a.wav': '',
    'b.wav': '',
  });
  const { format, utterances, problems } = await loadDataset(join(folder, 'set.csv'));
  assert.equal(format, 'csv');
  assert.deepEqual(
    utterances.map((u) => [u.id, u.reference, u.declaredDurationMs, u.language, u.tags]),
    [
      ['a', 'Hello, "you" there', 1500, 'en', ['short', 'clean']],
      ['b', 'said "hi" once', null, null, []],
    ],
  );
  assert.deepEqual(
    problems.map((p) => [p.line, p.message]),
    [
      [5, '"Duration" is not a number of seconds; ignored.'],
      [6, 'The audio file gone.wav does not exist. Left out.'],
    ],
  );
});

test('an empty cell is no reference; a short row is reported', async (t) => {
  const folder = await tempDataset(t, {
    'set.csv': 'path;text\na.wav;x, y\nb.wav;\nc.wav\n',
    'a.wav': '',
    'b.wav': '',
    'c.wav': '',
  });
  const { utterances, problems } = await loadDataset(join(folder, 'set.csv'));
  assert.deepEqual(
    utterances.map((u) => u.reference),
    ['x, y', null, null],
  );
  assert.deepEqual(
    problems.map((p) => [p.line, p.message.slice(0, 30)]),
    [
      [3, 'There is no reference text: ru'],
      [4, 'The row has 1 cells, the heade'],
      [4, 'There is no reference text: ru'],
    ],
  );
});

test('a quote that is never closed is reported where its row begins; earlier rows count', async (t) => {
  const folder = await tempDataset(t, {
    'set.csv': 'path,text\na.wav,"two\nlines"\nb.wav,fine\na.wav,"open\nb.wav,lost\n',
    'a.wav': '',
    'b.wav': '',
  });
  const { utterances, problems } = await loadDataset(join(folder, 'set.csv'));
  assert.equal(utterances.length, 2);
  assert.deepEqual(
    problems.map((p) => [p.line, p.message.slice(0, 25)]),
    [[5, 'A quote that opens here o']],
  );
});

test('TSV: quotes are text, except around a whole cell; Common Voice leaves out its clips folder', async (t) => {
  const folder = await tempDataset(t, {
    'test.tsv':
      'client_id\tpath\tsentence\tlocale\n' +
      's1\ta.mp3\t"Stop" he said.\ten\n' +
      's2\tb.mp3\t"He said ""no""."\ten\n',
    'clips/a.mp3': '',
    'clips/b.mp3': '',
  });
  const { format, utterances, problems } = await loadDataset(join(folder, 'test.tsv'));
  assert.equal(format, 'tsv');
  assert.deepEqual(problems, []);
  assert.deepEqual(
    utterances.map((u) => [u.id, u.speaker, u.reference]),
    [
      ['clips/a', 's1', '"Stop" he said.'],
      ['clips/b', 's2', 'He said "no".'],
    ],
  );
});

test('a table whose header names no audio is refused with what it has', async (t) => {
  const folder = await tempDataset(t, { 'set.csv': 'LJ001-0001|Printing,in the\nx,y\n' });
  await assert.rejects(loadDataset(join(folder, 'set.csv')), (error: DatasetError) => {
    assert.equal(error.reason, 'missing-column');
    assert.match(error.message, /audio_filepath.*it has: LJ001-0001\|Printing, in the/);
    return true;
  });
});

test('text that is not UTF-8 far into a table is refused', async (t) => {
  const rows = Buffer.from(`path,text\n${'a.wav,hello there\n'.repeat(10_000)}`);
  const folder = await tempDataset(t, {
    'set.csv': Buffer.concat([rows, Buffer.from([0x61, 0x2c, 0xff, 0x0a])]),
    'a.wav': '',
  });
  await assert.rejects(loadDataset(join(folder, 'set.csv')), { reason: 'encoding' });
});

/** Any text that a cell can carry and a reference keeps: no line breaks or blanks at its edges. */
const reference = fc
  .string({ unit: fc.constantFrom('a', 'é', '你', '"', ',', ';', "'", '\\', ' ', '\t', '#', '😀') })
  .map((text) => text.trim())
  .filter((text) => text !== '');

test('property: what RFC 4180 writes is read back, whatever the line ends', async (t) => {
  const folder = await tempDataset(t, { 'a.wav': '' });
  const path = join(folder, 'set.csv');
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(reference, fc.boolean()), { minLength: 1, maxLength: 8 }),
      fc.constantFrom('\n', '\r\n'),
      async (rows, lineEnd) => {
        const lines = rows.map(([text, mayBeBare], i) => {
          const cell = mayBeBare && !/[",\n]/.test(text) ? text : quoted(text);
          return `u${i},a.wav,${cell}${lineEnd}`;
        });
        await writeFile(path, `id,audio,text${lineEnd}${lines.join('')}`);
        const { utterances, problems } = await loadDataset(path);
        assert.deepEqual(problems, []);
        assert.deepEqual(
          utterances.map((u) => u.reference),
          rows.map(([text]) => text),
        );
      },
    ),
    { numRuns: 200 },
  );
});

test('property: JSONL, JSON and CSV of the same content give the same utterances', async (t) => {
  const folder = await tempDataset(t, { 'a.wav': '' });
  await fc.assert(
    fc.asyncProperty(fc.array(reference, { minLength: 1, maxLength: 6 }), async (texts) => {
      const entries = texts.map((text, i) => ({ id: `u${i}`, audio: 'a.wav', text }));
      const cells = entries.map((e) => `${e.id},${e.audio},"${e.text.replaceAll('"', '""')}"`);
      const contents = {
        'set.jsonl': entries.map((entry) => JSON.stringify(entry)).join('\n'),
        'set.json': JSON.stringify(entries),
        'set.csv': ['id,audio,text', ...cells].join('\n'),
      };
      const read = [];
      for (const [file, content] of Object.entries(contents)) {
        await writeFile(join(folder, file), content);
        read.push((await loadDataset(join(folder, file))).utterances);
      }
      assert.deepEqual(read[0], read[1]);
      assert.deepEqual(read[0], read[2]);
      assert.equal(read[0]?.length, texts.length);
    }),
    { numRuns: 100 },
  );
});
