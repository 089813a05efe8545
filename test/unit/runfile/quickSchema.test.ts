import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import * as z from 'zod';
import { quickList, quickRecord } from '../../../src/runfile/quickSchema.ts';

const list = { plain: z.array(z.int()), quick: quickList(z.int(), Number.isSafeInteger) };
const texts = z.array(z.string());
const record = {
  plain: z.object({}).catchall(texts),
  quick: quickRecord(
    texts,
    (value) => Array.isArray(value) && value.every((text) => typeof text === 'string'),
  ),
};

/** What is wrong where, when the value is a member of an object. */
function issues(schema: z.ZodType, value: unknown): unknown {
  const { success, data, error } = z.object({ own: schema }).safeParse({ own: value });
  return success ? data : error.issues.map(({ path, message }) => ({ path, message }));
}

describe('a quick schema', () => {
  for (const [name, { plain, quick }] of Object.entries({ list, record })) {
    test(`accepts, refuses and explains what the plain one does: ${name}`, () => {
      const entry = fc.oneof(fc.integer(), fc.double(), fc.string(), fc.array(fc.string()));
      const value = fc.oneof(
        fc.jsonValue(),
        fc.array(fc.integer()),
        fc.array(entry),
        fc.dictionary(fc.string(), fc.array(fc.string()), { noNullPrototype: true }),
        fc.dictionary(fc.string(), entry, { noNullPrototype: true }),
      );
      fc.assert(
        fc.property(value, (own) => {
          assert.deepEqual(issues(quick, own), issues(plain, own));
        }),
        {
          numRuns: 500,
          examples: [[JSON.parse('{"__proto__":["a"]}')], [JSON.parse('{"__proto__":0}')]],
        },
      );
    });

    test(`is published as the plain one: ${name}`, () => {
      const published = (schema: z.ZodType) =>
        z.toJSONSchema(z.object({ own: schema.describe('What it is.') }), { io: 'input' });
      assert.deepEqual(published(quick), published(plain));
    });
  }
});
