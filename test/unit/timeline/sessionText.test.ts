import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ReceivedMessage } from '../../../src/trace/sessionTrace.ts';
import type { TimedWord } from '../../../src/trace/transcriptEvent.ts';
import { deltaKinds, type TimelineSession } from '../../../src/timeline/timelineSession.ts';
import {
  delta,
  done,
  final,
  goldenSession,
  goldenUtterance,
  message,
  snapshot,
} from '../../support/goldenSession.ts';
import { timelineLane } from '../../support/timelineLane.ts';

function laneOf(received: ReceivedMessage[], reference: string, words?: TimedWord[]) {
  const utterance = { ...goldenUtterance, reference, words: words ?? null };
  return timelineLane({ trace: { ...goldenSession(), received }, utterance });
}

function kindsOf({ deltas }: TimelineSession): string[] {
  return Array.from(deltas.kinds, (kind) => deltaKinds[kind]!);
}

function timed(...texts: string[]): TimedWord[] {
  return texts.map((text, at) => ({ text, startMs: at * 100, endMs: at * 100 + 90 }));
}

describe('revisable partials', () => {
  const lane = laneOf(
    [
      snapshot(1100, 'i'),
      snapshot(1200, 'i scream'),
      snapshot(1300, 'ice cream'),
      snapshot(1300, 'ice cream'),
      snapshot(1400, 'ice cream is'),
      final(1500, 'Ice cream is good.'),
    ],
    'ice cream is good',
  );

  test('say what stays, what comes and what was taken back', () => {
    assert.deepEqual(kindsOf(lane), [
      'replace',
      'replace',
      'replace',
      'replace',
      'replace',
      'final',
    ]);
    assert.deepEqual([...lane.deltas.keptChars], [0, 1, 1, 9, 9, 0]);
    assert.deepEqual(lane.deltas.texts, [
      'i',
      ' scream',
      'ce cream',
      '',
      ' is',
      'Ice cream is good.',
    ]);
    assert.deepEqual([...lane.deltas.erasedWords], [0, 0, 2, 0, 0, 3]);
    assert.deepEqual([...lane.deltas.hasText], [1, 1, 1, 1, 1, 0]);
  });

  test('count how often each word was rewritten, letter case aside', () => {
    assert.deepEqual(
      lane.words.map(({ text, revisions, firstMs, stableMs }) => [
        text,
        revisions,
        firstMs,
        stableMs,
      ]),
      [
        ['Ice', 1, 300, 300],
        ['cream', 1, 300, 300],
        ['is', 0, 400, 400],
        ['good.', 0, 500, 500],
      ],
    );
  });

  test('have figures that append-only text has not', () => {
    const labels = lane.figures.map(({ label, value }) => `${label} ${value}`);
    assert.ok(labels.includes('Revisions 2'), labels.join());
    assert.ok(labels.includes('Erasure 1.250'), labels.join());
    assert.ok(!timelineLane().figures.some(({ label }) => label === 'Revisions'));
  });

  test('a word that went and came back is stable from its return', () => {
    const { words } = laneOf(
      [snapshot(1100, 'a cat'), snapshot(1200, 'a hat'), final(1300, 'a cat')],
      'a cat',
    );
    assert.deepEqual([words[1]?.firstMs, words[1]?.stableMs, words[1]?.revisions], [100, 300, 2]);
  });
});

describe('several units', () => {
  const lane = laneOf(
    [
      delta(1100, 'one', 'a'),
      delta(1200, 'two', 'b'),
      delta(1300, ' more', 'a'),
      final(1400, 'One more.', 'a'),
      delta(1450, ' late', 'a'),
      final(1500, 'Two.', 'b'),
    ],
    'one more two',
  );

  test('are one text', () => {
    assert.deepEqual(kindsOf(lane), ['append', 'append', 'append', 'final', 'late', 'final']);
    assert.deepEqual(lane.deltas.texts, ['one', ' two', 'more two', 'One more. two', '', 'Two.']);
    assert.deepEqual([...lane.deltas.keptChars], [0, 3, 4, 0, 13, 10]);
  });

  test('a late delta changes nothing and is no text', () => {
    assert.deepEqual([...lane.deltas.hasText], [1, 1, 1, 0, 0, 0]);
    assert.equal(lane.words.map(({ text }) => text).join(' '), 'One more. Two.');
  });

  test('a message with a delta and a final is a final with text', () => {
    const both = laneOf(
      [
        message(
          1100,
          { type: 'text', mode: 'append', unit: '', text: 'hello' },
          { type: 'final', unit: '', text: 'hello' },
        ),
      ],
      'hello',
    );
    assert.deepEqual(kindsOf(both), ['final']);
    assert.deepEqual([...both.deltas.hasText], [1]);
    assert.deepEqual(both.deltas.texts, ['hello']);
  });

  test('messages without text make no rows', () => {
    const { deltas } = laneOf([message(1000, { type: 'ready' }), delta(1100, 'a')], 'a');
    assert.deepEqual([...deltas.messages], [1]);
  });
});

