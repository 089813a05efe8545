import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  baselineFirst,
  previousRun,
  type ComparedFile,
} from '../../../../src/extension/compareCommands/comparedFiles.ts';
import { compareWithSections } from '../../../../src/extension/compareCommands/compareWithItems.ts';
import { LastComparison } from '../../../../src/extension/compareCommands/lastComparison.ts';
import { brokenRun, exampleHeadline, listedRun } from '../../../support/exampleHeadline.ts';

const file = (
  place: string,
  startedAtMs: number | null,
  isStarred = false,
): ComparedFile<string> => ({ place, startedAtMs, isStarred });

test('the oldest run is the baseline unless one is starred; unreadable files come last', () => {
  const files = [file('broken', null), file('new', 3), file('old', 1), file('middle', 2)];
  assert.deepEqual(baselineFirst(files), ['old', 'middle', 'new', 'broken']);
  const starred = [...files, file('star', 4, true)];
  assert.deepEqual(baselineFirst(starred), ['star', 'old', 'middle', 'new', 'broken']);
});

test('the previous run is the newest earlier one of the same plan', () => {
  const listed = [
    listedRun('first', { startedAtMs: 1 }),
    listedRun('second', { startedAtMs: 2 }),
    listedRun('of another plan', { startedAtMs: 3, planKey: 'other' }),
    listedRun('itself', { startedAtMs: 4 }),
    listedRun('later', { startedAtMs: 5 }),
    brokenRun('broken'),
  ];
  const previousOf = (startedAtMs: number) =>
    previousRun(exampleHeadline({ startedAtMs }), listed)?.key;
  assert.equal(previousOf(4), 'second');
  assert.equal(previousOf(1), undefined);
});

test('a run is offered what there is to compare it with, the likeliest first', () => {
  const hourMs = 3_600_000;
  const previous = listedRun('Before', { startedAtMs: 10 * hourMs });
  const baseline = listedRun('Good one', { startedAtMs: 5 * hourMs });
  const choices = { previous, baseline, head: 'git', others: [baseline, previous] };
  const sections = compareWithSections(choices, 12 * hourMs);
  const [likely, others, elsewhere] = sections.map(({ items }) => items);
  assert.deepEqual(
    likely!.map(({ label, value }) => [label, value]),
    [
      ['$(history) Previous run', 'Before'],
      ['$(star-full) Starred baseline', 'Good one'],
      ['$(git-commit) Git HEAD', 'git'],
    ],
  );
  assert.match(likely![0]!.description, /^Before · .+ · 2 h ago$/);
  assert.deepEqual(
    others!.map(({ value }) => value),
    ['Before', 'Good one'],
  );
  assert.deepEqual(
    elsewhere!.map(({ value }) => value),
    [null],
  );
});

test('what there is not is not offered', () => {
  const none = { previous: undefined, baseline: undefined, head: null, others: [brokenRun('b')] };
  assert.deepEqual(
    compareWithSections(none, 0).map(({ title }) => title),
    ['elsewhere'],
  );
});

test('the last choice is remembered; what cannot be understood is none', async () => {
  const kept = new Map<string, unknown>();
  const memory = {
    get: (name: string) => kept.get(name),
    update: (name: string, value: unknown) => Promise.resolve(void kept.set(name, value)),
  };
  await new LastComparison(memory).keep(['a', 'b']);
  assert.deepEqual(new LastComparison(memory).keys, ['a', 'b']);
  for (const name of kept.keys()) kept.set(name, { a: 1 });
  assert.deepEqual(new LastComparison(memory).keys, []);
});
