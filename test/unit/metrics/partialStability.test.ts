import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { ReceivedMessage, SessionTrace } from '../../../src/trace/sessionTrace.ts';
import { countErasures, partialStability } from '../../../src/metrics/partialStability.ts';
import { sessionTimeline, type SessionTimeline } from '../../../src/metrics/sessionTimeline.ts';
import { lightForm, wordsOf } from '../../../src/metrics/wordForms.ts';
import {
  delta,
  final,
  goldenSession,
  goldenUtterance,
  snapshot,
} from '../../support/goldenSession.ts';

function timelineOf(received: ReceivedMessage[]): SessionTimeline {
  const trace: SessionTrace = { ...goldenSession(), received };
  return sessionTimeline(trace, goldenUtterance);
}

function snapshots(texts: readonly string[]): SessionTimeline {
  return timelineOf(texts.map((text, index) => snapshot(1000 + index * 100, text)));
}

describe('stability of partial texts: the published figures', () => {
  const grown = ['hello', 'Hello', 'Hello,', 'Hello, world'];
  const cases = [
    [['i', 'i scream', 'ice cream', 'ice cream is', 'ice cream is good'], 'raw', 2, 1, 0.5, 2],
    [['the cat', 'the cat sat', 'the cat sat down'], 'raw', 0, 0, 0, 1],
    [['the cat sat', 'the cat', 'the cat sat down'], 'raw', 1, 1, 0.25, 1.5],
    [
      ['hello', 'hello word', 'hello world', 'hello world how', 'hello world how are'],
      'raw',
      1,
      1,
      0.25,
      1.5,
    ],
    [grown, 'raw', 2, 2, 1, 3],
    [grown, 'light', 0, 0, 0, 1],
  ] as const;
  for (const [texts, form, erased, events, erasure, overhead] of cases) {
    test(`${texts.join(' · ')} (${form})`, () => {
      const timeline = snapshots(texts);
      const steps = form === 'raw' ? timeline.rawSteps : timeline.lightSteps;
      assert.equal(countErasures(steps).erasedWords, erased);
      const stability = partialStability(timeline, steps);
      assert.equal(stability.revision_events, events);
      assert.equal(stability.normalized_erasure, erasure);
      assert.equal(stability.edit_overhead, overhead);
      assert.equal(stability.revision_rate, (events * 1000) / 730);
    });
  }
});

describe('stability of partial texts', () => {
  const word = fc.constantFrom('a', 'b', 'B', 'c,');
  const text = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));

  test('is counted by longest common prefixes, in both forms', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), (texts) => {
        const counts = countErasures(snapshots(texts).lightSteps);
        let erased = 0;
        let events = 0;
        let added = 0;
        let before: string[] = [];
        for (const words of texts.map((one) => wordsOf(one, lightForm))) {
          let shared = 0;
          while (shared < before.length && before[shared] === words[shared]) shared++;
          erased += before.length - shared;
          added += words.length - shared;
          if (before.length > shared) events++;
          before = words;
        }
        assert.deepEqual(counts, {
          erasedWords: erased,
          revisionEvents: events,
          addedWords: added,
          finalWords: before.length,
        });
        assert.equal(added - erased, before.length, 'what was added and stayed is the final text');
      }),
    );
  });

  test('append-only text is never erased, however it is cut', () => {
    const pieces = fc.array(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1 });
    fc.assert(
      fc.property(pieces, (parts) => {
        const timeline = timelineOf(parts.map((part, index) => delta(1000 + index, part)));
        const counts = countErasures(timeline.rawSteps);
        assert.equal(counts.erasedWords, 0);
        assert.equal(counts.addedWords, counts.finalWords);
        const { stable_prefix_ratio: stable } = partialStability(timeline, timeline.rawSteps);
        assert.ok(stable === 1 || typeof stable === 'object');
      }),
    );
  });

  test('the stable prefix ratio weighs wrong words by the time they were shown', () => {
    const timeline = timelineOf([
      snapshot(1000, 'hello word'), // 1 of 2 right for 300 ms
      snapshot(1300, 'hello world'), // right for 100 ms
      final(1400, 'hello world'),
    ]);
    const { stable_prefix_ratio: ratio } = partialStability(timeline, timeline.rawSteps);
    assert.equal(ratio, (0.5 * 300 + 1 * 100) / 400);
  });

  test('words that were right and are changed to wrong ones no longer count as right', () => {
    const timeline = timelineOf([
      snapshot(1000, 'hello world'), // both right for 100 ms
      snapshot(1100, 'yellow world'), // none right for 300 ms
      snapshot(1400, 'hello world'),
    ]);
    const { stable_prefix_ratio: ratio } = partialStability(timeline, timeline.rawSteps);
    assert.equal(ratio, 100 / 400);
  });

  test('continuing a revisable partial within its last word revises that word', () => {
    const timeline = timelineOf([snapshot(1000, 'hello wor'), delta(1100, 'ld')]);
    assert.equal(countErasures(timeline.rawSteps).erasedWords, 1);
  });

  test('a text shown only once has no partial to judge', () => {
    const timeline = timelineOf([final(2150, 'hello world again')]);
    const stability = partialStability(timeline, timeline.rawSteps);
    assert.deepEqual(stability.stable_prefix_ratio, { missing: 'no_partial_text' });
    assert.equal(stability.normalized_erasure, 0);
  });
});
