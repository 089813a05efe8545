import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  lastAtMost,
  lowerBound,
  nearestWithin,
} from '../../../../webview-ui/timeline/canvas/columnSearch.ts';
import { deltaOfHit, hitTest } from '../../../../webview-ui/timeline/canvas/hitTest.ts';
import { laneColumns } from '../../../../webview-ui/timeline/canvas/laneColumns.ts';
import { stretchOfHit } from '../../../../webview-ui/timeline/canvas/stretchOfHit.ts';
import { tooltipText } from '../../../../webview-ui/timeline/canvas/tooltipText.ts';
import { DisplayedTexts } from '../../../../src/timeline/displayedTexts.ts';
import { longSession } from '../../../support/longSession.ts';
import { timelineLane } from '../../../support/timelineLane.ts';

const lane = timelineLane();
const revised = timelineLane(longSession({ durationMs: 20_000, deltas: 300, revisable: true }));
const columns = fc
  .array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 })
  .map((values) => values.toSorted((a, b) => a - b));

describe('searching columns', () => {
  test('bounds split a column as counting does', () => {
    fc.assert(
      fc.property(columns, fc.integer({ min: -5, max: 55 }), (column, value) => {
        assert.equal(lowerBound(column, value), column.filter((each) => each < value).length);
        assert.equal(lastAtMost(column, value), column.filter((each) => each <= value).length - 1);
      }),
    );
  });

  test('the nearest is as near as any and within reach', () => {
    fc.assert(
      fc.property(columns, fc.integer({ min: -5, max: 55 }), (column, value) => {
        const place = nearestWithin(column, value, 4);
        const least = Math.min(...column.map((each) => Math.abs(each - value)));
        if (least > 4) assert.equal(place, -1);
        else assert.equal(Math.abs(column[place]! - value), least);
      }),
    );
  });
});

describe('columns of a lane', () => {
  test('removed texts are what the texts before lose', () => {
    const { removed } = laneColumns(revised).deltas;
    const texts = new DisplayedTexts(revised.deltas);
    assert.ok(removed.size > 20);
    for (let delta = 0; delta < revised.deltas.atMs.length; delta += 1) {
      const before = texts.textAfter(delta - 1);
      const lost = before.slice(revised.deltas.keptChars[delta]);
      assert.equal(removed.get(delta) ?? '', lost, `delta ${delta}`);
    }
  });

  test('gaps lie between texts, and blank messages end no box', () => {
    const { deltas, gaps } = laneColumns(lane);
    assert.equal(deltas.isBlank[0], 1);
    assert.equal(deltas.nextMs[0], 530);
    assert.deepEqual([...gaps.atMs], [620, 750, 1120]);
    assert.deepEqual([...gaps.values].map(Math.round), [90, 130, 370]);
    assert.equal(gaps.most, 370);
  });
});

describe('what lies under the pointer', () => {
  const at = (kind: Parameters<typeof hitTest>[0], ms: number) => hitTest(kind, lane, ms, 1);

  test('of deltas, the last text by then', () => {
    assert.equal(at('deltas', 400), null);
    assert.deepEqual(at('deltas', 530), { kind: 'delta', place: 1 });
    assert.deepEqual(at('deltas', 619.9), { kind: 'delta', place: 1 });
    assert.deepEqual(at('deltas', 620), { kind: 'delta', place: 2 });
  });

  test('of gaps, the text that ended it', () => {
    assert.deepEqual(at('gaps', 800), { kind: 'delta', place: 4 });
    assert.equal(at('gaps', 1e6), null);
  });

  test('every delta is found at its own time, however many there are', () => {
    for (const [place, ms] of revised.deltas.atMs.entries()) {
      assert.deepEqual(hitTest('deltas', revised, ms, 1), { kind: 'delta', place });
    }
  });

  test('words, references, chunks and events within reach', () => {
    assert.deepEqual(at('reference', 300), { kind: 'reference', place: 0 });
    assert.equal(at('reference', 435), null);
    assert.deepEqual(at('words', 500), { kind: 'word', place: 1 });
    assert.deepEqual(at('chunks', 103), { kind: 'chunk', place: 0 });
    assert.equal(at('chunks', 150), null);
    assert.equal(at('events', -300)?.kind, 'event');
    assert.equal(at('header', 500), null);
  });

  test('a word leads to the delta that showed it first, and to its time', () => {
    const word = at('words', 500);
    const first = lane.words[1]!.firstMs;
    assert.equal(lane.deltas.atMs[deltaOfHit(lane, word)!], first);
    assert.deepEqual(stretchOfHit(lane, word!), { startMs: 450, endMs: 640 });
    assert.deepEqual(stretchOfHit(lane, { kind: 'delta', place: 1 }), { startMs: 530, endMs: 620 });
  });

  test('tooltips have exact numbers', () => {
    const lines = tooltipText(lane, { kind: 'delta', place: 2 });
    assert.deepEqual(lines.slice(0, 3), [
      'Delta 3 of 6',
      '“wor”',
      'Arrived 0:00.620, 90 ms after the text before',
    ]);
    assert.match(tooltipText(lane, { kind: 'chunk', place: 4 }).join('; '), /Sent 0:00.501/);
    assert.match(tooltipText(lane, { kind: 'word', place: 0 }).join('; '), /by the reference/);
  });
});
