import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { textDirection } from '../../../webview-ui/shared/textDirection.ts';

describe('textDirection', () => {
  for (const text of ['שלום', 'مرحبا', 'ܫܠܡܐ', 'ދިވެހި', 'ߒߞߏ', '𞤀𞤣𞤤𞤢𞤥', '12: “שלום” hello']) {
    test(`runs from the right: ${text}`, () => {
      assert.equal(textDirection(text), 'rtl');
    });
  }

  for (const text of ['', '123 …', 'hello שלום', 'Γειά', 'привет', 'こんにちは', '𝒜 שלום']) {
    test(`runs from the left: ${text === '' ? 'nothing' : text}`, () => {
      assert.equal(textDirection(text), 'ltr');
    });
  }

  test('what has no letters does not count, and what follows the first letter neither', () => {
    const sign = fc.constantFrom(' ', '.', '?', '0', '9', '“', '…', '–');
    const signs = fc.array(sign, { maxLength: 20 }).map((all) => all.join(''));
    fc.assert(
      fc.property(signs, fc.constantFrom('a', 'א'), fc.string(), (before, letter, after) => {
        assert.equal(textDirection(before + letter + after), letter === 'א' ? 'rtl' : 'ltr');
      }),
    );
  });
});
