import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { applyEdit, type TextEdit } from '../../../src/metrics/displayedText.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import { wordEmissions } from '../../../src/metrics/wordEmission.ts';
import { lightForm, rawForm, wordsOf } from '../../../src/metrics/wordForms.ts';
import { applyStep, finalWords, wordSteps } from '../../../src/metrics/wordSteps.ts';
import { receivedMessages } from '../../support/arbitraryTrace.ts';
import { delta, snapshot, us } from '../../support/goldenSession.ts';

describe('word forms', () => {
  test('light ignores case and outer punctuation, and keeps inner', () => {
    assert.deepEqual(wordsOf('“Hello,” — said  O’Neil-Smith.', lightForm), [
      'hello',
      'said',
      'o’neil-smith',
    ]);
    assert.deepEqual(wordsOf('Hello, — x', rawForm), ['Hello,', '—', 'x']);
  });

  test('scripts without spaces are counted by character', () => {
    assert.deepEqual(wordsOf('我用iphone。', lightForm), ['我', '用', 'iphone']);
    assert.deepEqual(wordsOf('กำลัง', rawForm).join(''), 'กำลัง');
  });

  test('a run without any space is cut', () => {
    const words = wordsOf('ha'.repeat(150), rawForm);
    assert.deepEqual(
      words.map((word) => word.length),
      [100, 100, 100],
    );
  });
});

describe('word steps', () => {
  for (const [name, form] of Object.entries({ rawForm, lightForm })) {
    test(`give the words of the displayed text after every edit (${name})`, () => {
      fc.assert(
        fc.property(receivedMessages, (received) => {
          const { edits } = replayTranscript(received);
          const steps = wordSteps(edits, form);
          const words: string[] = [];
          const texts = textsAfter(edits);
          texts.forEach((text, editIndex) => {
            const before = [...words];
            const step = steps.find((candidate) => candidate.editIndex === editIndex);
            if (step) {
              assert.equal(step.keptWords + step.removedWords, before.length);
              applyStep(words, step);
              assert.notDeepEqual(words, before, 'a step changes something');
              assert.notEqual(words[step.keptWords] ?? '', before[step.keptWords] ?? '');
            }
            assert.deepEqual(words, wordsOf(text, form));
          });
        }),
        { numRuns: 200 },
      );
    });
  }

  test('emissions are as their definition says, position by position', () => {
    fc.assert(
      fc.property(receivedMessages, (received) => {
        const { edits } = replayTranscript(received);
        const steps = wordSteps(edits, lightForm);
        const shown = textsAfter(edits).map((text) => wordsOf(text, lightForm));
        const last = finalWords(steps);
        const naive = last.map((word, k) => {
          const first = shown.findIndex((words) => words[k] === word);
          const broken = shown.findLastIndex((words) => words[k] !== word);
          return { firstUs: edits[first]!.atUs, stableUs: edits[broken + 1]!.atUs };
        });
        assert.deepEqual(wordEmissions(steps), naive);
      }),
      { numRuns: 200 },
    );
  });

  test('a word is emitted when its last character arrives', () => {
    const { edits } = replayTranscript([delta(1, ' wor'), delta(2, 'ld'), delta(3, '.')]);
    assert.deepEqual(wordEmissions(wordSteps(edits, lightForm)), [
      { firstUs: us(2), stableUs: us(2) },
    ]);
  });

  test('a revised word is stable when it last came back', () => {
    const received = [snapshot(1, 'world'), snapshot(2, 'word'), snapshot(3, 'world')];
    const steps = wordSteps(replayTranscript(received).edits, lightForm);
    assert.deepEqual(wordEmissions(steps), [{ firstUs: us(1), stableUs: us(3) }]);
  });
});

function textsAfter(edits: readonly TextEdit[]): string[] {
  let text = '';
  return edits.map((edit) => (text = applyEdit(text, edit)));
}
