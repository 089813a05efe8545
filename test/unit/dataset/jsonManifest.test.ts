import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadDataset } from '../../../src/dataset/loadDataset.ts';
import type { DatasetError } from '../../../src/dataset/datasetError.ts';
import { jsonLines, tempDataset } from './tempDataset.ts';

test('JSONL: every field arrives, in the order of the lines', async (t) => {
  const folder = await tempDataset(t, {
    'manifest.jsonl': jsonLines(
      {
        id: 7,
        audio: 'b.wav',
        text: '  Hello there. ',
        language: 'en_us',
        duration_s: 1.07,
        speaker: 3,
        tags: ['short', 'clean'],
        words: [
          { word: 'Hello', start_s: 0.07, end_s: 0.5 },
          { text: 'there', start_ms: 500, end_ms: 900 },
        ],
      },
      { audio: 'a.wav', text: 'Second.' },
    ),
    'a.wav': '',
    'b.wav': '',
  });
  const dataset = await loadDataset(join(folder, 'manifest.jsonl'));
  assert.equal(dataset.format, 'jsonl');
  assert.deepEqual(dataset.problems, []);
  assert.deepEqual(dataset.utterances, [
    {
      id: '7',
      audioPath: join(folder, 'b.wav'),
      reference: 'Hello there.',
      language: 'en-US',
      declaredDurationMs: 1070,
      words: [
        { text: 'Hello', startMs: 70, endMs: 500 },
        { text: 'there', startMs: 500, endMs: 900 },
      ],
      speaker: '3',
      tags: ['short', 'clean'],
    },
    {
      id: 'a',
      audioPath: join(folder, 'a.wav'),
      reference: 'Second.',
      language: null,
      declaredDurationMs: null,
      words: null,
      speaker: null,
      tags: [],
    },
  ]);
});

test('the other names that fields go by', async (t) => {
  const folder = await tempDataset(t, {
    'set.jsonl': jsonLines(
      { utt_id: 'a', file: 'a.wav', transcript: 'one', duration: '2', lang: 'de' },
      { utterance_id: 'b', path: 'a.wav', transcription: 'one', duration: 2, locale: 'DE' },
      { ID: 'c', audio_path: 'a.wav', sentence: 'one', duration_ms: 2000, Language: 'de' },
      { id: 'd', File_Name: 'a.wav', reference: 'one', duration_s: 2, language: 'de' },
      {
        id: 'e',
        audio: { path: 'a.wav', sampling_rate: 16000 },
        text: 'one',
        duration: 2,
        lang: 'de',
      },
    ),
    'a.wav': '',
  });
  const { utterances, problems } = await loadDataset(join(folder, 'set.jsonl'));
  assert.deepEqual(problems, []);
  assert.deepEqual(
    utterances.map((u) => [u.id, u.reference, u.declaredDurationMs, u.language]),
    ['a', 'b', 'c', 'd', 'e'].map((id) => [id, 'one', 2000, 'de']),
  );
});

test('the better name wins where an entry gives several', async (t) => {
  const folder = await tempDataset(t, {
    'set.jsonl': jsonLines({ path: 'b.wav', audio: 'a.wav', transcript: 'worse', text: 'better' }),
    'a.wav': '',
    'b.wav': '',
  });
  const [utterance] = (await loadDataset(join(folder, 'set.jsonl'))).utterances;
  assert.equal(utterance?.audioPath, join(folder, 'a.wav'));
  assert.equal(utterance.reference, 'better');
});

