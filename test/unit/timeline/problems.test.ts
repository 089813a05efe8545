import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problems } from '../../../src/timeline/problems.ts';
import {
  delta,
  done,
  goldenSession,
  goldenUtterance,
  message,
  snapshot,
  us,
} from '../../support/goldenSession.ts';
import { timelineLane } from '../../support/timelineLane.ts';

describe('problems', () => {
  test('a golden session has none', () => {
    assert.deepEqual(problems(timelineLane()), []);
  });

  test('come by time, each in words', () => {
    const words = [
      { text: 'hello', startMs: 0, endMs: 100 },
      { text: 'brave', startMs: 700, endMs: 800 },
      { text: 'world', startMs: 900, endMs: 1000 },
      { text: 'again', startMs: 1900, endMs: 2000 },
    ];
    const trace = goldenSession();
    trace.received = [
      delta(1200, 'hello hello brief'),
      message(1250, { type: 'error', code: null, message: 'busy', fatal: false }),
      done(3000, 'hello hello brief again', null),
    ];
    const utterance = { ...goldenUtterance, reference: 'hello brave world again', words };
    assert.deepEqual(problems(timelineLane({ trace, utterance })), [
      { kind: 'stall', atMs: 200, text: 'No text for 1.80 s' },
      { kind: 'error', atMs: 250, text: 'Error: busy' },
      { kind: 'word', atMs: 700, text: 'Wrong word “brave”, shown as “hello”' },
      { kind: 'word', atMs: 900, text: 'Wrong word “world”, shown as “brief”' },
    ]);
  });

  test('missing words lie where they were spoken, those too many where they came', () => {
    const trace = goldenSession();
    trace.received = [done(1300, 'oh hello again', null)];
    assert.deepEqual(
      problems(timelineLane({ trace })).map(({ atMs, text }) => [atMs, text]),
      [
        [300, 'Word too many “oh”'],
        [450, 'Missing word “world”'],
      ],
    );
  });

  test('without word times wrong words lie where they came', () => {
    const utterance = { ...goldenUtterance, reference: 'hello word again', words: null };
    assert.deepEqual(problems(timelineLane({ utterance })), [
      { kind: 'word', atMs: 750, text: 'Wrong word “world”' },
    ]);
  });

  test('a failure is one, and the ten largest revisions are', () => {
    const trace = goldenSession();
    trace.received = Array.from({ length: 14 }, (_, at) =>
      snapshot(1100 + at * 10, `${at} b c d`.slice(0, at % 2 === 0 ? 99 : 4)),
    );
    trace.failure = { atUs: us(1300), reason: 'closed_early', code: null, message: 'It hung up.' };
    const found = problems(timelineLane({ trace }));
    assert.deepEqual(found.at(-1), { kind: 'failure', atMs: 300, text: 'It hung up.' });
    const revisions = found.filter(({ kind }) => kind === 'revision');
    assert.equal(revisions.length, 10);
    assert.equal(revisions[0]?.text, '4 words taken back');
  });

  test('a word rewritten by itself is no problem', () => {
    const trace = goldenSession();
    trace.received = [snapshot(1100, 'wor'), snapshot(1200, 'world'), snapshot(1300, 'word')];
    const utterance = { ...goldenUtterance, reference: null, words: null };
    assert.deepEqual(problems(timelineLane({ trace, utterance })), []);
  });
});
