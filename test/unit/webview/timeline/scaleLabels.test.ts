import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TimelineSession } from '../../../../src/timeline/timelineSession.ts';
import { layoutTracks, type Track } from '../../../../webview-ui/timeline/canvas/layout.ts';
import { lagAxis } from '../../../../webview-ui/timeline/tracks/lagAxis.ts';
import { laneColumns } from '../../../../webview-ui/timeline/canvas/laneColumns.ts';
import { greatestGap, scaleLabels } from '../../../../webview-ui/timeline/tracks/scaleLabels.ts';
import { delta, goldenSession } from '../../../support/goldenSession.ts';
import { timelineLane } from '../../../support/timelineLane.ts';

const golden = timelineLane();
const slow = {
  ...timelineLane({
    trace: { ...goldenSession(), received: [delta(1500, 'hello'), delta(3500, ' world')] },
  }),
  key: 'slow',
};
/** Its words are there before they are said, some at least. */
const early: TimelineSession = {
  ...golden,
  lags: [
    { endMs: 300, arrivalMs: 500, text: 'hello' },
    { endMs: 900, arrivalMs: 800, text: 'world' },
  ],
};

function trackOf(
  kind: Track['kind'],
  lanes: readonly TimelineSession[],
  layout: 'stacked' | 'overlaid' = 'stacked',
): Track {
  const state = { lanes, layout, showsConnectors: true, showsSpectrogram: false };
  return layoutTracks(state, { width: 1000, height: 900 }).tracks.find(
    (track) => track.kind === kind,
  )!;
}

describe('what heights stand for', () => {
  test('lags are from 0 to a round value', () => {
    const labels = scaleLabels(trackOf('lag', [golden]), [golden]);
    assert.deepEqual(
      labels.map(({ text }) => text),
      ['200 ms', '0'],
    );
  });

  test('0 is where text was on time, also where some came early', () => {
    const track = trackOf('lag', [early]);
    const labels = scaleLabels(track, [early]);
    assert.deepEqual(
      labels.map(({ text }) => text),
      ['200 ms', '0', '-100 ms'],
    );
    const axis = lagAxis(track, [laneColumns(early).lags]);
    assert.equal(labels[1]!.y, axis.y(0));
  });

  test('one scale for the gaps of all lanes that share a track', () => {
    const lanes = [golden, slow];
    const track = trackOf('gaps', lanes, 'overlaid');
    assert.deepEqual(
      scaleLabels(track, lanes).map(({ text }) => text),
      ['2.00 s'],
    );
    assert.equal(greatestGap(lanes), 2000);
  });

  test('nothing where there is nothing to measure', () => {
    const none = { ...golden, lags: [] };
    assert.deepEqual(scaleLabels(trackOf('lag', [none]), [none]), []);
    assert.deepEqual(scaleLabels(trackOf('events', [golden]), [golden]), []);
  });
});