describe('words', () => {
  test('punctuation by itself belongs to the word before it, at the start to the one behind', () => {
    const { words } = laneOf([done(1100, '— 你好， world !', 1)], '');
    assert.deepEqual(
      words.map(({ text }) => text),
      ['— 你', '好，', 'world !'],
    );
  });

  test('say what became of the reference and what stands for it', () => {
    const lane = laneOf(
      [done(1100, 'the big box jumps up', 5)],
      'the fox jumps over',
      timed('the', 'brown', 'fox', 'jumps', 'high', 'over'),
    );
    assert.deepEqual(
      lane.referenceWords?.map(({ operation, shownAs }) => [operation, shownAs]),
      [
        ['equal', null],
        ['substitute', 'big'],
        ['substitute', 'box'],
        ['equal', null],
        ['substitute', 'up'],
        ['delete', null],
      ],
    );
    assert.deepEqual(
      lane.words.map(({ operation, startMs }) => [operation, startMs]),
      [
        ['equal', 0],
        ['substitute', null],
        ['substitute', null],
        ['equal', 300],
        ['substitute', null],
      ],
    );
  });

  test('a reference word of several characters is divided among them', () => {
    const lane = laneOf([done(1100, '你好', 1)], '你好', [
      { text: '你好', startMs: 200, endMs: 600 },
    ]);
    assert.deepEqual(
      lane.words.map(({ startMs, endMs }) => [startMs, endMs]),
      [
        [200, 400],
        [400, 600],
      ],
    );
    assert.deepEqual(lane.lags, [{ endMs: 600, arrivalMs: 100, text: '你好' }]);
    assert.equal(lane.referenceWords?.[0]?.operation, 'equal');
  });

  test('a reference word of which one part is missing is wrong', () => {
    const lane = laneOf([done(1100, '好', 1)], '你好', [{ text: '你好', startMs: 0, endMs: 2 }]);
    const [word] = lane.referenceWords ?? [];
    assert.deepEqual([word?.operation, word?.shownAs], ['substitute', '好']);
  });

  test('are compared with the reference text where there are no times', () => {
    const { words, referenceWords } = laneOf([done(1100, 'a b d', 3)], 'a c d');
    assert.equal(referenceWords, null);
    assert.deepEqual(
      words.map(({ operation }) => operation),
      ['equal', 'substitute', 'equal'],
    );
  });

  test('the server’s times go before the reference’s', () => {
    const lane = laneOf(
      [
        delta(1100, 'hello there'),
        message(1150, { type: 'words', unit: '', words: timed('Hello') }),
        message(1200, {
          type: 'words',
          unit: '',
          words: [{ text: 'Hello,', startMs: 11, endMs: 22 }],
        }),
      ],
      'hello there',
      [
        { text: 'hello', startMs: 1, endMs: 2 },
        { text: 'there', startMs: 3, endMs: 4 },
      ],
    );
    assert.deepEqual(
      lane.words.map(({ startMs, endMs, source }) => [startMs, endMs, source]),
      [
        [11, 22, 'server'],
        [3, 4, 'reference'],
      ],
    );
    assert.deepEqual(
      lane.lags.map(({ endMs }) => endMs),
      [2, 4],
      'latencies rest on the reference alone',
    );
  });
});

describe('events of the server', () => {
  test('keep what they say of the audio, and long labels are cut between characters', () => {
    const lane = laneOf(
      [
        message(1100, { type: 'speech', state: 'started', audioMs: 40 }),
        message(1200, { type: 'speech', state: 'stopped', audioMs: null }),
        message(1300, { type: 'error', code: 'slow', message: '😀'.repeat(300), fatal: false }),
        message(1400, { type: 'other', name: 'rate_limits' }),
      ],
      '',
    );
    const received = lane.events.filter(({ message: place }) => place !== null);
    assert.deepEqual(
      received.map(({ kind, audioMs }) => [kind, audioMs]),
      [
        ['speechStarted', 40],
        ['speechStopped', null],
        ['error', null],
        ['other', null],
      ],
    );
    const { label } = received[2]!;
    assert.ok(label.startsWith('Error slow: 😀') && label.endsWith('😀…'), label);
    assert.doesNotMatch(label, /\p{Surrogate}/u);
  });
});
