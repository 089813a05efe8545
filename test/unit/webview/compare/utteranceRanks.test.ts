import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { UtteranceRow } from '../../../../src/compareview/compareView.ts';
import {
  changedBeside,
  changeKind,
  isChanged,
  shownUtterances,
  worsening,
} from '../../../../webview-ui/compare/utterances/utteranceRanks.ts';

function row(id: string, a: number | null, b: number | null, statusB = 'success'): UtteranceRow {
  const delta = a === null || b === null ? null : b - a;
  return { id, a, b, delta, statusA: 'success', statusB, repeats: { a: 1, b: 1 } };
}

const lower = { direction: 'lower', noise: 10 } as const;
const ids = (rows: readonly UtteranceRow[]) => rows.map(({ id }) => id);

describe('utteranceRanks', () => {
  test('knows by the direction what a change means', () => {
    assert.equal(changeKind(20, lower), 'worse');
    assert.equal(changeKind(-20, lower), 'better');
    assert.equal(changeKind(20, { ...lower, direction: 'higher' }), 'better');
    assert.equal(changeKind(20, { ...lower, direction: 'neutral' }), 'other');
    assert.equal(changeKind(10, lower), 'within');
    assert.equal(changeKind(0, { ...lower, noise: 0 }), 'within');
  });

  test('counts as changed what ends otherwise or changed by more than noise', () => {
    assert.equal(isChanged(row('x', 100, 105), lower), false);
    assert.equal(isChanged(row('x', 100, 111), lower), true);
    assert.equal(isChanged(row('x', 100, null), lower), false);
    assert.equal(isChanged(row('x', 100, null, 'failed'), lower), true);
  });

  test('measures how much worse in the direction that is worse', () => {
    assert.equal(worsening(row('x', 10, 15), 'lower'), 5);
    assert.equal(worsening(row('x', 10, 15), 'higher'), -5);
    assert.equal(worsening(row('x', 15, 10), 'neutral'), 5);
    assert.equal(worsening(row('x', null, 10), 'lower'), null);
  });

  const rows = [
    row('clip 10', 100, 200),
    row('clip 9', 100, 90),
    row('clip 1', 100, null, 'failed'),
  ];
  const choice = { query: '', sort: null, direction: 'lower' } as const;

  test('keeps the order of the rows where nothing is sorted', () => {
    assert.deepEqual(shownUtterances(rows, choice), rows);
  });

  test('sorts numbers in names as numbers', () => {
    const sort = { column: 'name', direction: 'ascending' } as const;
    assert.deepEqual(ids(shownUtterances(rows, { ...choice, sort })), [
      'clip 1',
      'clip 9',
      'clip 10',
    ]);
  });

  test('sorts changes by how much worse, and those without a value last either way', () => {
    for (const [direction, expected] of [
      ['ascending', ['clip 9', 'clip 10', 'clip 1']],
      ['descending', ['clip 10', 'clip 9', 'clip 1']],
    ] as const) {
      const sort = { column: 'delta', direction };
      assert.deepEqual(ids(shownUtterances(rows, { ...choice, sort })), expected);
    }
    const sort = { column: 'delta', direction: 'descending' } as const;
    const higher = shownUtterances(rows, { query: '', sort, direction: 'higher' });
    assert.deepEqual(ids(higher), ['clip 9', 'clip 10', 'clip 1']);
  });

  test('finds all of the words, in id or status', () => {
    assert.deepEqual(ids(shownUtterances(rows, { ...choice, query: 'FAIL clip' })), ['clip 1']);
    assert.deepEqual(ids(shownUtterances(rows, { ...choice, query: 'fail 9' })), []);
  });

  test('steps to the changed rows before and after, and not beyond the ends', () => {
    const all = [row('a', 1, 50), row('b', 1, 2), row('c', 1, 60), row('d', 1, 1)];
    assert.equal(changedBeside(all, -1, 1, lower)?.id, 'a');
    assert.equal(changedBeside(all, 0, 1, lower)?.id, 'c');
    assert.equal(changedBeside(all, 2, 1, lower), undefined);
    assert.equal(changedBeside(all, 2, -1, lower)?.id, 'a');
    assert.equal(changedBeside(all, 0, -1, lower), undefined);
    assert.equal(changedBeside(all, -1, -1, lower)?.id, 'c');
  });
});
