import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { groupRuns, type ListedRun } from '../../../../src/extension/runs/groupRuns.ts';
import { brokenRun, listedRun } from '../../../support/exampleHeadline.ts';

const listed = (key: string, planKey: string, startedAtMs: number): ListedRun<string> =>
  listedRun(key, { planKey, startedAtMs });

/** The keys as the tree shows them, groups as lists. */
function shape(runs: ListedRun<string>[]): unknown[] {
  return groupRuns(runs).map((entry) =>
    entry.kind === 'group' ? entry.runs.map(({ key }) => key) : entry.run.key,
  );
}

test('groups and runs are newest first, a lone run stands alone, broken files come last', () => {
  assert.deepEqual(
    shape([
      brokenRun('z'),
      listed('old-a', 'A', 1),
      listed('b', 'B', 5),
      brokenRun('y'),
      listed('new-a', 'A', 9),
      listed('c', 'C', 3),
    ]),
    [['new-a', 'old-a'], 'b', 'c', 'y', 'z'],
  );
});

test('every file is shown once, whatever the order they were found in', () => {
  const someRuns = fc.uniqueArray(
    fc.record({
      key: fc.stringMatching(/^[a-z]{1,4}$/),
      planKey: fc.constantFrom('A', 'B', 'C', null),
      startedAtMs: fc.integer({ min: 0, max: 5 }),
    }),
    { selector: ({ key }) => key },
  );
  fc.assert(
    fc.property(someRuns, (runs) => {
      const found = runs.map(({ key, planKey, startedAtMs }) =>
        planKey === null ? brokenRun(key) : listed(key, planKey, startedAtMs),
      );
      const shown = shape(found);
      assert.deepEqual(shown.flat().sort(), runs.map(({ key }) => key).sort());
      assert.deepEqual(shape([...found].reverse()), shown);
    }),
  );
});
