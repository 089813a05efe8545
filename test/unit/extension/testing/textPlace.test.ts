import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rangeIn } from '../../../../src/extension/testing/textPlace.ts';

test('places count lines as editors do, however these end', () => {
  assert.deepEqual(rangeIn('a\nbc\r\nd\re', 3, 6), {
    start: { line: 1, character: 1 },
    end: { line: 3, character: 1 },
  });
});

test('every part of a text is where the text of its lines has it', () => {
  const lines = fc.array(fc.stringMatching(/^[a-z]{0,5}$/), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(lines, fc.constantFrom('\n', '\r\n', '\r'), fc.nat(), (parts, end, seed) => {
      const text = parts.join(end);
      const line = seed % parts.length;
      const offset = parts.slice(0, line).reduce((sum, part) => sum + part.length + end.length, 0);
      const { length } = parts[line]!;
      assert.deepEqual(rangeIn(text, offset, length), {
        start: { line, character: 0 },
        end: { line, character: length },
      });
    }),
  );
});
