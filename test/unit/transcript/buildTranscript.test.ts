import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ReceivedMessage } from '../../../src/trace/sessionTrace.ts';
import { timingHints } from '../../../src/transcript/timingHints.ts';
import type { Transcript } from '../../../src/transcript/transcript.ts';
import { errorText, wordFacts } from '../../../src/transcript/wordFacts.ts';
import {
  delta,
  done,
  final,
  goldenSession,
  goldenUtterance,
  message,
  snapshot,
} from '../../support/goldenSession.ts';
import { transcriptOf } from '../../support/transcriptOf.ts';

function received(...messages: ReceivedMessage[]): Transcript {
  const trace = { ...goldenSession(), received: messages };
  return transcriptOf({ trace });
}

function labels(transcript: Transcript, mode: 'gaps' | 'lag' | 'heat'): string[] {
  return timingHints(transcript, mode).map(({ label, atChars }) => `${atChars} ${label}`);
}

describe('a transcript', () => {
  test('has words with their deltas and lags', () => {
    const { words, lines } = transcriptOf();
    assert.deepEqual(
      lines.map(({ text }) => text),
      ['hello world again'],
    );
    assert.deepEqual(
      words.map(({ text, deltas, lagMs, atMs }) => ({ text, deltas, lagMs, atMs })),
      [
        { text: 'hello', deltas: [1], lagMs: 110, atMs: 200 },
        { text: 'world', deltas: [2, 3], lagMs: 110, atMs: 450 },
        { text: 'again', deltas: [4], lagMs: 190, atMs: 700 },
      ],
    );
  });

  test('says gaps at the words in which deltas begin', () => {
    assert.deepEqual(labels(transcriptOf(), 'gaps'), ['6 +90 ms +130 ms', '12 +370 ms']);
  });

  test('says how far behind each delta is, behind the last word that it showed', () => {
    assert.deepEqual(labels(transcriptOf(), 'lag'), ['5 110 ms', '11 110 ms', '17 190 ms']);
    const together = received(delta(1530, 'hello world'), delta(2120, ' again'));
    // world ends at 640 ms, which is after the text: it was guessed.
    assert.deepEqual(labels(together, 'lag'), ['11 -110 ms', '17 190 ms']);
  });

  test('says no lag where arrivals do not relate to the audio', () => {
    const trace = goldenSession();
    trace.audio.pacing = { mode: 'burst', speed: 1, chunkMs: 100 };
    const transcript = transcriptOf({ trace });
    assert.deepEqual(labels(transcript, 'lag'), []);
    assert.notEqual(transcript.noLags, null);
  });

  test('says how often words were rewritten', () => {
    const transcript = received(
      snapshot(1450, 'yellow'),
      snapshot(1530, 'hollow word'),
      snapshot(1600, 'hello world'),
      final(2100, 'hello world again'),
    );
    assert.deepEqual(labels(transcript, 'heat'), ['5 ×2', '11 ×1']);
  });

  test('puts missing words where they belong', () => {
    assert.deepEqual(received(delta(1500, 'hello'), done(2150, 'hello', 1)).missing, [
      { atChars: 5, text: 'world again' },
    ]);
    assert.deepEqual(received(delta(1500, 'again')).missing, [{ atChars: 0, text: 'hello world' }]);
  });

  test('finds missing words by the text where there are no word times', () => {
    const utterance = { ...goldenUtterance, words: null };
    const trace = { ...goldenSession(), received: [delta(1500, 'hello again')] };
    assert.deepEqual(transcriptOf({ trace, utterance }).missing, [{ atChars: 5, text: 'world' }]);
  });

  test('knows what was said instead', () => {
    const { words } = received(delta(1500, 'hello word again'));
    assert.deepEqual(
      words.map((word) => [word.said, errorText(word)]),
      [
        [null, null],
        ['world', 'Substituted: said was'],
        [null, null],
      ],
    );
  });

  test('does not compare what broke off', () => {
    const failure = {
      atUs: 2_000_000,
      reason: 'closed_early' as const,
      code: null,
      message: 'It broke.',
    };
    const trace = { ...goldenSession(), received: [delta(1500, 'word')], failure };
    const transcript = transcriptOf({ trace });
    assert.equal(transcript.isCompared, false);
    assert.deepEqual(transcript.missing, []);
    assert.equal(transcript.words[0]!.operation, null);
  });

  test('has a line for each unit, and what no final confirmed', () => {
    const { lines } = received(
      delta(1500, 'hello', 'a'),
      delta(1600, 'world', 'b'),
      final(1700, 'hello', 'a'),
      message(1800, { type: 'unit', unit: 'empty' }),
      delta(1900, 'again', 'c'),
    );
    assert.deepEqual(
      lines.map(({ text }) => text),
      ['hello', 'world', 'again'],
    );
  });

  test('tells the facts of a word', () => {
    const transcript = transcriptOf();
    assert.deepEqual(wordFacts(transcript, transcript.words[1]!), [
      { label: 'First shown', value: '0:00.750, delta 4 of 6' },
      { label: 'Stable since', value: 'first shown' },
      { label: 'Revisions', value: 'none' },
      { label: 'Spoken', value: '0:00.450 to 0:00.640, says the reference' },
      { label: 'Lag', value: '110 ms from its end to its text' },
    ]);
  });
});
