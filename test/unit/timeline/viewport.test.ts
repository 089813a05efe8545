import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Stretch } from '../../../src/timeline/timelineSession.ts';
import {
  clampView,
  fitStretch,
  fullRange,
  minSpanMs,
  msOfX,
  panBy,
  showTime,
  spanOf,
  xOfMs,
  zoomAbout,
} from '../../../src/timeline/viewport.ts';

const hourMs = 3_600_000;
const range: Stretch = { startMs: -2000, endMs: hourMs };
const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Any view inside the range. */
const views = fc.tuple(double(0, 1), double(0, 1)).map(([place, size]) => {
  const span = minSpanMs + size ** 4 * (spanOf(range) - minSpanMs);
  const startMs = range.startMs + place * (spanOf(range) - span);
  return clampView({ startMs, endMs: startMs + span }, range);
});

function assertInside(view: Stretch): void {
  assert.ok(view.startMs >= range.startMs, `starts at ${view.startMs}`);
  assert.ok(view.endMs <= range.endMs, `ends at ${view.endMs}`);
  // Times of an hour are known to about a nanosecond.
  assert.ok(spanOf(view) >= minSpanMs - 1e-6, `is ${spanOf(view)} long`);
}

describe('the view', () => {
  test('zooming keeps the time under the pointer where the range does not end', () => {
    fc.assert(
      fc.property(views, double(0, 1), double(0.2, 5), (view, share, factor) => {
        const width = 1000;
        const anchorMs = msOfX(view, width, share * width);
        const zoomed = zoomAbout(view, factor, anchorMs, range);
        assertInside(zoomed);
        if (zoomed.startMs <= range.startMs || zoomed.endMs >= range.endMs) return;
        assert.ok(Math.abs(xOfMs(zoomed, width, anchorMs) - share * width) < 1e-3);
      }),
    );
  });

  test('zooming in and out again changes nothing', () => {
    fc.assert(
      fc.property(views, double(0, 1), double(1, 20), (view, share, factor) => {
        fc.pre(spanOf(view) / factor >= minSpanMs);
        const anchorMs = msOfX(view, 1, share);
        const back = zoomAbout(
          zoomAbout(view, factor, anchorMs, range),
          1 / factor,
          anchorMs,
          range,
        );
        assert.ok(Math.abs(back.startMs - view.startMs) < 1e-5);
        assert.ok(Math.abs(back.endMs - view.endMs) < 1e-5);
      }),
    );
  });

  test('whatever is done, it stays in the range and no shorter than 10 ms', () => {
    const act = fc.oneof(
      fc.record({ zoom: double(0.001, 1000), at: double(-hourMs, 2 * hourMs) }),
      fc.record({ pan: double(-2 * hourMs, 2 * hourMs) }),
      fc.record({ fit: double(-hourMs, 2 * hourMs), length: double(0, hourMs) }),
      fc.record({ show: double(-hourMs, 2 * hourMs) }),
    );
    fc.assert(
      fc.property(views, fc.array(act, { maxLength: 20 }), (first, acts) => {
        let view = first;
        for (const each of acts) {
          if ('zoom' in each) view = zoomAbout(view, each.zoom, each.at, range);
          else if ('pan' in each) view = panBy(view, each.pan, range);
          else if ('show' in each) view = showTime(view, each.show, range);
          else view = fitStretch({ startMs: each.fit, endMs: each.fit + each.length }, range);
          assertInside(view);
        }
      }),
    );
  });

  test('places and times are each other’s inverse', () => {
    fc.assert(
      fc.property(views, double(0, 1), (view, share) => {
        assert.ok(Math.abs(xOfMs(view, 800, msOfX(view, 800, share * 800)) - share * 800) < 1e-3);
      }),
    );
    assert.equal(xOfMs({ startMs: 100, endMs: 200 }, 500, 150), 250);
  });

  test('panning keeps the length and ends where the range ends', () => {
    const view = { startMs: 100, endMs: 300 };
    assert.deepEqual(panBy(view, 50, range), { startMs: 150, endMs: 350 });
    assert.deepEqual(panBy(view, -1e9, range), { startMs: -2000, endMs: -1800 });
    assert.deepEqual(panBy(view, 1e9, range), { startMs: hourMs - 200, endMs: hourMs });
  });

  test('a fitted stretch has room on both sides', () => {
    assert.deepEqual(fitStretch({ startMs: 1000, endMs: 2000 }, range), {
      startMs: 950,
      endMs: 2050,
    });
    assert.deepEqual(fitStretch({ startMs: 500, endMs: 500 }, range), { startMs: 495, endMs: 505 });
  });

  test('shows a time by moving as little as it takes', () => {
    const view = { startMs: 0, endMs: 1000 };
    assert.equal(showTime(view, 500, range), view);
    assert.deepEqual(showTime(view, 1450, range), { startMs: 500, endMs: 1500 });
    assert.deepEqual(showTime(view, -450, range), { startMs: -500, endMs: 500 });
  });

  test('all is what all lanes hold, with a hundredth of room', () => {
    const lanes = [
      { startMs: -100, endMs: 800 },
      { startMs: 0, endMs: 900 },
    ];
    const all = fullRange(lanes.map((each) => ({ range: each })));
    assert.deepEqual(all, { startMs: -110, endMs: 910 });
    assert.deepEqual(fullRange([]), { startMs: 0, endMs: 1000 });
  });
});
