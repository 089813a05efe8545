import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GrowingLanes } from '../../../src/extension/timeline/growingLanes.ts';
import type { TimelineSession } from '../../../src/timeline/timelineSession.ts';

function lane(key: string, repeat: number): TimelineSession {
  return { key, repeat } as TimelineSession;
}

test('a page gets the newest state of each lane when it has taken in the last', () => {
  const posted: string[] = [];
  const lanes = new GrowingLanes(({ key, repeat }) => posted.push(`${key}${repeat}`));
  for (const state of [1, 2, 3]) lanes.send(lane('a', state));
  lanes.send(lane('b', 1));
  assert.deepEqual(posted, ['a1', 'b1']);
  lanes.taken('a');
  assert.deepEqual(posted, ['a1', 'b1', 'a3']);
  lanes.taken('a');
  lanes.taken('b');
  lanes.taken('b');
  assert.deepEqual(posted, ['a1', 'b1', 'a3']);
  lanes.send(lane('a', 4));
  lanes.send(lane('a', 5));
  lanes.forget();
  lanes.send(lane('a', 6));
  assert.deepEqual(posted.slice(3), ['a4', 'a6']);
});

test('what waits does not follow lanes that were sent whole meanwhile', () => {
  const posted: string[] = [];
  const lanes = new GrowingLanes(({ key, repeat }) => posted.push(`${key}${repeat}`));
  lanes.send(lane('a', 1));
  lanes.send(lane('a', 2));
  lanes.supersede();
  lanes.taken('a');
  assert.deepEqual(posted, ['a1']);
  lanes.send(lane('a', 4));
  assert.deepEqual(posted, ['a1', 'a4']);
});
