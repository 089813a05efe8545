import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readHeadline } from '../../../src/extension/runs/readHeadline.ts';
import { RunHeadText } from '../../../src/runfile/runHeadText.ts';
import { exampleRun } from '../../support/exampleRun.ts';
import { exampleRunText } from '../../support/exampleRunText.ts';

/** What is read of a text that comes in pieces of this size, and how much of it was taken. */
function read(text: string, pieceCharacters: number): { json: unknown; taken: number } {
  const head = new RunHeadText();
  let taken = 0;
  while (taken < text.length) {
    const piece = text.slice(taken, taken + pieceCharacters);
    taken += piece.length;
    if (head.push(piece)) break;
  }
  return { json: head.finish(), taken };
}

test('the head of a run file is the file without utterances and sessions, however it is cut', () => {
  const text = exampleRunText();
  const whole = JSON.parse(text) as Record<string, unknown>;
  const expected = { ...whole, utterances: [], sessions: [] };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: text.length + 1 }), (pieceCharacters) => {
      assert.deepEqual(read(text, pieceCharacters).json, expected);
    }),
    { numRuns: 30 },
  );
});

test('a file laid out by a formatter is read too', () => {
  const text = exampleRunText();
  const pretty = JSON.stringify(JSON.parse(text), null, 2).replaceAll('\n', '\r\n');
  assert.deepEqual(
    readHeadline(read(pretty, 1000).json, '/r'),
    readHeadline(read(text, 1000).json, '/r'),
  );
});

test('a file on one line is read as long as it is small', () => {
  const minified = JSON.stringify(JSON.parse(exampleRunText()));
  assert.doesNotThrow(() => readHeadline(read(minified, 1000).json, '/r'));
  assert.throws(() => read(`{"x":"${'x'.repeat(2_100_000)}"}`, 65_536), /not laid out/);
});

test('the sessions of a large file are not read', () => {
  const text = exampleRunText();
  const large = text + 'x'.repeat(20_000_000);
  const { taken } = read(large, 65_536);
  assert.ok(taken <= 65_536 * 2, `${taken} characters were taken`);
});

test('many utterances are passed over without being kept', () => {
  const [before, after] = exampleRunText().split('"utterances": [\n');
  const line = `  {"id":"u","reference":"${'word '.repeat(40)}"},\n`;
  const text = `${before!}"utterances": [\n${line.repeat(20_000)}${after!}`;
  assert.ok(text.length > 4_000_000);
  assert.doesNotThrow(() => read(text, 65_536));
});

test('a text in a title that looks like the sessions does not end the head', () => {
  const notes = 'a\n"sessions": [\n"utterances": [\n';
  const text = exampleRunText({ info: { ...exampleRun().info, notes } });
  const json = read(text, 100).json as { run: { notes: string } };
  assert.equal(json.run.notes, notes);
});

test('a cut file and one that is no JSON are refused with a reason', () => {
  const text = exampleRunText();
  const cut = text.slice(0, text.indexOf('"summary"'));
  for (const bad of [cut, '', 'rubbish', '<<<<<<< ours\n{']) {
    assert.throws(() => read(bad, 1000), /not JSON, or is cut off/);
  }
});
