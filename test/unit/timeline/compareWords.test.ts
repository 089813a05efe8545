import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { HeadlineRate } from '../../../src/metrics/text/chooseProfile.ts';
import { editDistance } from '../../../src/metrics/text/editDistance.ts';
import { scoredUnits } from '../../../src/metrics/text/scoredUnits.ts';
import { scorePair } from '../../../src/metrics/text/scorePair.ts';
import { textProfile, textProfiles } from '../../../src/metrics/text/textProfiles.ts';
import { lightForm, wordsOf } from '../../../src/metrics/wordForms.ts';
import { compareWords } from '../../../src/timeline/compareWords.ts';
import { unitPlaces, type CutText, type UnitsOf } from '../../../src/timeline/unitPlaces.ts';
import { shownTokens } from '../../../src/timeline/wordTokens.ts';
import { anUtterance, sessionTrace, transcriptText } from '../../support/arbitraryTrace.ts';
import { done, goldenSession, goldenUtterance } from '../../support/goldenSession.ts';
import { timelineLane } from '../../support/timelineLane.ts';

const english = scoredUnits(textProfile('en-whisper@1'), 'wer');
const identity: UnitsOf = (text) => wordsOf(text, lightForm);

function cutText(text: string): CutText {
  return { text, words: shownTokens(text) };
}

/** Each unit with the words it is made of. */
function placed(text: string, unitsOf: UnitsOf = english): string[] {
  const { words } = cutText(text);
  const { units, firstWord, endWord } = unitPlaces({ text, words }, unitsOf, unitsOf);
  return units.map((unit, at) => {
    const of = words.slice(firstWord[at], endWord[at]).map((word) => word.text);
    return `${unit} < ${of.join(' ')}`;
  });
}

/** The words that are not equal, with what they are. */
function wrongWords(reference: string, shown: string, unitsOf: UnitsOf = english) {
  const [spoken, displayed] = [cutText(reference), cutText(shown)];
  const comparison = compareWords(spoken, displayed, unitsOf);
  const wrong = ({ words }: CutText, operations: readonly string[]) =>
    operations.flatMap((operation, at) =>
      operation === 'equal' ? [] : [`${operation} ${words[at]!.text}`],
    );
  return {
    reference: wrong(spoken, comparison.reference),
    shown: wrong(displayed, comparison.shown),
  };
}

describe('the words that units are made of', () => {
  test('are one where a word says the same by itself', () => {
    assert.deepEqual(placed('A colour, Mr. Smith'), [
      'a < A',
      'color < colour,',
      'mister < Mr.',
      'smith < Smith',
    ]);
    assert.deepEqual(placed("don't go"), ["do < don't", "not < don't", 'go < go']);
  });

  test('are several where a number is spoken', () => {
    assert.deepEqual(placed('March fourteenth, twenty twenty five, we'), [
      'march < March',
      '14th < fourteenth,',
      '2025 < twenty twenty five,',
      'we < we',
    ]);
    assert.deepEqual(placed('for one thousand two hundred and fifty dollars each.'), [
      'for < for',
      '$1250 < one thousand two hundred and fifty dollars',
      'each < each.',
    ]);
  });

  test('are told apart where numbers follow each other', () => {
    assert.deepEqual(placed('twenty five percent um fifty two percent'), [
      '25% < twenty five percent',
      '52% < um fifty two percent',
    ]);
  });

  test('follow the words beside them', () => {
    assert.deepEqual(placed("she's been there"), [
      "she < she's",
      "has < she's",
      'been < been',
      'there < there',
    ]);
  });

  test('are characters where characters are counted', () => {
    const characters = scoredUnits(textProfile('basic@1'), 'cer_nospace');
    assert.deepEqual(placed('你好， ok', characters), ['你 < 你', '好 < 好，', 'o < ok', 'k < ok']);
    const words = scoredUnits(textProfile('basic@1'), 'wer');
    assert.deepEqual(placed('你好 ok', words), ['你好 < 你 好', 'ok < ok']);
  });

  test('of long stretches are the whole stretch', () => {
    const percents = Array.from({ length: 30 }, () => 'two percent').join(' ');
    const places = unitPlaces(cutText(percents), english, english);
    assert.equal(places.units.length, 30);
    assert.ok(places.endWord.every((end) => end === 60));
  });
});

