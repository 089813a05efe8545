import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { problems } from '../../../../src/timeline/problems.ts';
import { deltaKinds, type TimelineSession } from '../../../../src/timeline/timelineSession.ts';
import { fullRange, spanOf } from '../../../../src/timeline/viewport.ts';
import {
  deltaStep,
  endAreaHere,
  finalStep,
  goTo,
  goToDelta,
  goToEnd,
  goToStart,
  laneStep,
  playableRange,
  problemBeside,
  selectedLane,
  selectWord,
  startAreaHere,
  wordBeside,
  type Move,
} from '../../../../webview-ui/timeline/navigation.ts';
import type { TimelineState } from '../../../../webview-ui/timeline/timelineState.ts';
import { deltaFocus } from '../../../../webview-ui/timeline/trackItems.ts';
import { longSession } from '../../../support/longSession.ts';
import { timelineLane } from '../../../support/timelineLane.ts';

const golden = timelineLane();
const revised: TimelineSession = {
  ...timelineLane(longSession({ durationMs: 20_000, deltas: 300, revisable: true })),
  key: 'revised',
};
const final = deltaKinds.indexOf('final');

const toWord: Move = (from) => {
  const word = wordBeside(from, 1);
  return word ? goTo(from, word.startMs) : {};
};

const toProblem: Move = (from) => {
  const problem = problemBeside(from, 1);
  return problem ? goTo(from, problem.atMs) : {};
};

function state(change: Partial<TimelineState> = {}): TimelineState {
  const lanes = change.lanes ?? [revised];
  return {
    lanes,
    view: fullRange(lanes),
    selection: { lane: lanes[0]?.key ?? null, delta: null, area: null },
    focus: deltaFocus,
    playheadMs: 0,
    isPlaying: false,
    isLooping: false,
    speed: 1,
    layout: 'stacked',
    showsTable: false,
    showsConnectors: true,
    showsSpectrogram: false,
    ...change,
  };
}

/** Every state from here on, until a move leads nowhere. */
function walk(from: TimelineState, move: Move): TimelineState[] {
  const states = [from];
  for (;;) {
    const before = states.at(-1)!;
    const change = move(before);
    const after = { ...before, ...change };
    const isSame = after.playheadMs === before.playheadMs && after.selection === before.selection;
    if (Object.keys(change).length === 0 || isSame) return states;
    states.push(after);
    assert.ok(states.length < 1000, 'leads nowhere in the end');
  }
}

const noLanes = { lanes: [] };

describe('going from delta to delta', () => {
  test('reaches every one in order, and back again', () => {
    const forward = walk(state({ playheadMs: -100 }), deltaStep(1));
    const chosen = forward.slice(1).map(({ selection }) => selection.delta);
    assert.deepEqual(chosen, [...revised.deltas.atMs.keys()]);
    const back = walk(forward.at(-1)!, deltaStep(-1)).map(({ selection }) => selection.delta);
    assert.deepEqual(back, chosen.toReversed());
  });

  test('begins at the playhead where it has moved since', () => {
    const { atMs } = revised.deltas;
    const times = fc.double({ min: -100, max: 21_000, noNaN: true });
    const place = fc.option(fc.nat(atMs.length - 1));
    fc.assert(
      fc.property(times, place, (playheadMs, delta) => {
        fc.pre(atMs.every((ms) => Math.abs(ms - playheadMs) > 0.1));
        const selection = { lane: revised.key, delta, area: null };
        const here = state({ playheadMs, selection });
        const next = deltaStep(1)(here).selection?.delta;
        const previous = deltaStep(-1)(here).selection?.delta;
        const after = atMs.findIndex((ms) => ms > playheadMs);
        assert.equal(next, after < 0 ? undefined : after);
        const before = after < 0 ? atMs.length - 1 : after - 1;
        assert.equal(previous, before < 0 ? undefined : before);
      }),
    );
  });

  test('keeps the stretch that is selected, and has the arrival in sight', () => {
    const area = { startMs: 100, endMs: 200 };
    const view = { startMs: 0, endMs: 500 };
    const selection = { lane: revised.key, delta: null, area };
    const here = { ...state({ view, selection }) };
    const there = { ...here, ...goToDelta(here, revised, 200) };
    assert.deepEqual(there.selection, { lane: revised.key, delta: 200, area });
    assert.equal(there.playheadMs, revised.deltas.atMs[200]);
    assert.ok(there.view.startMs < there.playheadMs && there.playheadMs < there.view.endMs);
    assert.equal(spanOf(there.view), 500);
    assert.deepEqual(goToDelta(here, revised, 100_000), {});
  });

  test('from final to final', () => {
    const finals = [...revised.deltas.kinds.keys()].filter(
      (place) => revised.deltas.kinds[place] === final,
    );
    assert.ok(finals.length > 1);
    const walked = walk(state(), finalStep(1));
    assert.deepEqual(
      walked.slice(1).map(({ selection }) => selection.delta),
      finals,
    );
    const back = walk(state({ playheadMs: 1e9 }), finalStep(-1));
    assert.deepEqual(
      back.slice(1).map(({ selection }) => selection.delta),
      finals.toReversed(),
    );
  });
});

