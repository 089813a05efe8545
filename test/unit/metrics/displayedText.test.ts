import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { ReceivedMessage } from '../../../src/trace/sessionTrace.ts';
import { applyEdit, displayedTextAt } from '../../../src/metrics/displayedText.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import { receivedMessages } from '../../support/arbitraryTrace.ts';
import { delta, final, message, snapshot, us } from '../../support/goldenSession.ts';

/** The text displayed after each change. */
function displays(...received: ReceivedMessage[]): string[] {
  let text = '';
  return replayTranscript(received).edits.map((edit) => (text = applyEdit(text, edit)));
}

describe('displayed text', () => {
  test('deltas append, the final replaces', () => {
    const shown = displays(
      delta(1, ' hello'),
      delta(2, ' wor'),
      delta(3, 'ld'),
      final(4, 'Hello.'),
    );
    assert.deepEqual(shown, ['hello', 'hello wor', 'hello world', 'Hello.']);
  });

  test('a snapshot replaces its unit and leaves the others', () => {
    const shown = displays(
      final(1, 'One.', 'a'),
      snapshot(2, 'to', 'b'),
      snapshot(3, 'two', 'b'),
      final(4, 'Two.', 'b'),
      delta(5, 'three', 'c'),
    );
    assert.deepEqual(shown, ['One.', 'One. to', 'One. two', 'One. Two.', 'One. Two. three']);
  });

  test('units keep the order in which they appeared', () => {
    const shown = displays(
      delta(1, 'one', 'a'),
      delta(2, 'two', 'b'),
      final(3, 'One!', 'a'),
      delta(4, ' more', 'b'),
    );
    assert.deepEqual(shown, ['one', 'one two', 'One! two', 'One! two more']);
  });

  test('units of scripts without spaces are joined without one', () => {
    assert.deepEqual(displays(final(1, '你好。', 'a'), final(2, '再见', 'b')).at(-1), '你好。再见');
    assert.deepEqual(displays(final(1, '你好', 'a'), final(2, 'bye', 'b')).at(-1), '你好 bye');
  });

  test('what comes after the final of its unit is kept out', () => {
    const received = [
      delta(1, 'hello'),
      final(2, 'hello'),
      delta(3, ' more'),
      snapshot(4, 'other'),
    ];
    const replay = replayTranscript(received);
    assert.equal(replay.text, 'hello');
    assert.equal(replay.lateDeltas, 2);
    assert.equal(replay.deltas.length, 1);
  });

  test('an edit tells the message that made it', () => {
    const received = [
      message(1, { type: 'ready' }),
      delta(2, 'hello'),
      delta(2, ''),
      delta(2, ' world'),
      final(3, 'hello world'),
      final(3, 'Hello.', 'b'),
    ];
    const { edits, editMessages } = replayTranscript(received);
    assert.deepEqual(editMessages, [1, 3, 5]);
    assert.equal(editMessages.length, edits.length);
  });

  test('blank messages change nothing', () => {
    assert.deepEqual(displays(delta(1, ''), delta(2, ' '), final(3, '')), []);
    assert.deepEqual(displays(delta(1, 'hello'), final(2, '  ')), ['hello']);
  });

  test('a message is shown as a whole', () => {
    const both = message(
      5,
      { type: 'text', mode: 'append', unit: '', text: 'helo' },
      { type: 'final', unit: '', text: 'hello' },
    );
    assert.deepEqual(displays(both), ['hello']);
  });

  test('at an instant holds all events up to and at it', () => {
    const { edits } = replayTranscript([delta(1, 'one'), delta(2, ' two'), delta(3, ' three')]);
    assert.equal(displayedTextAt(edits, us(0.999)), '');
    assert.equal(displayedTextAt(edits, us(2)), 'one two');
    assert.equal(displayedTextAt(edits, us(99)), 'one two three');
  });

  test('after the edits of any beginning is the text of that beginning replayed alone', () => {
    fc.assert(
      fc.property(receivedMessages, (received) => {
        const { edits } = replayTranscript(received);
        let text = '';
        let applied = 0;
        received.forEach((_, index) => {
          const part = replayTranscript(received.slice(0, index + 1));
          while (applied < part.edits.length) text = applyEdit(text, edits[applied++]!);
          assert.equal(text, part.text);
        });
        assert.equal(applied, edits.length);
      }),
      { numRuns: 200 },
    );
  });

  test('of one unit follows the rules said directly', () => {
    const oneUnit = receivedMessages.map((received) =>
      received.map((one) => ({
        ...one,
        events: one.events.map((event) => ('unit' in event ? { ...event, unit: '' } : event)),
      })),
    );
    fc.assert(
      fc.property(oneUnit, (received) => {
        let shown = '';
        let finished = false;
        for (const event of received.flatMap((one) => one.events)) {
          if (event.type === 'final') {
            finished = true;
            if (event.text.trim() !== '') shown = event.text;
          } else if (event.type === 'text' && !finished) {
            shown = event.mode === 'append' ? shown + event.text : event.text;
          }
          shown = shown.trimStart();
        }
        assert.equal(replayTranscript(received).text, shown);
      }),
    );
  });

  test('only an edit that takes nothing back is said to append', () => {
    fc.assert(
      fc.property(receivedMessages, (received) => {
        let length = 0;
        for (const edit of replayTranscript(received).edits) {
          if (edit.appends) assert.equal(edit.keptChars, length);
          length = edit.keptChars + edit.addedText.length;
        }
      }),
    );
  });
});
