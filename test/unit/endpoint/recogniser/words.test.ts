import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { splitWords } from '../../../../src/endpoint/recogniser/words.ts';

describe('splitWords', () => {
  it('parts a word from the punctuation after it', () => {
    assert.deepEqual(splitWords(' So, "don\'t"?'), [
      { key: 'so', core: 'So', tail: ',', lead: ' ' },
      { key: 'dont', core: '"don\'t', tail: '"?', lead: ' ' },
    ]);
  });

  it('takes the parts of a compound as words, joined by their hyphen', () => {
    assert.deepEqual(splitWords('fellow-Americans.'), [
      { key: 'fellow', core: 'fellow', tail: '-', lead: ' ' },
      { key: 'americans', core: 'Americans', tail: '.', lead: '' },
    ]);
  });

  it('gives punctuation that stands alone to the word before it', () => {
    const words = splitWords('\u2013 yes \u2013 no');
    assert.deepEqual(
      words.map((word) => word.core + word.tail),
      ['yes \u2013', 'no'],
    );
  });

  it('finds no words in punctuation or nothing', () => {
    assert.deepEqual(splitWords(' ... '), []);
    assert.deepEqual(splitWords(''), []);
  });
});
