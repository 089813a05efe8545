import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EditCounts } from '../../../../src/metrics/text/alignment.ts';
import { poolScores } from '../../../../src/metrics/text/poolScores.ts';
import { scorePair } from '../../../../src/metrics/text/scorePair.ts';
import { textProfile } from '../../../../src/metrics/text/textProfiles.ts';

interface Golden {
  pairs: [reference: string, hypothesis: string][];
  /** H S D I. */
  counts: [number, number, number, number];
  wer: number | null;
  mer: number;
  wil: number;
  cer: number | null;
}

/** One utterance. */
const one = (
  reference: string,
  hypothesis: string,
  counts: Golden['counts'],
  [wer, mer, wil, cer]: [number | null, number, number, number | null],
): Golden => ({ pairs: [[reference, hypothesis]], counts, wer, mer, wil, cer });

/** Several utterances, pooled. */
const many = (
  pairs: Golden['pairs'],
  counts: Golden['counts'],
  [wer, mer, wil, cer]: [number, number, number, number],
): Golden => ({ pairs, counts, wer, mer, wil, cer });

const goldens: Record<string, Golden> = {
  'W-1': one('hello world', 'hello duck', [1, 1, 0, 0], [0.5, 0.5, 0.75, 0.454545]),
  'W-2': one('hello world', 'hello world', [2, 0, 0, 0], [0, 0, 0, 0]),
  'W-3': one('this is a test', 'this test', [2, 0, 2, 0], [0.5, 0.5, 0.5, 0.357143]),
  'W-4': one('this is a test', '', [0, 0, 4, 0], [1, 1, 1, 1]),
  'W-5': one('', 'a b c', [0, 0, 0, 3], [null, 1, 1, null]),
  'W-7': one('X', 'X X Y Y', [1, 0, 0, 3], [3, 0.75, 0.75, 6]),
  'W-8': one('X Y X', 'X Z', [1, 1, 1, 0], [0.666667, 0.666667, 0.833333, 0.6]),
  'W-9': one('X', 'Y Z', [0, 1, 0, 1], [2, 1, 1, 3]),
  'W-10': one(
    'i am a short ground truth',
    'i am a considerably longer and very much incorrect hypothesis',
    [3, 3, 0, 4],
    [1.166667, 0.7, 0.85, 1.68],
  ),
  'W-11': one(
    'this test will have a high word error rate',
    'no it will not',
    [1, 3, 5, 0],
    [0.888889, 0.888889, 0.972222, 0.761905],
  ),
  'W-12': one('short one here', 'shoe order one', [1, 1, 1, 1], [1, 0.75, 0.888889, 0.571429]),
  'W-13': one(
    'this is a test of skill',
    'this was a messy test',
    [3, 1, 2, 1],
    [0.666667, 0.571429, 0.7, 0.521739],
  ),
  'W-14': one('a a', 'a', [1, 0, 1, 0], [0.5, 0.5, 0.5, 0.666667]),
  'W-15': one('the cat', 'the the cat the', [2, 0, 0, 2], [1, 0.5, 0.5, 1.142857]),
  'W-16': many(
    [
      ['hello world', 'hello duck'],
      ['i like monthy python', 'i like python'],
    ],
    [4, 1, 1, 0],
    [0.333333, 0.333333, 0.466667, 0.387097],
  ),
  'W-17': many(
    [
      ['short one here', 'shoe order one'],
      ['quite a bit of longer sentence', 'quite bit of an even longest sentence here'],
    ],
    [5, 2, 2, 4],
    [0.888889, 0.615385, 0.747475, 0.568182],
  ),
  'W-18': many(
    [
      ['hello world', 'hello world'],
      ['', 'done'],
    ],
    [2, 0, 0, 1],
    [0.5, 0.333333, 0.333333, 0.363636],
  ),
  'W-19': many(
    [
      ['i', 'i am'],
      ['am i good', 'i good'],
    ],
    [3, 0, 1, 1],
    [0.5, 0.4, 0.4375, 0.6],
  ),
  'W-20': many(
    [
      ['a b c d', 'a b c d'],
      ['e', 'x'],
    ],
    [4, 1, 0, 0],
    [0.2, 0.2, 0.36, 0.125],
  ),
  'W-21': many(
    [
      ['i can spell', 'i kan cpell'],
      ['i hope', 'i hop'],
    ],
    [2, 3, 0, 0],
    [0.6, 0.6, 0.84, 0.176471],
  ),
  'W-22': one(
    '甚至出现交易几乎停滞的情况',
    '甚至出现交易几乎停止的情况',
    [0, 1, 0, 0],
    [1, 1, 1, 0.076923],
  ),
};

function assertRate(actual: number | null, expected: number | null, name: string): void {
  if (expected === null || actual === null) assert.equal(actual, expected, name);
  else assert.ok(Math.abs(actual - expected) < 5e-7, `${name}: ${actual}, expected ${expected}`);
}

function assertCounts(actual: EditCounts, [h, s, d, i]: Golden['counts']): void {
  assert.deepEqual(actual, { hits: h, substitutions: s, deletions: d, insertions: i });
}

describe('word error rates and their relatives', () => {
  const none = textProfile('none@1');
  for (const [name, golden] of Object.entries(goldens)) {
    test(name, () => {
      const corpus = poolScores(golden.pairs.map(([ref, hyp]) => scorePair(ref, hyp, none)));
      assertCounts(corpus.words, golden.counts);
      for (const id of ['wer', 'mer', 'wil', 'cer'] as const) {
        assertRate(corpus.rates[id], golden[id], id);
      }
      if (golden.pairs.length > 1) return;
      const [[reference, hypothesis]] = golden.pairs as [[string, string]];
      assert.deepEqual(scorePair(reference, hypothesis, none).rates, corpus.rates);
    });
  }

  test('W-6: nothing said and nothing recognised is right', () => {
    const score = scorePair('', '', none);
    assertCounts(score.words, [0, 0, 0, 0]);
    const { wer, mer, wil, wip, cer } = score.rates;
    assert.deepEqual({ wer, mer, wil, wip, cer }, { wer: 0, mer: 0, wil: 0, wip: 1, cer: 0 });
  });

  test('W-20: the pooled rate is not the mean of the utterances', () => {
    const corpus = poolScores([scorePair('a b c d', 'a b c d', none), scorePair('e', 'x', none)]);
    assert.equal(corpus.rates.wer, 0.2);
    assert.equal(corpus.meanUtteranceWer, 0.5);
  });

  test('W-23: characters and words together', () => {
    const reference = '我用iphone打电话';
    const hypothesis = '我用iPhone打电脑。';
    const score = scorePair(reference, hypothesis, textProfile('cjk-char@1'));
    assertCounts(score.words, [5, 1, 0, 0]);
    assertRate(score.rates.wer, 0.166667, 'wer');
    assertRate(score.rates.mer, 0.166667, 'mer');
    assertRate(score.rates.wil, 0.305556, 'wil');
    const basic = scorePair(reference, hypothesis, textProfile('basic@1'));
    assert.equal(basic.rates.wer, 1);
    assertRate(basic.rates.mixer, 0.166667, 'mixer');
  });
});
