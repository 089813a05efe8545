import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { sanitiseText } from '../../../src/transport/sanitiseText.ts';

describe('sanitiseText', () => {
  test('puts text on one line', () => {
    assert.equal(sanitiseText(' a\r\n\tb\u0007\u2028c\u202e '), 'a b c');
  });

  test('never gives control characters, and never more than it may', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, most) => {
        const shown = sanitiseText(text, most);
        assert.ok(shown.length <= most + 1);
        assert.ok(!/[\p{Cc}\p{Cf}]/u.test(shown));
      }),
    );
  });
});
