import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  messagesWithoutModelHeaders,
  withoutModelHeaders,
} from '../../../src/metrics/modelHeaders.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import { delta, final, snapshot } from '../../support/goldenSession.ts';

describe('headers that a model left in its text', () => {
  test('are not shown, and the text after them has its own time', () => {
    const received = [
      delta(1, 'language'),
      delta(2, ' English'),
      delta(3, '<asr_text>'),
      delta(4, 'Hello there.'),
      delta(5, 'language'),
      delta(6, ' None<asr_text>And so on.'),
      final(7, 'language English<asr_text>Hello there.language None<asr_text>And so on.'),
    ];
    const replay = replayTranscript(received);
    assert.equal(replay.text, 'Hello there. And so on.');
    assert.equal(replay.streamedText, 'Hello there. And so on.');
    assert.deepEqual(replay.editMessages, [3, 4, 5]);
    assert.deepEqual(
      replay.deltas.map(({ blank }) => blank),
      [true, true, true, false, true, false],
    );
    assert.ok(replay.edits.every(({ appends }) => appends));
  });

  test('are not shown where the text is given anew', () => {
    const replay = replayTranscript([
      snapshot(1, 'language Chinese<asr_text>你', 'a'),
      snapshot(2, 'language Chinese<asr_text>你好', 'a'),
      final(3, 'language Chinese<asr_text>', 'b'),
    ]);
    assert.equal(replay.text, '你好');
  });

  test('are the model’s own only: speech about languages stays', () => {
    const said = 'The language English is a language model <unk>.';
    assert.equal(withoutModelHeaders(said), said);
    const received = [delta(1, 'language English'), delta(2, ' <asr'), final(3, said)];
    assert.equal(messagesWithoutModelHeaders(received), received);
  });

  test('keep the words around them apart', () => {
    assert.equal(withoutModelHeaders('one language English<asr_text>two'), 'one two');
    assert.equal(withoutModelHeaders('one.language English <asr_text> two'), 'one. two');
    assert.equal(withoutModelHeaders('one.language English<asr_text>two'), 'one. two');
  });
});
