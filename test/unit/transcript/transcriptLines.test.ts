import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { shownTokens } from '../../../src/timeline/wordTokens.ts';
import { transcriptLines } from '../../../src/transcript/transcriptLines.ts';

/** @param times of each word; without, none is known */
function linesOf(
  text: string,
  unitStarts: number[] = [],
  times: (readonly [number, number])[] = [],
): string[] {
  const words = shownTokens(text).map((token, at) => ({
    ...token,
    startMs: times[at]?.[0] ?? null,
    endMs: times[at]?.[1] ?? null,
  }));
  return transcriptLines(text, unitStarts, words).map((line) => line.text);
}

describe('lines of a transcript', () => {
  test('a text without words has its line, no text has none', () => {
    assert.deepEqual(linesOf('…'), ['…']);
    assert.deepEqual(linesOf(''), []);
  });

  test('end where a unit ends', () => {
    assert.deepEqual(linesOf('one two three', [0, 4]), ['one', 'two three']);
  });

  test('end behind sentences that are long enough', () => {
    assert.deepEqual(linesOf('Mr. Smith went to Washington. “He came back.” Then he slept.'), [
      'Mr. Smith went to Washington.',
      '“He came back.” Then he slept.',
    ]);
    assert.deepEqual(linesOf('It is 3.5 kilometres to the next village'), [
      'It is 3.5 kilometres to the next village',
    ]);
  });

  test('end at pauses', () => {
    const text = 'the quick brown fox jumps over it';
    const times = text.split(' ').map((_, at) => [at * 300, at * 300 + 250] as const);
    assert.deepEqual(linesOf(text, [], times), [text]);
    const rested = times.map(([start, end], at) =>
      at < 5 ? ([start, end] as const) : ([start + 800, end + 800] as const),
    );
    assert.deepEqual(linesOf(text, [], rested), ['the quick brown fox jumps', 'over it']);
  });

  test('are never long, and are cut at a clause where there is one', () => {
    const clause = 'one two three four five six seven eight nine ten eleven twelve thirteen,';
    const rest = 'and this goes on and on for much longer than a line may be';
    assert.deepEqual(linesOf(`${clause} ${rest}`), [clause, rest]);
    const endless = Array.from({ length: 200 }, () => 'word').join(' ');
    const lines = linesOf(endless);
    assert.equal(lines.join(' '), endless);
    assert.ok(lines.every((line) => line.length <= 100));
  });

  test('are cut in scripts without spaces, too', () => {
    const first = '今天天气很好，我们去公园散步，看到了很多花。';
    assert.deepEqual(linesOf(first + first), [first, first]);
    assert.ok(linesOf('好'.repeat(500)).every((line) => line.length <= 100));
  });

  test('follow the line breaks of the text, and show control characters', () => {
    assert.deepEqual(linesOf('one\r\ntwo\rthree\u2028four\tfive \u0007 \u0000x'), [
      'one',
      'two',
      'three',
      'four five ␇ ␀x',
    ]);
  });
});
