import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DatasetError } from '../../../src/dataset/datasetError.ts';
import { loadDataset } from '../../../src/dataset/loadDataset.ts';
import { jsonLines, tempDataset } from './tempDataset.ts';

test('a folder of audio with same-named texts, nested, sorted', async (t) => {
  const folder = await tempDataset(t, {
    'b.flac': '',
    'b.txt': '\uFEFFLine one\r\n line two \r\n',
    'a.WAV': '',
    'a.txt': 'First.',
    'deep/c.opus': '',
    'deep/lost.txt': 'No audio.',
    'deep/d.m4a': '',
    'README.txt': 'About this.',
    'cover.jpg': '',
    '.hidden.wav': '',
  });
  const { format, utterances, problems } = await loadDataset(folder);
  assert.equal(format, 'folder');
  assert.deepEqual(
    utterances.map((u) => [u.id, u.audioPath, u.reference]),
    [
      ['a', join(folder, 'a.WAV'), 'First.'],
      ['b', join(folder, 'b.flac'), 'Line one line two'],
      ['deep/c', join(folder, 'deep/c.opus'), null],
    ],
  );
  assert.deepEqual(
    problems.map((p) => [p.file, p.line, p.message]),
    [
      ['deep/c.opus', 'There is no reference text: runs without WER.'],
      ['deep/d.m4a', 'This audio format cannot be read; left out.'],
      ['deep/lost.txt', 'There is no audio file of the same name; left out.'],
    ].map(([file, message]) => [join(folder, file ?? ''), null, message]),
  );
});

test('audio of the same name in two formats keeps both', async (t) => {
  const folder = await tempDataset(t, { 'a.flac': '', 'a.wav': '', 'a.txt': 'x' });
  const { utterances, problems } = await loadDataset(folder);
  assert.deepEqual(
    utterances.map((u) => [u.id, u.audioPath.slice(-5)]),
    [
      ['a', '.flac'],
      ['a-2', 'a.wav'],
    ],
  );
  assert.equal(problems.length, 1);
});

test("LibriSpeech's layout", async (t) => {
  const folder = await tempDataset(t, {
    'test-clean/61/70968/61-70968.trans.txt':
      '61-70968-0000 HE BEGAN A CONFUSED COMPLAINT\n61-70968-0001 GONE\n\n',
    'test-clean/61/70968/61-70968-0000.flac': '',
    'test-clean/121/1/121-1.trans.txt': '121-1-0001 SECOND\n121-1-0000 FIRST\n',
    'test-clean/121/1/121-1-0000.wav': '',
    'test-clean/121/1/121-1-0001.flac': '',
    'test-clean/121/1/121-1-0002.flac': '',
    'BOOKS.TXT': 'not a transcript',
  });
  const { format, utterances, problems } = await loadDataset(folder);
  assert.equal(format, 'librispeech');
  assert.deepEqual(
    utterances.map((u) => [u.id, u.reference, u.speaker]),
    [
      ['121-1-0001', 'SECOND', '121'],
      ['121-1-0000', 'FIRST', '121'],
      ['61-70968-0000', 'HE BEGAN A CONFUSED COMPLAINT', '61'],
    ],
  );
  assert.deepEqual(
    problems.map((p) => [p.file.slice(folder.length + 1), p.line]),
    [
      ['test-clean/121/1/121-1-0002.flac', null],
      ['test-clean/61/70968/61-70968.trans.txt', 2],
    ],
  );
  const one = await loadDataset(join(folder, 'test-clean/61/70968/61-70968.trans.txt'));
  assert.deepEqual(
    one.utterances.map((u) => u.id),
    ['61-70968-0000'],
  );
});

