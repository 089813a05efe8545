import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jsonElementLines } from '../../../src/dataset/jsonElementLines.ts';

test('a key that is also a value, nested lists and brackets in texts do not mislead', () => {
  const json = `{ "name": "items", "other": [1, 2],
    "nested": { "items": [3] },
    "items": [
      { "a": ["]", "}"] }, [1,
      2],

      "x\\"]"
    ], "later": [9] }`;
  assert.deepEqual(jsonElementLines(json, 'items'), [4, 4, 7]);
});

test('property: each element of a printed list begins on the line it was printed on', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 8 }), fc.nat(3), (values, indent) => {
      const printed = values.map((value) => JSON.stringify(value, null, indent));
      const json = `[\n${printed.join(',\n')}\n]`;
      let line = 2;
      const expected = printed.map((text) => {
        const start = line;
        line += text.split('\n').length;
        return start;
      });
      assert.deepEqual(jsonElementLines(json, null), expected);
      const wrapped = `{"x":${JSON.stringify(values)},"data":${json}}`;
      assert.deepEqual(jsonElementLines(wrapped, 'data'), expected);
    }),
  );
});
