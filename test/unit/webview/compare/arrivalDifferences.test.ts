import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  arrivalDifferences,
  lengthDifferences,
} from '../../../../webview-ui/compare/utterance/arrivalDifferences.ts';
import { differenceText } from '../../../../webview-ui/compare/utterance/differenceText.ts';
import type {
  Alignment,
  WordColumn,
} from '../../../../webview-ui/compare/utterance/threeWayWords.ts';
import { delta, done, goldenSession, goldenUtterance } from '../../../support/goldenSession.ts';
import { laneOf } from '../../../support/webview/timelineFixtures.ts';

type Times = NonNullable<WordColumn['times']>;

const token = { mark: 'equal', text: 'x' } as const;
const times = { startMs: 200, endMs: 420, arrivedMsA: 500, arrivedMsB: 620 };

function alignmentOf(...columns: [string | null, Times | null][]): Alignment {
  return {
    profileId: 'basic@1',
    unit: 'word',
    columns: columns.map(([reference, each]) => ({ reference, a: token, b: token, times: each })),
  };
}

describe('arrivalDifferences', () => {
  test('is B minus A where the word was said', () => {
    assert.deepEqual(arrivalDifferences(alignmentOf(['hello', times]), 1), [
      { text: 'hello', at: { startMs: 200, endMs: 420 }, deltaMs: 120 },
    ]);
  });

  test('is in real time where the audio was sent faster than it was spoken', () => {
    const [faster] = arrivalDifferences(alignmentOf(['hello', times]), 4);
    const [unpaced] = arrivalDifferences(alignmentOf(['hello', times]), null);
    assert.deepEqual([faster?.deltaMs, unpaced?.deltaMs], [30, 120]);
  });

  test('lies at the first arrival where it is not known when the word was said', () => {
    const earlier = { startMs: null, endMs: null, arrivedMsA: 700, arrivedMsB: 600 };
    assert.deepEqual(arrivalDifferences(alignmentOf(['hello', earlier]), 1), [
      { text: 'hello', at: { startMs: 600, endMs: 600 }, deltaMs: -100 },
    ]);
  });

  test('passes over words that a run did not show, and those that nobody said', () => {
    const columns = alignmentOf(
      ['hello', { ...times, arrivedMsB: null }],
      ['world', null],
      [null, times],
      ['again', times],
    );
    assert.deepEqual(
      arrivalDifferences(columns, 1).map(({ text }) => text),
      ['again'],
    );
    assert.deepEqual(arrivalDifferences(null, 1), []);
  });
});

test('lengthDifferences counts the characters that B shows more than A, at every change', () => {
  const lane = (...received: ReturnType<typeof delta>[]) =>
    laneOf({
      trace: { ...goldenSession(), received: [...received, done(2150, 'hello world', 5)] },
      utterance: goldenUtterance,
      durationMs: 1000,
    });
  const a = lane(delta(1500, 'hello'), delta(1700, ' world'));
  const b = lane(delta(1600, 'hello world'));
  const { atMs, chars } = lengthDifferences(a, b);
  const atHalf = [...atMs].findIndex((ms) => Math.round(ms) === 500);
  assert.deepEqual([...chars.slice(atHalf, atHalf + 3)], [-5, 6, 0]);
  assert.equal(chars.at(-1), 0);
});

test('differenceText says which run was later, and by how much', () => {
  const said = [120.4, -80, 0.2].map((deltaMs) =>
    differenceText({ text: 'x', deltaMs }, ['A', 'C']),
  );
  assert.deepEqual(said, [
    '“x”: C 120 ms later than A',
    '“x”: C 80 ms earlier than A',
    '“x”: C at the same time as A',
  ]);
});
