import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { wrapText } from '../../../src/common/wrapText.ts';

test('breaks lines at spaces, and between characters where there are none', () => {
  assert.deepEqual(wrapText('the quick brown fox', 9), ['the quick', 'brown fox']);
  assert.deepEqual(wrapText('the quick brown fox', 10), ['the quick', 'brown fox']);
  assert.deepEqual(wrapText('音声認識の速さ', 3), ['音声認', '識の速', 'さ']);
  assert.deepEqual(wrapText('👩‍👩‍👧👩‍👩‍👧', 10), ['👩‍👩‍👧', '👩‍👩‍👧']);
  assert.deepEqual(wrapText('one\ntwo', 10), ['one', 'two']);
  assert.deepEqual(wrapText('', 10), ['']);
});

const words = fc
  .array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }))
  .map((parts) => parts.join(' ').replaceAll(/[\r\n]/g, ''));

test('loses no character and makes no line too long', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 20, max: 60 }), (text, width) => {
      const lines = wrapText(text, width);
      const squeezed = (some: string) => some.replaceAll(' ', '');
      assert.equal(squeezed(lines.join('')), squeezed(text));
      assert.ok(lines.every((line) => line.length <= width + 1));
    }),
  );
});

test('full lines stay as they are while the text grows', () => {
  fc.assert(
    fc.property(words, words, (before, more) => {
      const lines = wrapText(before, 20);
      const grown = wrapText(`${before}${more}`, 20);
      assert.deepEqual(grown.slice(0, lines.length - 1), lines.slice(0, -1));
    }),
  );
});
