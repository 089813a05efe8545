import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { alignThreeWays, type ThreeWayAlignment } from '../../../src/comparison/alignThreeWays.ts';
import type { ProfileChoice } from '../../../src/metrics/text/chooseProfile.ts';

const words: ProfileChoice = { profileId: 'basic@1', headline: 'wer', reason: '' };

/** Rows of `reference|A|B` with the mark's first letter. */
function rows({ columns }: ThreeWayAlignment): string[] {
  const cell = ({ mark, text }: { mark: string | null; text: string | null }) =>
    `${text ?? '*'}${mark === null || mark === 'equal' ? '' : ` ${mark[0]!.toUpperCase()}`}`;
  return columns.map(({ reference, a, b }) => `${reference ?? '*'}|${cell(a)}|${cell(b)}`);
}

test('marks substituted, left out and added words of both runs', () => {
  const aligned = alignThreeWays(
    'turn off the kitchen lights',
    { a: 'turn of the kitchen um lights', b: 'so turn the kitchen uh er lights please' },
    words,
  );
  assert.deepEqual(rows(aligned), [
    '*|*|so I',
    'turn|turn|turn',
    'off|of S|* D',
    'the|the|the',
    'kitchen|kitchen|kitchen',
    '*|um I|uh I',
    '*|*|er I',
    'lights|lights|lights',
    '*|*|please I',
  ]);
});

test('counts characters where the rate does', () => {
  const choice: ProfileChoice = { profileId: 'basic@1', headline: 'cer_nospace', reason: '' };
  const aligned = alignThreeWays('天気が', { a: '電気が', b: '天気' }, choice);
  assert.equal(aligned.unit, 'character');
  assert.deepEqual(rows(aligned), ['天|電 S|天', '気|気|気', 'が|が|* D']);
});

test('an empty reference and empty texts', () => {
  assert.deepEqual(alignThreeWays('', { a: '', b: '' }, words).columns, []);
  assert.deepEqual(rows(alignThreeWays('', { a: 'what', b: '' }, words)), ['*|what I|*']);
});

test('every row reads as the text it came from', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 8 })
    .map((tokens) => tokens.join(' '));
  fc.assert(
    fc.property(text, text, text, (reference, a, b) => {
      const { columns } = alignThreeWays(reference, { a, b }, words);
      const read = (of: (column: (typeof columns)[number]) => string | null) =>
        columns.flatMap((column) => of(column) ?? []).join(' ');
      assert.equal(
        read((column) => column.reference),
        reference,
      );
      assert.equal(
        read((column) => column.a.text),
        a,
      );
      assert.equal(
        read((column) => column.b.text),
        b,
      );
      for (const { reference: said, a: one } of columns) {
        if (one.mark === 'equal') assert.equal(one.text, said);
        if (one.mark === 'insert' || one.mark === null) assert.equal(said, null);
        if (one.mark === 'delete') assert.equal(one.text, null);
      }
    }),
  );
});
