import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import {
  charsAt,
  positionOf,
  WordTimes,
  wordAt,
  wordNear,
} from '../../../src/transcript/positions.ts';
import { timingHints, timingModes } from '../../../src/transcript/timingHints.ts';
import { wordFacts } from '../../../src/transcript/wordFacts.ts';
import { anUtterance, sessionTrace } from '../../support/arbitraryTrace.ts';
import { longSession } from '../../support/longSession.ts';
import { transcriptOf } from '../../support/transcriptOf.ts';

const shown = fc.record({ trace: sessionTrace, utterance: anUtterance }).map((input) => ({
  text: replayTranscript(input.trace.received).text,
  transcript: transcriptOf(input),
}));

describe('any transcript', () => {
  test('has every displayed character in exactly one line', () => {
    fc.assert(
      fc.property(shown, ({ text, transcript: { lines } }) => {
        const covered = lines.map((line) => text.slice(line.startChars, line.endChars)).join('');
        assert.equal(covered, text);
        for (const [at, line] of lines.entries()) {
          assert.ok(line.endChars > line.startChars);
          assert.equal(line.startChars, lines[at - 1]?.endChars ?? 0);
          // One line to an editor, each character where it was.
          assert.doesNotMatch(line.text, /[\p{Cc}\u2028\u2029]/u);
          const whole = text.slice(line.startChars, line.endChars);
          assert.equal(line.text.length, whole.trimEnd().length);
        }
      }),
    );
  });

  test('leads from characters to places and back', () => {
    fc.assert(
      fc.property(shown, ({ text, transcript }) => {
        for (let chars = 0; chars < text.length; chars++) {
          const position = positionOf(transcript, chars);
          const line = transcript.lines[position.line]!;
          if (chars < line.startChars + line.text.length) {
            assert.equal(charsAt(transcript, position), chars);
          } else assert.equal(position.character, line.text.length);
        }
      }),
    );
  });

  test('has each word within one line, as it is displayed', () => {
    fc.assert(
      fc.property(shown, ({ text, transcript }) => {
        transcript.words.forEach((word, place) => {
          assert.equal(text.slice(word.startChars, word.endChars), word.text);
          assert.equal(wordAt(transcript, word.startChars), place);
          assert.equal(wordNear(transcript, word.endChars - 1), place);
          assert.ok(word.deltas.length > 0);
          assert.ok(word.deltas.every((delta) => delta < transcript.deltas.length));
        });
      }),
    );
  });

  test('has hints in order, at places of the text, and facts of every word', () => {
    fc.assert(
      fc.property(shown, ({ text, transcript }) => {
        for (const mode of timingModes) {
          let last = 0;
          for (const { atChars, label, meaning } of timingHints(transcript, mode)) {
            assert.ok(atChars >= last && atChars <= text.length);
            assert.doesNotMatch(`${label}${meaning}`, /NaN|undefined|Infinity/);
            last = atChars;
          }
        }
        for (const word of transcript.words) {
          const facts = wordFacts(transcript, word).map(({ value }) => value);
          assert.doesNotMatch(facts.join(), /NaN|undefined|Infinity/);
        }
        for (const { atChars, text: missing } of transcript.missing) {
          assert.ok(atChars >= 0 && atChars <= text.length);
          assert.notEqual(missing, '');
        }
      }),
    );
  });

  test('comes back to the word that the playhead was moved to', () => {
    fc.assert(
      fc.property(shown, ({ transcript: { words } }) => {
        const times = new WordTimes(words);
        for (const { atMs } of words) {
          assert.ok(Number.isFinite(atMs));
          assert.ok(Math.abs(words[times.placeAt(atMs)]!.atMs - atMs) <= 0.5);
        }
        assert.equal(times.placeAt(-Infinity), -1);
      }),
    );
  });
});

test('an hour of speech takes no longer than the timeline of it', () => {
  const { words, lines } = transcriptOf(longSession());
  assert.equal(words.length, 10_000);
  assert.ok(lines.length > 500);
});
