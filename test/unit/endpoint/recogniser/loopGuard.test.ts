import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { loopKeepLength } from '../../../../src/endpoint/recogniser/loopGuard.ts';

describe('loopKeepLength', () => {
  it('lets a word be said four times and a longer phrase three times', () => {
    assert.equal(loopKeepLength([9, 5, 5, 5, 5]), null);
    assert.equal(loopKeepLength([9, 5, 5, 5, 5, 5]), 2);
    assert.equal(loopKeepLength([1, 2, 3, 1, 2, 3, 1, 2, 3]), null);
    assert.equal(loopKeepLength([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]), 3);
  });

  it('stops every loop of up to six tokens, keeping the phrase once', () => {
    const phrase = fc.uniqueArray(fc.nat(50), { minLength: 1, maxLength: 6 });
    const before = fc.uniqueArray(fc.integer({ min: 100, max: 999 }), { maxLength: 20 });
    fc.assert(
      fc.property(before, phrase, (start, loop) => {
        const tokens = [...start];
        let keep: number | null = null;
        for (let index = 0; keep === null && index < 5 * loop.length; index += 1) {
          tokens.push(loop[index % loop.length] ?? 0);
          keep = loopKeepLength(tokens);
        }
        assert.equal(keep, start.length + loop.length);
      }),
    );
  });

  it('leaves text without repetition alone', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1000)), (tokens) => {
        assert.equal(loopKeepLength(tokens), null);
      }),
    );
  });
});
