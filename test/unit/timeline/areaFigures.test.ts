import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { areaFigureRows } from '../../../src/timeline/areaFigureRows.ts';
import { areaFigures } from '../../../src/timeline/areaFigures.ts';
import { goldenSession, snapshot } from '../../support/goldenSession.ts';
import { timelineLane } from '../../support/timelineLane.ts';

const lane = timelineLane();

describe('area figures', () => {
  test('count what lies in the area, ends included, and nothing else', () => {
    assert.deepEqual(areaFigures(lane, { startMs: 530, endMs: 750 }), {
      stretch: { startMs: 530, endMs: 750 },
      deltas: 3,
      deltasWithText: 3,
      characters: 11,
      words: 2,
      gaps: { count: 2, p50: 110, p90: 126, p95: 128, max: 130 },
      lags: { count: 2, p50: 110, p90: 110, p95: 110, max: 110 },
      reference: { words: 1, equal: 1, substituted: 0, deleted: 0 },
      audioSentMs: 200,
      stalls: 0,
      revisions: 0,
    });
  });

  test('of an empty area are none, not zero', () => {
    const area = areaFigures(lane, { startMs: 2000, endMs: 3000 });
    assert.deepEqual([area.deltas, area.gaps, area.lags], [0, null, null]);
    assert.deepEqual(
      areaFigureRows(area).map(({ label, value }) => `${label}: ${value}`),
      [
        'Deltas: 0',
        'Words shown: 0 (0 characters)',
        'Words spoken: 0',
        'Audio sent: 0.00 s',
        'Stalls: 0',
        'Revisions: 0',
      ],
    );
  });

  test('of the whole session are those of its metrics', () => {
    const rows = areaFigureRows(areaFigures(lane, lane.range));
    assert.deepEqual(
      rows.map(({ label, value }) => `${label}: ${value}`),
      [
        'Deltas: 6, 4 with text',
        'Words shown: 3 (17 characters)',
        'IDL: p50 130 ms · p95 346 ms · max 370 ms',
        'WEL: p50 110 ms · p90 174 ms · max 190 ms',
        'Words spoken: 3: 3 right, 0 wrong, 0 missing',
        'Audio sent: 1.00 s',
        'Stalls: 0',
        'Revisions: 0',
      ],
    );
  });

  test('gaps and lags are real milliseconds at any speed', () => {
    const trace = goldenSession();
    trace.audio.pacing.speed = 2;
    const { gaps, lags } = areaFigures(timelineLane({ trace }), { startMs: -1e9, endMs: 1e9 });
    assert.equal(gaps?.max, 370);
    assert.deepEqual([lags?.p50, lags?.max], [430, 655]);
  });

  test('a stall counts where it reaches into the area, a revision where it came', () => {
    const received = [snapshot(1100, 'a cat'), snapshot(2600, 'the cat')];
    const words = [{ text: 'cat', startMs: 0, endMs: 1900 }];
    const trace = { ...goldenSession(), received };
    const session = timelineLane({
      trace,
      utterance: {
        id: 'cat',
        audioPath: '/nowhere/cat.wav',
        reference: 'cat',
        language: 'en',
        declaredDurationMs: null,
        words,
        speaker: null,
        tags: [],
      },
    });
    const first = areaFigures(session, { startMs: 0, endMs: 200 });
    const last = areaFigures(session, { startMs: 1600, endMs: 1700 });
    assert.deepEqual([first.stalls, first.revisions], [1, 0]);
    assert.deepEqual([last.stalls, last.revisions], [0, 1]);
    assert.equal(areaFigures(session, { startMs: 0, endMs: 99 }).stalls, 0);
  });
});