test('Hugging Face audiofolder: metadata.jsonl, metadata.csv, and one per split', async (t) => {
  const top = await tempDataset(t, {
    'metadata.jsonl': jsonLines({ file_name: 'data/a.wav', transcription: 'One.' }),
    'data/a.wav': '',
    'data/unnamed.wav': '',
  });
  const first = await loadDataset(top);
  assert.equal(first.format, 'audiofolder');
  assert.deepEqual(
    first.utterances.map((u) => [u.id, u.reference]),
    [['data/a', 'One.']],
  );

  const splits = await tempDataset(t, {
    'train/metadata.csv': 'file_name,text\na.wav,One.\n',
    'train/a.wav': '',
    'test/metadata.jsonl': jsonLines({ file_name: 'a.wav', text: 'Two.' }),
    'test/a.wav': '',
  });
  const { format, utterances, problems } = await loadDataset(splits);
  assert.equal(format, 'audiofolder');
  assert.deepEqual(problems, []);
  assert.deepEqual(
    utterances.map((u) => [u.id, u.audioPath, u.reference]),
    [
      ['test/a', join(splits, 'test/a.wav'), 'Two.'],
      ['train/a', join(splits, 'train/a.wav'), 'One.'],
    ],
  );
});

test('a manifest speaks for its folder, whatever audio lies beside it', async (t) => {
  const folder = await tempDataset(t, {
    'manifest.json': JSON.stringify({ utterances: [{ audio: 'a.wav', text: 'x' }] }),
    'a.wav': '',
    'b.wav': '',
    'b.txt': 'y',
  });
  const dataset = await loadDataset(folder);
  assert.equal(dataset.format, 'json');
  assert.equal(dataset.path, folder);
  assert.equal(dataset.utterances.length, 1);
});

test('a single audio file, with or without its text', async (t) => {
  const folder = await tempDataset(t, { 'a.wav': '', 'a.txt': 'Hello.', 'b.mp3': '', 'c.wav': '' });
  const withText = await loadDataset(join(folder, 'a.wav'));
  assert.equal(withText.format, 'file');
  assert.equal(withText.name, 'a');
  assert.deepEqual(withText.problems, []);
  assert.deepEqual(
    withText.utterances.map((u) => [u.id, u.reference]),
    [['a', 'Hello.']],
  );
  const without = await loadDataset(join(folder, 'b.mp3'));
  assert.deepEqual(
    without.utterances.map((u) => [u.id, u.reference]),
    [['b', null]],
  );
  assert.equal(without.problems.length, 1);
});

test('a text that cannot be read costs the reference, not the utterance', async (t) => {
  const folder = await tempDataset(t, {
    'a.wav': '',
    'a.txt': Buffer.from([0xff, 0xff, 0x41]),
    'b.wav': '',
    'b.txt': 'fine',
  });
  const { utterances, problems } = await loadDataset(folder);
  assert.deepEqual(
    utterances.map((u) => u.reference),
    [null, 'fine'],
  );
  assert.match(problems.find((p) => p.file.endsWith('a.txt'))?.message ?? '', /Save it as UTF-8/);
});

test('symbolic links: files are followed, folders are not, dangling ones are reported', async (t) => {
  const folder = await tempDataset(t, { 'real/a.wav': '', 'real/a.txt': 'x' });
  await symlink(join(folder, 'real/a.wav'), join(folder, 'linked.wav'));
  await symlink(join(folder, 'nowhere.wav'), join(folder, 'dangling.wav'));
  await symlink(folder, join(folder, 'loop'));
  const { utterances, problems } = await loadDataset(folder);
  assert.deepEqual(
    utterances.map((u) => u.id),
    ['linked', 'real/a'],
  );
  assert.ok(
    problems.some((p) => p.file.endsWith('dangling.wav') && p.message.includes('does not exist')),
  );
});

test('a folder without audio names what might be the manifest', async (t) => {
  const folder = await tempDataset(t, { 'sets/test.jsonl': '{}', 'notes.md': '' });
  await assert.rejects(loadDataset(folder), (error: DatasetError) => {
    assert.equal(error.reason, 'no-utterances');
    assert.ok(error.message.includes(folder));
    assert.match(error.message, /If sets\/test\.jsonl is its manifest/);
    return true;
  });
});
