import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scoredUnits } from '../../../src/metrics/text/scoredUnits.ts';
import { textProfile } from '../../../src/metrics/text/textProfiles.ts';
import { areaFigures } from '../../../src/timeline/areaFigures.ts';
import { DisplayedTexts } from '../../../src/timeline/displayedTexts.ts';
import {
  spokenArea,
  spokenDelta,
  spokenLane,
  spokenTime,
} from '../../../src/timeline/spokenSummary.ts';
import type { ReceivedMessage } from '../../../src/trace/sessionTrace.ts';
import { delta, final, goldenSession, snapshot, us } from '../../support/goldenSession.ts';
import { timelineLane } from '../../support/timelineLane.ts';

const scoring = {
  rate: 'wer' as const,
  unitsOf: scoredUnits(textProfile('en-whisper@1'), 'wer'),
};

function spoken(place: number, received: ReceivedMessage[] = goldenSession().received): string {
  const lane = timelineLane({ trace: { ...goldenSession(), received } });
  return spokenDelta(lane, new DisplayedTexts(lane.deltas), place);
}

describe('a delta in words', () => {
  test('says its place, text, time, gap and lag', () => {
    assert.equal(
      spoken(3),
      'Delta 4 of 6, “hello world”, at 0.75 s, 130 ms after the text before, 110 ms behind the audio.',
    );
  });

  test('without a word completed there is no lag', () => {
    assert.equal(spoken(2), 'Delta 3 of 6, “hello wor”, at 0.62 s, 90 ms after the text before.');
  });

  test('says what kind it is', () => {
    assert.equal(spoken(0), 'Delta 1 of 6, blank, “”, at 0.45 s.');
    assert.match(spoken(5), /^Delta 6 of 6, final, “hello world again”/);
    assert.match(spoken(1, [final(1100, 'a'), delta(1200, 'b')]), /, late and left out, “a”/);
  });

  test('says what was taken back', () => {
    assert.match(
      spoken(1, [snapshot(1100, 'i scream'), snapshot(1200, 'ice cream')]),
      /“ice cream”, in place of “scream”/,
    );
  });

  test('of a long text the end is read', () => {
    const said = spoken(0, [delta(1100, `${'long '.repeat(100)}end`)]);
    assert.match(said, /“….{50,60}end”/);
  });

  test('a word shown before it was spoken is ahead', () => {
    assert.match(spoken(0, [delta(1100, 'hello')]), /, 320 ms ahead of the audio/);
  });

  test('there may be none', () => {
    assert.equal(spoken(99), 'No delta.');
  });
});

describe('a lane in words', () => {
  test('says what it is, how it ended and its figures', () => {
    assert.equal(
      spokenLane(timelineLane({ scoring })),
      'local, golden: completed. TTFT 430 ms. Max gap 370 ms. Stalls 0. TTFS 220 ms. WEL p50 110 ms. WER 0.0 %. No problems.',
    );
  });

  test('says why it failed', () => {
    const failure = {
      atUs: us(1100),
      reason: 'closed_early' as const,
      code: null,
      message: 'It hung up.',
    };
    const identity = {
      key: 'k',
      endpoint: 'far',
      utterance: 'one',
      repeat: 2,
      run: 'r',
      audioKey: 'a',
    };
    const trace = { ...goldenSession(), received: [], failure };
    assert.equal(
      spokenLane(timelineLane({ trace, identity })),
      'far, one, repeat 3: failed. It hung up. 1 problem.',
    );
  });
});

describe('an area in words', () => {
  test('says its figures', () => {
    const lane = timelineLane();
    assert.equal(
      spokenArea(areaFigures(lane, { startMs: 450, endMs: 750 })),
      '0.45 s to 0.75 s; 4 deltas, 3 with text; 2 words shown; gaps 110 ms in the middle, 130 ms at most; word latency 110 ms in the middle, 110 ms at most; 1 word spoken: 1 right, 0 wrong, 0 missing.',
    );
  });
});

test('times are read out in seconds, from a minute on with minutes', () => {
  assert.deepEqual([-1, -300, 1240, 59_994, 59_996, 3_723_450].map(spokenTime), [
    '0.00 s',
    'minus 0.30 s',
    '1.24 s',
    '59.99 s',
    '1 min 0.00 s',
    '62 min 3.45 s',
  ]);
});