test('JSON lists, plain and under a key, name the line of a bad entry', async (t) => {
  const entries = [{ audio: 'a.wav', text: 'x' }, { audio: 'gone.wav', text: 'y [",{' }, 'rubbish'];
  for (const value of [entries, { name: 'items', items: entries }]) {
    const text = JSON.stringify(value, null, 1);
    const folder = await tempDataset(t, {
      'set.json': text,
      'a.wav': '',
    });
    const { format, utterances, problems } = await loadDataset(join(folder, 'set.json'));
    assert.equal(format, 'json');
    assert.deepEqual(
      utterances.map((u) => u.id),
      ['a'],
    );
    const lineOf = (needle: string) => text.slice(0, text.indexOf(needle)).split('\n').length;
    // An entry begins at its brace, one line above its first key.
    assert.deepEqual(
      problems.map((p) => [p.line, p.message.slice(0, 30)]),
      [
        [lineOf('"audio": "gone.wav"') - 1, 'The audio file gone.wav does n'],
        [lineOf('"rubbish"'), 'Not a JSON object; left out.'],
      ],
    );
  }
});

test('a NeMo manifest is JSON lines in a .json; parts of a file are refused', async (t) => {
  const folder = await tempDataset(t, {
    'train_manifest.json': jsonLines(
      { audio_filepath: 'a.wav', duration: 3.25, text: 'one' },
      { audio_filepath: 'a.wav', duration: 1, text: 'two', offset: 0 },
      { audio_filepath: 'a.wav', duration: 1, text: 'three', offset: 1.5 },
    ),
    'a.wav': '',
  });
  const { format, name, utterances, problems } = await loadDataset(
    join(folder, 'train_manifest.json'),
  );
  assert.equal(format, 'nemo');
  assert.equal(name, 'train_manifest');
  assert.deepEqual(
    utterances.map((u) => [u.id, u.reference, u.declaredDurationMs]),
    [
      ['a', 'one', 3250],
      ['a-2', 'two', 1000],
    ],
  );
  assert.match(problems.find((p) => p.line === 3)?.message ?? '', /"offset".*not supported/);
});

test('invalid lines are reported by number and skipped', async (t) => {
  const folder = await tempDataset(t, {
    'manifest.jsonl': `\uFEFF{"audio":"a.wav","text":"x"}\r\n\r\n{"audio":"a.wav"\r\n[1]\r\n{"text":"y"}\r\n`,
    'a.wav': '',
  });
  const { utterances, problems } = await loadDataset(folder);
  assert.equal(utterances.length, 1);
  assert.deepEqual(
    problems.map((p) => [p.file, p.line]),
    [3, 4, 5].map((line) => [join(folder, 'manifest.jsonl'), line]),
  );
  assert.match(problems[0]?.message ?? '', /^Not valid JSON, left out: /);
  assert.match(problems[2]?.message ?? '', /No audio file is named/);
});

test('wrong fields are reported under the name they were given and count as absent', async (t) => {
  const folder = await tempDataset(t, {
    'manifest.jsonl': jsonLines(
      {
        audio: 'a.wav',
        transcript: ['no'],
        id: {},
        duration: -1,
        lang: 'no such language',
        tags: 5,
      },
      { audio: 'a.wav', text: 'fine', id: '', words: [{ word: 'fine', start_s: 2, end_s: 1 }] },
      { audio: 'a.wav', text: 'fine', id: 'w', word_timings: { file: 'words/none.json' } },
    ),
    'a.wav': '',
  });
  const { utterances, problems } = await loadDataset(folder);
  assert.deepEqual(
    utterances.map((u) => [u.id, u.reference, u.words]),
    [
      ['a', null, null],
      ['a-2', 'fine', null],
      ['w', 'fine', null],
    ],
  );
  const said = problems.filter((p) => p.line === 1).map((p) => p.message.split(' is not ')[0]);
  assert.deepEqual(
    new Set(said),
    new Set([
      '"transcript"',
      '"id"',
      '"duration"',
      '"no such language"',
      '"tags"',
      'There is no reference text: runs without WER.',
    ]),
  );
  assert.match(
    problems.find((p) => p.message.includes('"words"'))?.message ?? '',
    /ends before it starts/,
  );
  assert.match(
    problems.find((p) => p.line === 3)?.message ?? '',
    /words\/none\.json.*There is no file/,
  );
});

