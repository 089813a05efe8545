import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { editTotal, type Alignment } from '../../../../src/metrics/text/alignment.ts';
import { alignTokens } from '../../../../src/metrics/text/alignTokens.ts';
import { plainAlignment } from './plainAlignment.ts';
import { randomTexts } from './randomTexts.ts';
import { randomGenerator } from '../../../../src/metrics/statistics/randomGenerator.ts';

/** `type refStart-refEnd/hypStart-hypEnd`, as the metric specification writes chunks. */
function chunkText(alignment: Alignment): string {
  return alignment.chunks
    .map((c) => `${c.type} ${c.refStart}-${c.refEnd}/${c.hypStart}-${c.hypEnd}`)
    .join(', ');
}

const split = (text: string) => text.split(' ').filter((word) => word !== '');

const chunkGoldens = [
  {
    name: 'W-12',
    reference: 'short one here',
    hypothesis: 'shoe order one',
    chunks: 'insert 0-0/0-1, substitute 0-1/1-2, equal 1-2/2-3, delete 2-3/3-3',
  },
  {
    name: 'W-17 second sentence',
    reference: 'quite a bit of longer sentence',
    hypothesis: 'quite bit of an even longest sentence here',
    chunks:
      'equal 0-1/0-1, delete 1-2/1-1, equal 2-4/1-3, insert 4-4/3-5, substitute 4-5/5-6, ' +
      'equal 5-6/6-7, insert 6-6/7-8',
  },
  {
    name: 'W-11',
    reference: 'this test will have a high word error rate',
    hypothesis: 'no it will not',
    chunks: 'substitute 0-2/0-2, equal 2-3/2-3, substitute 3-4/3-4, delete 4-9/4-4',
  },
  { name: 'both empty', reference: '', hypothesis: '', chunks: '' },
  { name: 'no hypothesis', reference: 'a b', hypothesis: '', chunks: 'delete 0-2/0-0' },
  { name: 'no reference', reference: '', hypothesis: 'a b', chunks: 'insert 0-0/0-2' },
];

describe('alignment chunks', () => {
  for (const { name, reference, hypothesis, chunks } of chunkGoldens) {
    test(name, () => {
      assert.equal(chunkText(alignTokens(split(reference), split(hypothesis))), chunks);
    });
  }
});

/** Few different tokens, so that many alignments are equally good and the tie rule matters. */
const tokens = (maxLength: number) =>
  fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength, size: 'max' });

const apply = (reference: readonly string[], hypothesis: readonly string[], a: Alignment) =>
  a.chunks.flatMap((chunk) => {
    const source = chunk.type === 'equal' ? reference : hypothesis;
    const isKept = chunk.type === 'equal';
    return source.slice(
      isKept ? chunk.refStart : chunk.hypStart,
      isKept ? chunk.refEnd : chunk.hypEnd,
    );
  });

describe('laws of the alignment', () => {
  test('a text differs from itself in nothing', () => {
    fc.assert(
      fc.property(tokens(60), (text) => {
        assert.deepEqual(alignTokens(text, text).counts, {
          hits: text.length,
          substitutions: 0,
          deletions: 0,
          insertions: 0,
        });
      }),
    );
  });

  test('counts add up to both lengths, and the operations make the hypothesis', () => {
    fc.assert(
      fc.property(tokens(80), tokens(80), (reference, hypothesis) => {
        const alignment = alignTokens(reference, hypothesis);
        const { hits, substitutions, deletions, insertions } = alignment.counts;
        assert.equal(hits + substitutions + deletions, reference.length);
        assert.equal(hits + substitutions + insertions, hypothesis.length);
        assert.deepEqual(apply(reference, hypothesis, alignment), hypothesis);
      }),
    );
  });

  test('chunks cover both texts without gaps and never repeat a type', () => {
    fc.assert(
      fc.property(tokens(80), tokens(80), (reference, hypothesis) => {
        let [ref, hyp, before] = [0, 0, ''];
        for (const chunk of alignTokens(reference, hypothesis).chunks) {
          assert.deepEqual([chunk.refStart, chunk.hypStart], [ref, hyp]);
          assert.notEqual(chunk.type, before);
          [ref, hyp, before] = [chunk.refEnd, chunk.hypEnd, chunk.type];
        }
        assert.deepEqual([ref, hyp], [reference.length, hypothesis.length]);
      }),
    );
  });

  test('swapping the texts keeps the number of errors and swaps their net direction', () => {
    fc.assert(
      fc.property(tokens(80), tokens(80), (one, other) => {
        const there = alignTokens(one, other).counts;
        const back = alignTokens(other, one).counts;
        assert.equal(editTotal(there), editTotal(back));
        assert.equal(there.deletions - there.insertions, back.insertions - back.deletions);
      }),
    );
  });

  test('a detour over a third text is never shorter', () => {
    fc.assert(
      fc.property(tokens(50), tokens(50), tokens(50), (a, b, c) => {
        const distance = (x: string[], y: string[]) => editTotal(alignTokens(x, y).counts);
        assert.ok(distance(a, c) <= distance(a, b) + distance(b, c));
      }),
    );
  });
});

describe('agreement with the full matrix, operation by operation', () => {
  test('arbitrary short texts', () => {
    fc.assert(
      fc.property(tokens(90), tokens(90), (reference, hypothesis) => {
        assert.deepEqual(alignTokens(reference, hypothesis), plainAlignment(reference, hypothesis));
      }),
      { numRuns: 500 },
    );
  });

  test('20,000 random pairs of up to 40 words', () => {
    const random = randomGenerator(1);
    for (let pair = 0; pair < 20_000; pair++) {
      const { reference, hypothesis } = randomTexts(random, {
        tokenCount: Math.floor(random() * 40),
        vocabularySize: pair % 2 === 0 ? 3 : 60,
        errorRate: 0.05 + random() * 0.9,
      });
      assert.deepEqual(alignTokens(reference, hypothesis), plainAlignment(reference, hypothesis));
    }
  });

  // Long enough for the narrow band, its trial bands and the row shared by rare tokens.
  for (const vocabularySize of [4, 100, 3000]) {
    for (const errorRate of [0.1, 0.5, 1]) {
      test(`2,000 words of ${vocabularySize}, error rate ${errorRate}`, () => {
        const random = randomGenerator(vocabularySize);
        const texts = randomTexts(random, { tokenCount: 2000, vocabularySize, errorRate });
        // A missing beginning leads the trial bands astray: the result must stay the same.
        for (const hypothesis of [texts.hypothesis, texts.hypothesis.slice(700)]) {
          const expected = plainAlignment(texts.reference, hypothesis);
          assert.deepEqual(alignTokens(texts.reference, hypothesis), expected);
        }
      });
    }
  }

  test('texts with nothing in common, and of very different lengths', () => {
    const numbered = (prefix: string, length: number) =>
      Array.from({ length }, (_, index) => `${prefix}${index % 300}`);
    for (const [refLength, hypLength] of [
      [1200, 1200],
      [1500, 1],
      [1, 1500],
      [40, 1500],
      [1500, 40],
    ] as const) {
      const reference = numbered('r', refLength);
      for (const prefix of ['h', 'r']) {
        const hypothesis = [...numbered(prefix, hypLength).reverse(), 'end'];
        assert.deepEqual(alignTokens(reference, hypothesis), plainAlignment(reference, hypothesis));
      }
    }
  });
});
