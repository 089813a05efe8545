import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { anchorWord } from '../../../../src/endpoint/recogniser/anchorWord.ts';
import { LocalAgreement } from '../../../../src/endpoint/recogniser/localAgreement.ts';
import { splitWords } from '../../../../src/endpoint/recogniser/words.ts';

/** What is said after each hypothesis, and at the end of the segment. */
function run(hypotheses: string[], final: string): string[] {
  const agreement = new LocalAgreement();
  const said = hypotheses.map((hypothesis) => agreement.update(hypothesis));
  return [...said, agreement.endSegment(final, false)];
}

describe('LocalAgreement', () => {
  it('says a word once two hypotheses in a row agree on it', () => {
    assert.deepEqual(run(['And', 'and so', 'And so my'], 'And so my fellow.'), [
      '',
      'and',
      ' so',
      ' my fellow.',
    ]);
  });

  it('holds punctuation back until the word after it is agreed', () => {
    const said = run(
      ['for you?', 'for you? Ask', 'for you, ask what', 'for you, ask what'],
      'for you, ask what.',
    );
    assert.deepEqual(said, ['', 'for you', ', ask', ' what', '.']);
  });

  it('goes on after what was said when a later hypothesis differs', () => {
    const said = run(['the cat sat', 'the cat sat', 'a cat sat down'], 'a cat sat down there');
    assert.deepEqual(said, ['', 'the cat sat', '', ' down there']);
  });

  it('completes a compound whose first part was said', () => {
    assert.deepEqual(run(['my fellow', 'my fellow'], 'my fellow-Americans.'), [
      '',
      'my fellow',
      '-Americans.',
    ]);
  });

  it('separates segments by a space', () => {
    const agreement = new LocalAgreement();
    assert.equal(agreement.endSegment('One.', false), 'One.');
    assert.equal(agreement.endSegment('', false), '');
    assert.equal(agreement.endSegment('Two.', false), ' Two.');
  });

  it('does not say again after a cut what was said beyond it', () => {
    const agreement = new LocalAgreement();
    agreement.update('one two three four');
    assert.equal(agreement.update('one two three four'), 'one two three four');
    assert.equal(agreement.endSegment('One two', true), '');
    assert.equal(agreement.update('three four five'), '');
    assert.equal(agreement.update('three four five'), ' five');
    assert.equal(agreement.endSegment('three four five.', false), '.');
  });

  it('says the final text, word for word, when no hypothesis contradicted it', () => {
    const words = fc.array(fc.constantFrom('a', 'Bee', 'sea,', 'dee.', 'ee-ff', 'g?'), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(words, fc.array(fc.nat(30)), (all, lengths) => {
        const growing = lengths.toSorted((a, b) => a - b).map((n) => all.slice(0, n).join(' '));
        const said = run(growing, all.join(' ')).join('');
        assert.equal(letters(said), letters(all.join(' ')));
        assert.ok(said.endsWith(splitWords(all.join(' ')).at(-1)?.tail ?? ''));
      }),
    );
  });

  it('says clean text whatever the hypotheses are: words with single spaces, none lost', () => {
    const text = fc
      .array(fc.constantFrom('a', 'B,', 'see.', 'd-e', '\u2013', 'so', 'so?'), { maxLength: 8 })
      .map((parts) => parts.join(' '));
    const segment = fc.record({
      updates: fc.array(text, { maxLength: 6 }),
      final: text,
      cut: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 4 }), (segments) => {
        const agreement = new LocalAgreement();
        let said = '';
        for (const { updates, final, cut } of segments) {
          for (const hypothesis of updates) said += agreement.update(hypothesis);
          said += agreement.endSegment(final, cut);
        }
        assert.doesNotMatch(said, /^\s| {2}|\s$/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('anchorWord', () => {
  it('is the whole said text when the text begins with it', () => {
    const words = fc.array(fc.constantFrom('alpha', 'beta', 'gamma', 'delta'));
    fc.assert(
      fc.property(words, words, (said, more) => {
        const text = splitWords([...said, ...more].join(' '));
        assert.equal(anchorWord(splitWords(said.join(' ')), text), said.length);
      }),
    );
  });

  it('takes a different word for a substitution rather than for a missing one', () => {
    assert.equal(anchorWord(splitWords('for yew'), splitWords('for you ask')), 2);
  });

  it('ignores where compounds are parted', () => {
    assert.equal(anchorWord(splitWords('every one knows'), splitWords('everyone knows him')), 2);
  });
});

function letters(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}]/gu, '');
}
