import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { outlineChanged, outlineRun } from '../../../src/lsp/run/runOutline.ts';
import { reportRun } from '../../../src/runfile/runReport.ts';
import { runFileText } from '../../../src/runfile/writeRunFile.ts';
import { exampleRun, exampleSession } from '../../support/exampleRun.ts';

const written = Array.from(
  runFileText(
    reportRun(
      exampleRun({
        sessions: ['s1', 's2', 'a "third" }]', 's4'].map((id) => exampleSession({ id })),
      }),
    ),
    '/data',
  ),
).join('');

interface Parsed {
  sessions: object[];
}

/** What the outline says of a text, as the sessions are in it. */
function outlined(text: string): unknown[] {
  return outlineRun(text).sessions.map(({ offset, length, id, utteranceId, endpointId }) => {
    assert.deepEqual({ ids: [id, utteranceId, endpointId] }, { ids: [id, 'hello', 'local'] });
    return JSON.parse(text.slice(offset, offset + length)) as unknown;
  });
}

describe('the outline of a run', () => {
  const parsed = JSON.parse(written) as Parsed;
  const layouts = {
    'as RTBench writes it': written,
    'formatted by an editor': JSON.stringify(parsed, null, 2),
    'on one line': JSON.stringify(parsed),
    'with other line ends': written.replaceAll('\n', '\r\n'),
  };

  for (const [layout, text] of Object.entries(layouts)) {
    test(`has the sessions of a text ${layout}`, () => {
      assert.deepEqual(outlined(text), parsed.sessions);
      const { list } = outlineRun(text);
      assert.ok(list);
      assert.equal(text[list.offset - 1], '[');
      assert.equal(text[list.offset + list.length], ']');
    });
  }

  test('takes only the list of the run itself', () => {
    const text =
      '{"plan": {"sessions": [{"id": "no"}]}, "x": "sessions", "sessions": [{"id": "yes"}]}';
    assert.deepEqual(
      outlineRun(text).sessions.map(({ id }) => id),
      ['yes'],
    );
  });

  test('finds what it can in a text that is cut off, and nothing where there is nothing', () => {
    const third = written.indexOf('"id":"a ');
    assert.deepEqual(
      outlineRun(written.slice(0, third + 300)).sessions.map(({ id }) => id),
      ['s1', 's2'],
    );
    for (const text of ['', '[]', '{"sessions": 3}', '"sessions"', '{"sessions": []}']) {
      assert.deepEqual(outlineRun(text).sessions, []);
    }
  });

  test('is the same after any change, read anew or not', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '"',
        '{',
        '}',
        '[',
        ']',
        ',',
        '\\',
        '\n',
        'g',
        '"sessions": [',
        '{"id": "x"},',
      ),
      fc.string({ maxLength: 4 }),
    );
    const start = fc.nat(written.length);
    fc.assert(
      fc.property(fc.array(fc.tuple(start, fc.nat(40), piece), { maxLength: 6 }), (edits) => {
        let text = written;
        let outline = outlineRun(text);
        for (const [at, removed, added] of edits) {
          const changed = text.slice(0, at) + added + text.slice(at + removed);
          outline = outlineChanged(changed, { text, ...outline });
          assert.deepEqual(outline, outlineRun(changed));
          text = changed;
        }
      }),
      { numRuns: 300 },
    );
  });
});