describe('going from word to word and problem to problem', () => {
  test('words where the reference has them, else where the server says', () => {
    const starts = (lane: TimelineSession) =>
      walk(state({ lanes: [lane], playheadMs: -1 }), toWord)
        .slice(1)
        .map(({ playheadMs }) => playheadMs);
    assert.deepEqual(
      starts(golden),
      golden.referenceWords!.map(({ startMs }) => startMs),
    );
    const [first] = golden.words;
    const words = [700, 100, 400].map((startMs) => ({
      ...first!,
      startMs,
      endMs: startMs + 50,
    }));
    const unplaced = { ...first!, startMs: null, endMs: null };
    const server = { ...golden, referenceWords: null, words: [...words, unplaced] };
    assert.deepEqual(starts(server), [100, 400, 700]);
  });

  test('problems by time, each once', () => {
    const times = [...new Set(problems(revised).map(({ atMs }) => atMs))];
    assert.ok(times.length > 0);
    const walked = walk(state({ playheadMs: -1 }), toProblem).slice(1);
    assert.deepEqual(
      walked.map(({ playheadMs }) => playheadMs),
      times,
    );
  });

  test('the word being said is selected, else the next; none after the last', () => {
    const words = golden.referenceWords!;
    const at = (playheadMs: number) =>
      selectWord(state({ lanes: [golden], playheadMs })).selection?.area;
    const { startMs, endMs } = words[1]!;
    assert.deepEqual(at((startMs + endMs) / 2), { startMs, endMs });
    assert.deepEqual(at(words[0]!.endMs), { startMs, endMs });
    assert.equal(at(words.at(-1)!.endMs), undefined);
  });
});

describe('lanes and ends', () => {
  const both = [golden, revised];

  test('from lane to lane, and no further than the last', () => {
    const selection = { lane: golden.key, delta: 2, area: null };
    const down = laneStep(1)(state({ lanes: both, selection }));
    assert.deepEqual(down.selection, { lane: 'revised', delta: null, area: null });
    assert.deepEqual(laneStep(-1)(state({ lanes: both, selection })), {});
    assert.deepEqual(laneStep(1)(state({ lanes: both, selection: down.selection })), {});
  });

  test('the first lane is meant where none is chosen', () => {
    const selection = { lane: 'gone', delta: null, area: null };
    assert.equal(selectedLane(state({ lanes: both, selection })), golden);
    assert.equal(selectedLane(state(noLanes)), undefined);
  });

  test('start and end are those of all lanes together', () => {
    const { startMs, endMs } = playableRange(both);
    assert.equal(startMs, Math.min(golden.range.startMs, revised.range.startMs));
    assert.equal(endMs, Math.max(golden.range.endMs, revised.range.endMs));
    assert.equal(goToStart(state({ lanes: both })).playheadMs, startMs);
    assert.equal(goToEnd(state({ lanes: both })).playheadMs, endMs);
    assert.deepEqual(playableRange([]), { startMs: 0, endMs: 0 });
  });

  test('without lanes every move leads nowhere', () => {
    const moves = [deltaStep, finalStep, laneStep];
    for (const move of moves) {
      for (const step of [1, -1] as const) assert.deepEqual(move(step)(state(noLanes)), {});
    }
    assert.equal(wordBeside(state(noLanes), 1), null);
    assert.equal(problemBeside(state(noLanes), -1), null);
    assert.deepEqual(selectWord(state(noLanes)), {});
    assert.deepEqual(startAreaHere(state(noLanes)), {});
    assert.deepEqual(endAreaHere(state(noLanes)), {});
  });

  test('going somewhere moves the view no more than needed', () => {
    const here = state({ view: { startMs: 1000, endMs: 2000 } });
    assert.equal(goTo(here, 1500).view, here.view);
    assert.ok(goTo(here, 5000).view!.endMs > 5000);
  });
});

describe('the stretch that is selected', () => {
  test('begins or ends at the playhead, and is never turned round', () => {
    const { startMs, endMs } = revised.range;
    const time = fc.double({ min: startMs, max: endMs, noNaN: true });
    const areas = fc.option(
      fc.tuple(time, time).map(([a, b]) => ({ startMs: Math.min(a, b), endMs: Math.max(a, b) })),
    );
    fc.assert(
      fc.property(time, areas, (playheadMs, area) => {
        const selection = { lane: revised.key, delta: 3, area };
        const here = state({ playheadMs, selection });
        const begun = startAreaHere(here).selection;
        const ended = endAreaHere(here).selection;
        if (begun) {
          const expected = area && area.endMs > playheadMs ? area.endMs : endMs;
          assert.deepEqual(begun.area, { startMs: playheadMs, endMs: expected });
          assert.ok(spanOf(begun.area) > 0);
          assert.equal(begun.delta, 3);
        } else assert.ok(playheadMs >= endMs);
        if (ended) {
          const expected = area && area.startMs < playheadMs ? area.startMs : startMs;
          assert.deepEqual(ended.area, { startMs: expected, endMs: playheadMs });
          assert.ok(spanOf(ended.area) > 0);
        } else assert.ok(playheadMs <= startMs);
      }),
    );
  });
});
