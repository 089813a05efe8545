import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Vocabulary } from '../../../../src/endpoint/recogniser/vocabulary.ts';

const pieces = ['<unk>', '<s>', '</s>', '<0xC3>', '<0xA9>', '\u2581caf', '\u2581so', '.', 'e'];
const vocabulary = new Vocabulary(pieces);

describe('Vocabulary', () => {
  it('joins pieces, with a space at each word mark but the first', () => {
    assert.equal(vocabulary.text([6, 5, 8, 7]), 'so cafe.');
  });

  it('reads byte pieces as UTF-8', () => {
    assert.equal(vocabulary.text([5, 3, 4, 7]), 'caf\u00e9.');
    assert.equal(vocabulary.text([5, 3, 4]), 'caf\u00e9');
  });

  it('leaves out control tokens and ids beyond the vocabulary', () => {
    assert.equal(vocabulary.text([1, 0, 6, 32_100, 2]), 'so');
    assert.equal(vocabulary.text([]), '');
  });
});