describe('words compared by a profile', () => {
  const spoken = 'On March 14th 2025 we bought 36 microphones for $1,250 about $35 each';

  test('are right however a number is written', () => {
    const shown =
      'On March fourteenth, twenty twenty five, we bought thirty six microphones ' +
      'for one thousand two hundred and fifty dollars each.';
    assert.deepEqual(wrongWords(spoken, shown), {
      reference: ['delete about', 'delete $35'],
      shown: [],
    });
  });

  test('are wrong together where their number is', () => {
    assert.deepEqual(wrongWords('in 2025 we', 'in twenty twenty four we'), {
      reference: ['substitute 2025'],
      shown: ['substitute twenty', 'substitute twenty', 'substitute four'],
    });
  });

  test('are right in any spelling, with fillers, contracted or not', () => {
    const pairs: [string, string][] = [
      ["I don't like the colour", 'I do not, um, like the color'],
      ["she's been there", 'she has been there'],
      ['Dr. Jones (laughs) left.', 'doctor jones left'],
      ['naïve café', 'naive cafe'],
    ];
    for (const [reference, shown] of pairs) {
      assert.deepEqual(wrongWords(reference, shown), { reference: [], shown: [] }, shown);
    }
  });

  test('are wrong where half of them is', () => {
    assert.deepEqual(wrongWords("I don't know", 'I do know'), {
      reference: ["substitute don't"],
      shown: [],
    });
  });

  test('count case and punctuation where the profile does', () => {
    const none = scoredUnits(textProfile('none@1'), 'wer');
    assert.deepEqual(wrongWords('Hello, world', 'hello, World', none), {
      reference: ['substitute Hello,', 'substitute world'],
      shown: ['substitute hello,', 'substitute World'],
    });
  });

  test('are characters in Chinese', () => {
    for (const rate of ['mixer', 'cer_nospace'] as const) {
      const unitsOf = scoredUnits(textProfile('cjk-char@1'), rate);
      assert.deepEqual(wrongWords('我要２杯咖啡。', '我要2杯 茶啡', unitsOf), {
        reference: ['substitute 咖'],
        shown: ['substitute 茶'],
      });
    }
  });
});

