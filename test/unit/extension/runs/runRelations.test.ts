import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relationsOf } from '../../../../src/extension/runs/runRelations.ts';
import { listedRun } from '../../../support/exampleHeadline.ts';

const [young, middle, old] = [3, 2, 1].map((startedAtMs) =>
  listedRun(`at ${startedAtMs}`, { startedAtMs }),
) as [ReturnType<typeof listedRun>, ReturnType<typeof listedRun>, ReturnType<typeof listedRun>];
const siblings = [young, middle, old];

test('runs newer than the baseline are to be judged, all others can be compared with it', () => {
  assert.deepEqual(relationsOf(young, siblings, middle), {
    isStarred: false,
    baseline: 'at 2',
    hasPrevious: true,
    isNewer: true,
  });
  assert.deepEqual(relationsOf(middle, siblings, middle), {
    isStarred: true,
    baseline: null,
    hasPrevious: true,
    isNewer: false,
  });
  assert.deepEqual(relationsOf(old, siblings, middle), {
    isStarred: false,
    baseline: 'at 2',
    hasPrevious: false,
    isNewer: false,
  });
});

test('without a star there is nothing to compare with but an earlier run', () => {
  const { baseline, hasPrevious, isNewer } = relationsOf(young, siblings, undefined);
  assert.deepEqual([baseline, hasPrevious, isNewer], [null, true, false]);
  assert.equal(relationsOf(young, [young], undefined).hasPrevious, false);
});
