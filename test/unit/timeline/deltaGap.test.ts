import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interDeltaLatenciesMs } from '../../../src/metrics/cadenceMetrics.ts';
import { sessionTimeline } from '../../../src/metrics/sessionTimeline.ts';
import { deltaGapMs } from '../../../src/timeline/deltaGap.ts';
import { tooltipText } from '../../../webview-ui/timeline/canvas/tooltipText.ts';
import { delta, final, goldenSession, goldenUtterance } from '../../support/goldenSession.ts';
import { timelineLane } from '../../support/timelineLane.ts';

test('gaps are those of the metrics: a blank delta does not end one', () => {
  const received = [
    delta(1100, 'one'),
    delta(1150, ' '),
    delta(1400, ' two'),
    delta(1450, ''),
    delta(1500, ' three'),
    final(1900, 'one two three'),
  ];
  const trace = { ...goldenSession(), received };
  const lane = timelineLane({ trace });
  const gaps = received.map((_, place) => deltaGapMs(lane, place));
  assert.deepEqual(gaps, [null, null, 300, null, 100, null]);
  const measured = interDeltaLatenciesMs(sessionTimeline(trace, goldenUtterance));
  assert.deepEqual(
    gaps.filter((gap) => gap !== null),
    measured,
  );
  const lines = tooltipText(lane, { kind: 'delta', place: 2 });
  assert.ok(lines.some((line) => line.endsWith(', 300 ms after the text before')));
});