describe('by any profile', () => {
  const rates: readonly HeadlineRate[] = ['wer', 'mixer', 'cer_nospace'];
  const spokenText = fc.constantFrom(
    ...["don't", 'twenty', 'five', '25', 'one', 'hundred', '$5', 'dollars', 'percent', 'um'],
    ...['colour', 'color', '[noise', 'loud]', 'half', 'and', 'a', 'Mr.', '—', '1,250', "she's"],
  );
  const anyText = fc
    .array(fc.oneof({ weight: 4, arbitrary: spokenText }, transcriptText), { maxLength: 12 })
    .map((words) => words.join(' '));
  const anyCase = fc.record({
    unitsOf: fc
      .tuple(fc.constantFrom(...textProfiles), fc.constantFrom(...rates))
      .map(([profile, rate]) => scoredUnits(profile, rate)),
    reference: anyText,
    shown: anyText,
  });

  test('a word is wrong exactly where an error is counted', () => {
    fc.assert(
      fc.property(anyCase, ({ unitsOf, reference, shown }) => {
        const [spoken, displayed] = [cutText(reference), cutText(shown)];
        // Symbols alone are no words and can be marked nowhere.
        if (spoken.words.length === 0 || displayed.words.length === 0) return;
        const errors = editDistance(unitsOf(reference), unitsOf(shown));
        const comparison = compareWords(spoken, displayed, unitsOf);
        const operations = [...comparison.reference, ...comparison.shown];
        assert.equal(
          operations.some((operation) => operation !== 'equal'),
          errors > 0,
        );
      }),
      { numRuns: 500 },
    );
  });

  test('every unit is of words of the text, in their order', () => {
    fc.assert(
      fc.property(anyCase, ({ unitsOf, reference }) => {
        const { words } = cutText(reference);
        const { units, firstWord, endWord } = unitPlaces(
          { text: reference, words },
          unitsOf,
          unitsOf,
        );
        assert.deepEqual(units, words.length === 0 ? [] : unitsOf(reference));
        units.forEach((_, unit) => {
          assert.ok(firstWord[unit]! >= 0 && firstWord[unit]! < endWord[unit]!);
          assert.ok(endWord[unit]! <= words.length);
          if (unit === 0) return;
          assert.ok(firstWord[unit - 1]! <= firstWord[unit]!);
          assert.ok(endWord[unit - 1]! <= endWord[unit]!);
        });
      }),
      { numRuns: 500 },
    );
  });

  test('plain words are wrong as often as the rate counts', () => {
    const plain = fc
      .array(fc.constantFrom('red', 'green', 'blue', 'grey'), { minLength: 1, maxLength: 12 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(plain, plain, (reference, shown) => {
        const { words } = scorePair(reference, shown, textProfile('en-whisper@1'));
        const wrong = wrongWords(reference, shown);
        const count = (all: readonly string[], operation: string) =>
          all.filter((word) => word.startsWith(operation)).length;
        assert.equal(count(wrong.reference, 'substitute'), words.substitutions);
        assert.equal(count(wrong.reference, 'delete'), words.deletions);
        assert.equal(count(wrong.shown, 'insert'), words.insertions);
      }),
    );
  });
});

describe('a lane', () => {
  const reference = 'On the 14th, we paid $35.';
  const words = ['On', 'the', '14th', 'we', 'paid', '$35'].map((text, at) => ({
    text,
    startMs: at * 100,
    endMs: at * 100 + 90,
  }));
  const utterance = { ...goldenUtterance, reference, words };
  const received = [done(1100, 'On the fourteenth we payed thirty five dollars.', 8)];
  const trace = { ...goldenSession(), received };

  test('marks what the error rate counts, and times what is written alike', () => {
    const lane = timelineLane({ trace, utterance, scoring: { rate: 'wer', unitsOf: english } });
    const plain = timelineLane({ trace, utterance });
    assert.deepEqual(
      lane.referenceWords?.map(({ operation, shownAs }) => shownAs ?? operation),
      ['equal', 'equal', 'equal', 'equal', 'payed', 'equal'],
    );
    assert.deepEqual(
      lane.words.map(({ operation }) => operation),
      ['equal', 'equal', 'equal', 'equal', 'substitute', 'equal', 'equal', 'equal'],
    );
    assert.deepEqual(lane.lags, plain.lags);
    assert.equal(lane.lags.length, 3);
    assert.equal(plain.referenceWords?.[2]?.operation, 'substitute');
  });

  test('that is live is not compared', () => {
    const lane = timelineLane({
      trace,
      utterance,
      scoring: { rate: 'wer', unitsOf: english },
      live: true,
    });
    assert.ok(lane.words.every(({ operation }) => operation === null));
    assert.ok(lane.referenceWords?.every(({ operation }) => operation === null));
  });

  test('is the same with units that are the words themselves as without', () => {
    fc.assert(
      fc.property(sessionTrace, anUtterance, (anyTrace, anyUtterance) => {
        const input = { trace: anyTrace, utterance: anyUtterance };
        const lane = timelineLane({ ...input, scoring: { rate: 'wer', unitsOf: identity } });
        const { figures } = timelineLane(input);
        assert.deepEqual({ ...lane, figures }, timelineLane(input));
      }),
    );
  });
});