test('word times come from a file that the manifest names', async (t) => {
  const folder = await tempDataset(t, {
    'sub/manifest.json': JSON.stringify([
      {
        id: 'a',
        file: 'a.wav',
        text: 'go',
        word_timings: { file: 'words/a.json', method: 'by hand' },
      },
    ]),
    'sub/words/a.json': JSON.stringify([{ word: 'go', start_s: 0.32, end_s: 0.63 }]),
    'sub/a.wav': '',
  });
  const { name, utterances, problems } = await loadDataset(join(folder, 'sub/manifest.json'));
  assert.equal(name, 'sub');
  assert.deepEqual(problems, []);
  assert.deepEqual(utterances[0]?.words, [{ text: 'go', startMs: 320, endMs: 630 }]);
});

test('an empty text means silence: said to be meant, or reported', async (t) => {
  const folder = await tempDataset(t, {
    'manifest.jsonl': jsonLines(
      { id: 'meant', audio: 'a.wav', text: '', metric: 'none' },
      { id: 'zxx', audio: 'a.wav', text: '', language: 'zxx' },
      { id: 'odd', audio: 'a.wav', text: ' ' },
      { id: 'none', audio: 'a.wav', text: null },
    ),
    'a.wav': '',
  });
  const { utterances, problems } = await loadDataset(folder);
  assert.deepEqual(
    utterances.map((u) => u.reference),
    ['', '', '', null],
  );
  assert.deepEqual(
    problems.map((p) => [p.line, p.message.split(/[:.]/)[0]]),
    [
      [3, 'The reference text is empty'],
      [4, 'There is no reference text'],
    ],
  );
});

test('a dataset without any reference says so once', async (t) => {
  const folder = await tempDataset(t, {
    'manifest.jsonl': jsonLines({ audio: 'a.wav' }, { audio: 'b.wav' }),
    'a.wav': '',
    'b.wav': '',
  });
  const { problems } = await loadDataset(folder);
  assert.deepEqual(
    problems.map((p) => [p.line, p.message]),
    [[null, 'No utterance has a reference text: all run without WER.']],
  );
});

test('ids used twice are made unique without taking an id that is used later', async (t) => {
  const folder = await tempDataset(t, {
    'manifest.jsonl': jsonLines(
      ...['x', 'x-2', 'x', 'x', 'x-2'].map((id) => ({ id, audio: 'a.wav', text: 't' })),
    ),
    'a.wav': '',
  });
  const { utterances, problems } = await loadDataset(folder);
  assert.deepEqual(
    utterances.map((u) => u.id),
    ['x', 'x-2', 'x-3', 'x-4', 'x-2-2'],
  );
  assert.deepEqual(
    problems.map((p) => [p.line, p.message]),
    [
      [3, 'The id "x" is already used at line 1: renamed to "x-3".'],
      [4, 'The id "x" is already used at line 1: renamed to "x-4".'],
      [5, 'The id "x-2" is already used at line 2: renamed to "x-2-2".'],
    ],
  );
});

test('where audio may be: absolute, outside (said once), backslashes; not a URL, not a folder', async (t) => {
  const folder = await tempDataset(t, { 'out.wav': '', 'set/sub/a.wav': '' });
  const set = await tempDataset(t, {
    'set/manifest.jsonl': jsonLines(
      { audio: join(folder, 'out.wav'), text: 'absolute' },
      { audio: 'sub\\a.wav', text: 'backslash' },
      { audio: '../near.wav', text: 'outside' },
      { audio: '../near.wav', text: 'outside again', id: 'again' },
      { audio: 'https://me:secret@example.com/a.wav', text: 'url' },
      { audio: 's3://bucket/a.wav', text: 'url' },
      { audio: 'sub', text: 'folder' },
    ),
    'set/sub/a.wav': '',
    'near.wav': '',
  });
  const { utterances, problems } = await loadDataset(join(set, 'set'));
  assert.deepEqual(
    utterances.map((u) => [u.id, u.audioPath]),
    [
      ['out', join(folder, 'out.wav')],
      ['sub/a', join(set, 'set/sub/a.wav')],
      ['near', join(set, 'near.wav')],
      ['again', join(set, 'near.wav')],
    ],
  );
  assert.deepEqual(
    problems.map((p) => [p.line, p.message.slice(0, 40)]),
    [
      [3, "2 audio path(s) lead out of the dataset'"],
      [5, 'The audio is an address (https://…); dow'],
      [6, 'The audio is an address (s3://…); downlo'],
      [7, 'sub is not a file. Left out.'],
    ],
  );
  assert.ok(!JSON.stringify(problems).includes('secret'));
});

