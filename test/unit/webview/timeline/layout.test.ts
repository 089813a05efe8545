import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  laneAt,
  layoutTracks,
  rowOf,
  trackAt,
} from '../../../../webview-ui/timeline/canvas/layout.ts';
import { placeLabels } from '../../../../webview-ui/timeline/canvas/markerLabels.ts';
import { draggedView, windowPartAt } from '../../../../webview-ui/timeline/canvas/minimapWindow.ts';
import { PixelBins } from '../../../../webview-ui/timeline/canvas/pixelBins.ts';
import { viewAfterPlayhead } from '../../../../webview-ui/timeline/canvas/viewAfterPlayhead.ts';
import { timelineLane } from '../../../support/timelineLane.ts';

const lane = timelineLane();
const other = { ...lane, key: 'run:s2' };
const elsewhere = { ...lane, key: 'run:s3', audioKey: 'another', referenceWords: null };
const options = { layout: 'stacked', showsConnectors: false, showsSpectrogram: false } as const;
/** Too small for what the tracks need. */
const small = { width: 1000, height: 100 };

describe('tracks', () => {
  test('a lane that is alone needs no name of its own', () => {
    for (const layout of ['stacked', 'overlaid'] as const) {
      const kinds = layoutTracks({ ...options, layout, lanes: [lane] }, small).tracks.map(
        ({ kind }) => kind,
      );
      assert.deepEqual(
        kinds.filter((kind) => kind === 'header' || kind === 'legend'),
        [],
      );
    }
  });

  test('fill the room there is to the pixel, and never need less than they do', () => {
    const lanes = fc.constantFrom([lane], [lane, other], [lane, elsewhere, other]);
    const needed = fc.record({
      lanes,
      layout: fc.constantFrom('stacked' as const, 'overlaid' as const),
      showsConnectors: fc.boolean(),
      showsSpectrogram: fc.boolean(),
    });
    fc.assert(
      fc.property(needed, fc.integer({ min: 0, max: 2000 }), (state, height) => {
        const least = layoutTracks(state, { width: 1000, height: 0 });
        const layout = layoutTracks(state, { width: 1000, height });
        assert.equal(layout.height, Math.max(height, least.height));
        let top = 0;
        for (const [i, track] of layout.tracks.entries()) {
          const before = least.tracks[i]!;
          assert.equal(track.top, top);
          assert.ok(track.bodyHeight >= before.bodyHeight);
          assert.equal(track.height - track.bodyHeight, before.height - before.bodyHeight);
          assert.equal(track.bodyTop - track.top, before.bodyTop - before.top);
          top += track.height;
        }
        assert.equal(layout.height, top);
      }),
    );
  });

  test('audio and reference come once per audio, lanes below each other', () => {
    const { tracks } = layoutTracks({ ...options, lanes: [lane, elsewhere, other] }, small);
    const names = tracks.map(({ kind, lanes }) => `${kind} ${lanes.join('+')}`);
    assert.deepEqual(names.slice(0, 4), ['waveform 0+2', 'reference 0+2', 'header 0', 'chunks 0']);
    assert.equal(
      names.filter((name) => name.startsWith('deltas')).join(),
      'deltas 0,deltas 2,deltas 1',
    );
    assert.equal(names.filter((name) => name.startsWith('waveform')).length, 2);
    assert.equal(names.filter((name) => name.startsWith('reference')).length, 1);
  });

  test('overlaid lanes share tracks, each with a row of its own where boxes would cover', () => {
    const state = { ...options, layout: 'overlaid' as const, lanes: [lane, other] };
    const { tracks } = layoutTracks(state, small);
    const deltas = tracks.find(({ kind }) => kind === 'deltas')!;
    const lag = tracks.find(({ kind }) => kind === 'lag')!;
    assert.deepEqual(deltas.lanes, [0, 1]);
    assert.equal(rowOf(deltas, 1).top, rowOf(deltas, 0).top + rowOf(deltas, 0).height);
    assert.deepEqual(rowOf(lag, 0), rowOf(lag, 1));
    assert.equal(laneAt(deltas, rowOf(deltas, 1).top + 1), 1);
  });

  test('lie one below the other without holes, with and without room for labels', () => {
    for (const width of [300, 1000]) {
      const layout = layoutTracks({ ...options, lanes: [lane, other] }, { width, height: 0 });
      let top = 0;
      for (const track of layout.tracks) {
        assert.equal(track.top, top);
        assert.equal(trackAt(layout.tracks, top), track);
        top += track.height;
      }
      assert.equal(layout.height, top);
      assert.equal(layout.gutter > 0, width === 1000);
      assert.equal(trackAt(layout.tracks, top), null);
    }
  });
});

