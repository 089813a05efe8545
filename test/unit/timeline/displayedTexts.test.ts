import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import { DisplayedTexts, contextChars } from '../../../src/timeline/displayedTexts.ts';
import type { ReceivedMessage } from '../../../src/trace/sessionTrace.ts';
import { delta, goldenSession, snapshot } from '../../support/goldenSession.ts';
import { receivedMessages } from '../../support/arbitraryTrace.ts';
import { longSession } from '../../support/longSession.ts';
import { timelineLane } from '../../support/timelineLane.ts';

const golden = new DisplayedTexts(timelineLane().deltas);

function textsOf(received: ReceivedMessage[]): DisplayedTexts {
  return new DisplayedTexts(timelineLane({ trace: { ...goldenSession(), received } }).deltas);
}

describe('displayed texts', () => {
  test('stand after each delta', () => {
    const texts = [-1, 0, 1, 2, 3, 4, 5].map((place) => golden.textAfter(place));
    assert.deepEqual(texts, [
      '',
      '',
      'hello',
      'hello wor',
      'hello world',
      'hello world again',
      'hello world again',
    ]);
  });

  test('change at the instant a delta arrives', () => {
    assert.equal(golden.deltaAt(-1000), -1);
    assert.equal(golden.textAt(529.999), '');
    assert.equal(golden.textAt(530), 'hello');
    assert.equal(golden.deltaAt(1e9), 5);
  });

  test('a change says what stayed, went and came', () => {
    const texts = textsOf([snapshot(1100, 'hello word'), snapshot(1200, 'hello world again')]);
    assert.deepEqual(texts.changeOf(1), {
      keptTail: 'hello wor',
      removed: 'd',
      added: 'ld again',
    });
    assert.deepEqual(golden.changeOf(2), { keptTail: 'hello', removed: '', added: ' wor' });
    assert.deepEqual(golden.changeOf(5), {
      keptTail: 'hello world again',
      removed: '',
      added: '',
    });
  });

  test('a change never cuts a character in two', () => {
    const texts = textsOf([snapshot(1100, 'a😀'), snapshot(1200, 'a😁')]);
    assert.deepEqual(texts.changeOf(1), { keptTail: 'a', removed: '😀', added: '😁' });
    const long = textsOf([delta(1100, '😀'.repeat(contextChars)), delta(1200, ' b')]);
    assert.doesNotMatch(long.changeOf(1).keptTail, /\p{Surrogate}/u);
    assert.equal(Array.from(long.changeOf(1).keptTail).length, contextChars / 2);
  });

  test('are those of the replay up to each message', () => {
    fc.assert(
      fc.property(receivedMessages, (received) => {
        const lane = timelineLane({ trace: { ...goldenSession(), received } });
        const texts = new DisplayedTexts(lane.deltas);
        lane.deltas.messages.forEach((message, row) => {
          const { text } = replayTranscript(received.slice(0, message + 1));
          assert.equal(texts.textAfter(row), text);
          assert.equal(texts.charsAfter(row), text.length);
          const { keptTail, removed, added } = texts.changeOf(row);
          assert.ok(text.endsWith(keptTail + added));
          assert.ok(texts.textAfter(row - 1).endsWith(keptTail + removed));
        });
      }),
    );
  });

  for (const revisable of [false, true]) {
    test(`also of many deltas, ${revisable ? 'revised' : 'appended'}`, () => {
      const lane = timelineLane(longSession({ durationMs: 60_000, deltas: 3000, revisable }));
      const texts = new DisplayedTexts(lane.deltas);
      let shown = '';
      lane.deltas.texts.forEach((added, row) => {
        shown = shown.slice(0, lane.deltas.keptChars[row]) + added;
        assert.equal(texts.textAfter(row), shown);
      });
      assert.ok(shown.length > 3000);
    });
  }
});