test('nothing usable: one error that names the path, the first reason and what is accepted', async (t) => {
  const folder = await tempDataset(t, {
    'manifest.jsonl': jsonLines(
      { audio: 'gone.wav', text: 'x' },
      { audio: 'gone2.wav', text: 'x' },
    ),
  });
  await assert.rejects(loadDataset(folder), (error: DatasetError) => {
    assert.equal(error.reason, 'no-utterances');
    for (const part of [folder, 'manifest.jsonl:1:', 'gone.wav', '2 problem(s)', 'LibriSpeech']) {
      assert.ok(error.message.includes(part), `${part} in: ${error.message}`);
    }
    return true;
  });
});

test('files that are no dataset at all', async (t) => {
  const folder = await tempDataset(t, {
    'broken.json': '[{"audio": "a.wav"},\n{"audio" "b.wav"}]',
    'other.json': '{\n"hello": 1}',
    'line.json': '{"hello": 1}',
    'number.json': '42',
    'empty.jsonl': '',
    'latin1.jsonl': Buffer.from('{"audio":"a.wav","text":"\xe9t\xe9"}', 'latin1'),
    'utf16.jsonl': Buffer.from('{"audio":"a.wav"}', 'utf16le'),
    'notes.docx': 'x',
    'phone.m4a': 'x',
    'a.wav': '',
  });
  const reasons: Record<string, string> = {
    'broken.json': 'invalid-json',
    'other.json': 'unknown-layout',
    'line.json': 'no-utterances',
    'number.json': 'unknown-layout',
    'empty.jsonl': 'no-utterances',
    'latin1.jsonl': 'encoding',
    'utf16.jsonl': 'encoding',
    'notes.docx': 'unknown-layout',
    'phone.m4a': 'unknown-layout',
    'absent.jsonl': 'not-found',
  };
  for (const [file, reason] of Object.entries(reasons)) {
    await assert.rejects(loadDataset(join(folder, file)), (error: DatasetError) => {
      assert.equal(error.reason, reason, `${file}: ${error.message}`);
      assert.ok(error.message.includes(join(folder, file)));
      return true;
    });
  }
});

test('UTF-16 with a byte order mark is read', async (t) => {
  const json = `\uFEFF${jsonLines({ audio: 'ä.wav', text: 'größer 你好' })}`;
  const folder = await tempDataset(t, {
    'le.jsonl': Buffer.from(json, 'utf16le'),
    'be.jsonl': Buffer.from(json, 'utf16le').swap16(),
    'ä.wav': '',
  });
  for (const file of ['le.jsonl', 'be.jsonl']) {
    const { utterances } = await loadDataset(join(folder, file));
    assert.equal(utterances[0]?.reference, 'größer 你好');
  }
});

test('a manifest of which every line is bad keeps a bounded list of problems', async (t) => {
  const bad = Array.from({ length: 1500 }, (_, i) => ({ audio: `${i}.wav`, text: 'x' }));
  const folder = await tempDataset(t, {
    'manifest.jsonl': jsonLines(...bad, { audio: 'a.wav', text: 'x' }),
    'a.wav': '',
  });
  const { utterances, problems } = await loadDataset(folder);
  assert.equal(utterances.length, 1);
  assert.equal(problems.length, 1001);
  assert.equal(problems.at(-1)?.message, '500 more problems.');
});
