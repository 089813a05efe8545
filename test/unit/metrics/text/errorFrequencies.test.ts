import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alignTexts } from '../../../../src/metrics/text/alignTexts.ts';
import { errorFrequencies } from '../../../../src/metrics/text/errorFrequencies.ts';
import { textProfile } from '../../../../src/metrics/text/textProfiles.ts';

const align = (reference: string, hypothesis: string) =>
  alignTexts(reference, hypothesis, textProfile('none@1'));

test('errors are counted over the corpus, most frequent first', () => {
  const corpus = [
    align('see the red boat', 'sea the read boat'),
    align('see it now', 'sea it'),
    align('go now', 'do go'),
    align('a tale of two', 'tale of two well'),
  ];
  assert.deepEqual(errorFrequencies(corpus), {
    substitutions: [
      { reference: 'see', hypothesis: 'sea', count: 2 },
      { reference: 'red', hypothesis: 'read', count: 1 },
    ],
    deletions: [
      { token: 'now', count: 2 },
      { token: 'a', count: 1 },
    ],
    insertions: [
      { token: 'do', count: 1 },
      { token: 'well', count: 1 },
    ],
  });
});

test('a corpus without errors has empty lists', () => {
  const none = { substitutions: [], deletions: [], insertions: [] };
  assert.deepEqual(errorFrequencies([align('all good', 'all good')]), none);
});