describe('labels of markers', () => {
  test('never cover each other nor leave the plot', () => {
    const label = fc.record({
      x: fc.integer({ min: 80, max: 900 }),
      width: fc.integer({ min: 10, max: 200 }),
    });
    fc.assert(
      fc.property(fc.array(label, { maxLength: 6 }), (labels) => {
        const places = placeLabels(labels, { left: 80, right: 900, rows: 4 });
        const placed = places.flatMap((place, i) =>
          place ? [{ ...place, ...{ width: labels[i]!.width } }] : [],
        );
        for (const [i, a] of placed.entries()) {
          assert.ok(a.x >= 80 && a.x + a.width <= 900);
          for (const b of placed.slice(i + 1)) {
            assert.ok(a.row !== b.row || a.x + a.width <= b.x || b.x + b.width <= a.x);
          }
        }
      }),
    );
  });

  test('are beside their lines in a lower row rather than far from them', () => {
    const labels = [298, 394, 411, 411, 447].map((x, i) => ({
      x,
      width: [118, 72, 64, 72, 165][i]!,
    }));
    const places = placeLabels(labels, { left: 92, right: 930, rows: 4 });
    for (const [i, { x, width }] of labels.entries()) {
      const place = places[i]!;
      assert.ok(place.x === x + 4 || place.x === x - 4 - width, `label ${i} at ${place.x}`);
    }
    assert.deepEqual(
      places.map((place) => place?.row),
      [0, 1, 2, 3, 0],
    );
  });

  test('up to four always find a row', () => {
    const labels = [870, 880, 885, 890].map((x) => ({ x, width: 150 }));
    const places = placeLabels(labels, { left: 0, right: 900, rows: 4 });
    assert.deepEqual(
      places.map((place) => place?.row),
      [0, 1, 2, 3],
    );
  });
});

describe('the window of the minimap', () => {
  const range = { startMs: 0, endMs: 1000 };

  test('is held at its edges, or beside them where it is narrow', () => {
    assert.equal(windowPartAt(102, 100, 200), 'start');
    assert.equal(windowPartAt(150, 100, 200), 'window');
    assert.equal(windowPartAt(203, 100, 200), 'end');
    assert.equal(windowPartAt(300, 100, 200), null);
    assert.equal(windowPartAt(101, 100, 104), 'window');
    assert.equal(windowPartAt(97, 100, 104), 'start');
  });

  test('is dragged and resized inside the range, never below 10 ms', () => {
    const view = { startMs: 400, endMs: 500 };
    assert.deepEqual(draggedView('window', view, 50, range), { startMs: 450, endMs: 550 });
    assert.deepEqual(draggedView('window', view, 9999, range), { startMs: 900, endMs: 1000 });
    assert.deepEqual(draggedView('start', view, 99, range), { startMs: 490, endMs: 500 });
    assert.deepEqual(draggedView('end', view, 9999, range), { startMs: 400, endMs: 1000 });
  });
});

describe('following the playhead', () => {
  const range = { startMs: 0, endMs: 10_000 };
  const view = { startMs: 1000, endMs: 2000 };
  const after = (fromMs: number, toMs: number, turnsPages: boolean) =>
    viewAfterPlayhead(view, { fromMs, toMs }, range, turnsPages);

  test('moves under it from three quarters on', () => {
    assert.equal(after(1200, 1216, false), view);
    assert.deepEqual(after(1750, 1766, false), { startMs: 1016, endMs: 2016 });
  });

  test('turns pages where motion is unwanted', () => {
    assert.equal(after(1900, 1916, true), view);
    assert.deepEqual(after(1990, 2006, true), { startMs: 1956, endMs: 2956 });
  });

  test('stays where the user looks elsewhere', () => {
    assert.equal(after(5000, 5016, false), view);
  });
});

describe('PixelBins', () => {
  test('tells each item once, in runs from left to right', () => {
    const items = fc.array(
      fc.record({
        x: fc.double({ min: 10, max: 59.99, noNaN: true }),
        flag: fc.constantFrom(1, 2, 4),
      }),
      { maxLength: 80 },
    );
    const bins = new PixelBins();
    fc.assert(
      fc.property(items, (all) => {
        bins.reset(10, 50);
        for (const { x, flag } of all) bins.add(x, flag);
        let last = -1;
        let total = 0;
        bins.eachRun((x, width, count, flags) => {
          assert.ok(x >= last);
          last = x + width;
          total += count * width;
          for (let column = x; column < x + width; column += 1) {
            const there = all.filter((each) => Math.floor(each.x) === column);
            assert.equal(there.length, count);
            assert.equal(
              there.reduce((sum, { flag }) => sum | flag, 0),
              flags,
            );
          }
        });
        assert.equal(total, all.length);
        assert.equal(bins.most > 0, all.length > 0);
      }),
    );
  });

  test('leaves out what lies beside it', () => {
    const bins = new PixelBins();
    bins.reset(0, 10);
    bins.add(-1, 1);
    bins.add(1000, 1);
    assert.equal(bins.most, 0);
  });
});
