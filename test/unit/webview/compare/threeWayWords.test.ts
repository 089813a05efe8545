import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  alignmentCounts,
  differenceBeside,
  differs,
  heardStretch,
  spokenColumn,
  type WordColumn,
} from '../../../../webview-ui/compare/utterance/threeWayWords.ts';

type Token = WordColumn['a'];

const equal = (text: string): Token => ({ mark: 'equal', text });
const wrong = (text: string): Token => ({ mark: 'substitute', text });
const added = (text: string): Token => ({ mark: 'insert', text });
const left: Token = { mark: 'delete', text: null };
const nothing: Token = { mark: null, text: null };

const column = (reference: string | null, a: Token, b: Token): WordColumn => ({
  reference,
  a,
  b,
  times: null,
});

const same = column('one', equal('one'), equal('one'));
const bothWrong = column('two', wrong('too'), wrong('too'));
const otherwiseWrong = column('three', wrong('tree'), wrong('free'));
const leftOut = column('four', equal('four'), left);
const addedByA = column(null, added('uh'), nothing);

describe('places of three texts', () => {
  test('differ where the runs made something else of them, right or wrong', () => {
    const places = [same, bothWrong, otherwiseWrong, leftOut, addedByA];
    assert.deepEqual(places.map(differs), [false, false, true, true, true]);
  });

  test('are walked from difference to difference, not round again', () => {
    const places = [leftOut, same, otherwiseWrong, same];
    assert.equal(differenceBeside(places, -1, 1), 0);
    assert.equal(differenceBeside(places, 0, 1), 2);
    assert.equal(differenceBeside(places, 2, 1), -1);
    assert.equal(differenceBeside(places, 2, -1), 0);
    assert.equal(differenceBeside(places, 0, -1), -1);
    assert.equal(differenceBeside([], -1, 1), -1);
  });

  test('are counted by what each run got wrong', () => {
    const counts = alignmentCounts([same, bothWrong, otherwiseWrong, leftOut, addedByA]);
    assert.deepEqual(counts, { a: 3, b: 3, differing: 3 });
  });

  test('are told in words', () => {
    const told = [otherwiseWrong, leftOut, addedByA].map((one) => spokenColumn(one, ['A', 'C']));
    assert.deepEqual(told, [
      'said “three”, A “tree” instead, C “free” instead',
      'said “four”, A equal, C left it out',
      'nothing said, A added “uh”, C nothing',
    ]);
  });
});

describe('heardStretch', () => {
  const unknown = { startMs: null, endMs: null, arrivedMsA: null, arrivedMsB: null };

  test('is the word and 150 ms around it', () => {
    const times = { startMs: 1000, endMs: 1300, arrivedMsA: 9000, arrivedMsB: 9000 };
    assert.deepEqual(heardStretch(times), { startMs: 850, endMs: 1450 });
  });

  test('does not begin before the audio', () => {
    assert.equal(heardStretch({ ...unknown, startMs: 40, endMs: 200 })?.startMs, 0);
    assert.equal(heardStretch({ ...unknown, arrivedMsB: 700 })?.startMs, 0);
  });

  test('is what came before the arrivals where it is not known when the word was said', () => {
    const arrived = { ...unknown, arrivedMsA: 5300, arrivedMsB: 5000 };
    const heard = heardStretch(arrived)!;
    assert.ok(heard.startMs < 5000 && heard.endMs > 5300, JSON.stringify(heard));
    assert.deepEqual(heardStretch({ ...arrived, startMs: 4000 }), heard);
    assert.ok(heardStretch({ ...unknown, arrivedMsA: 5300 })!.endMs > 5300);
  });

  test('is none where nothing is known', () => {
    assert.equal(heardStretch(unknown), null);
    assert.equal(heardStretch(null), null);
  });
});
