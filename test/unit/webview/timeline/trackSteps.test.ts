import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { firstState, type TimelineState } from '../../../../webview-ui/timeline/timelineState.ts';
import { goToDelta, laneStep, type Move } from '../../../../webview-ui/timeline/navigation.ts';
import { trackItems, type ItemTrack } from '../../../../webview-ui/timeline/trackItems.ts';
import { focusedItem, itemStep, trackStep } from '../../../../webview-ui/timeline/trackSteps.ts';
import { timelineLane } from '../../../support/timelineLane.ts';

const one = { ...timelineLane(), key: 'one' };
const two = { ...timelineLane(), key: 'two' };

function stateOf(change: Partial<TimelineState> = {}): TimelineState {
  const selection = { lane: 'one', delta: null, area: null };
  return { ...firstState(), lanes: [one, two], selection, ...change };
}

function after(state: TimelineState, ...moves: Move[]): TimelineState {
  return moves.reduce((before, move) => ({ ...before, ...move(before) }), state);
}

/** The stops from here on, each as `lane track`. */
function stops(state: TimelineState, step: 1 | -1): string[] {
  const seen: string[] = [];
  for (let now = state; ;) {
    const next = after(now, trackStep(step));
    if (next.focus === now.focus) return seen;
    seen.push(`${next.selection.lane} ${next.focus.track}`);
    now = next;
  }
}

describe('going from track to track', () => {
  test('is in the order of the picture, lanes below each other', () => {
    const own = ['chunks', 'deltas', 'words', 'lag', 'gaps', 'events'];
    const down = stops(stateOf({ focus: { track: 'reference', item: null } }), 1);
    assert.deepEqual(
      down,
      ['one', 'two'].flatMap((lane) => own.map((track) => `${lane} ${track}`)),
    );
    assert.deepEqual(stops(stateOf(), -1), ['one chunks', 'one reference']);
  });

  test('is row by row where lanes share tracks', () => {
    const down = stops(stateOf({ layout: 'overlaid' }), 1);
    assert.deepEqual(down.slice(0, 3), ['two deltas', 'one words', 'two words']);
  });

  test('lets go of the delta of another lane, and of what it came to', () => {
    const selection = { lane: 'one', delta: 2, area: null };
    const focus = { track: 'events' as const, item: 1 };
    const there = after(stateOf({ selection, focus }), trackStep(1));
    assert.deepEqual(there.focus, { track: 'chunks', item: null });
    assert.deepEqual(there.selection, { lane: 'two', delta: null, area: null });
    assert.deepEqual(after(stateOf({ focus }), laneStep(1)).focus, { track: 'events', item: null });
  });

  test('without lanes leads nowhere', () => {
    assert.deepEqual(trackStep(1)(firstState()), {});
    assert.deepEqual(itemStep(1)(firstState()), {});
    assert.equal(focusedItem(firstState()), null);
  });
});

describe('going along a track', () => {
  const tracks: ItemTrack[] = ['reference', 'chunks', 'words', 'lag', 'gaps', 'events'];
  for (const track of tracks) {
    test(`reaches every item of ${track} in order, and back again`, () => {
      const { atMs, hitOf } = trackItems(one, track);
      assert.ok(atMs.length > 1, 'there is something to go through');
      let state = stateOf({ focus: { track, item: null }, playheadMs: -10_000 });
      for (const [item, ms] of atMs.entries()) {
        state = after(state, itemStep(1));
        assert.equal(state.playheadMs, ms);
        assert.deepEqual(focusedItem(state)?.hit, hitOf(item));
      }
      assert.deepEqual(itemStep(1)(state), {});
      for (let item = atMs.length - 2; item >= 0; item--) {
        state = after(state, itemStep(-1));
        assert.equal(state.focus.item, item);
      }
      assert.deepEqual(itemStep(-1)(state), {});
    });
  }

  test('reaches each of several events at one instant', () => {
    const [first] = one.events;
    const events = [first!, { ...first!, label: 'second' }, { ...first!, label: 'third' }];
    const state = stateOf({
      lanes: [{ ...one, events }],
      focus: { track: 'events', item: null },
      playheadMs: -10_000,
    });
    const third = after(state, itemStep(1), itemStep(1), itemStep(1));
    assert.equal(third.focus.item, 2);
  });

  test('chooses the delta that a lag or a gap ended with', () => {
    for (const track of ['lag', 'gaps'] as const) {
      const { selection, playheadMs } = after(
        stateOf({ focus: { track, item: null }, playheadMs: -10_000 }),
        itemStep(1),
      );
      assert.equal(one.deltas.atMs[selection.delta!], playheadMs);
    }
  });

  test('begins at the playhead where it has moved since', () => {
    const { atMs } = trackItems(one, 'chunks');
    const playheadMs = (atMs[3]! + atMs[4]!) / 2;
    const state = stateOf({ focus: { track: 'chunks', item: 8 }, playheadMs });
    assert.equal(focusedItem(state), null);
    assert.equal(after(state, itemStep(1)).focus.item, 4);
    assert.equal(after(state, itemStep(-1)).focus.item, 3);
  });

  test('does not pass over what is at the playhead', () => {
    const { atMs } = trackItems(one, 'events');
    for (const step of [1, -1] as const) {
      const state = stateOf({ focus: { track: 'events', item: null }, playheadMs: atMs[1]! });
      assert.equal(after(state, itemStep(step)).focus.item, 1);
    }
  });

  test('choosing a delta brings the keys back to the deltas', () => {
    const state = stateOf({ focus: { track: 'events', item: 1 } });
    assert.equal({ ...state, ...goToDelta(state, one, 1) }.focus.track, 'deltas');
  });
});
