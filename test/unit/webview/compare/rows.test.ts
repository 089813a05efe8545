import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CompareRow } from '../../../../src/compareview/compareView.ts';
import { differenceAfter } from '../../../../webview-ui/compare/differences.ts';
import { nextSort, sortRows } from '../../../../webview-ui/compare/sortRows.ts';

const format = { unit: 'ms', differenceUnit: 'ms', scale: 1, decimals: 0 };

function row(key: string, change: Partial<CompareRow>): CompareRow {
  const cells = { name: key, a: '', b: '', delta: '', deltaShare: '', interval: '', p: '' };
  return {
    key,
    label: key,
    short: key,
    direction: 'lower',
    family: 'primary',
    statistic: '',
    format,
    change: null,
    tail: null,
    cells: { ...cells, verdict: '', n: '40' },
    verdict: 'equivalent',
    explanation: [],
    noise: 5,
    values: { a: [], b: [] },
    hasUtterances: true,
    ...change,
  };
}

const changed = (deltaShare: number | null, delta = 1) => ({
  change: { a: 100, b: 100 + delta, delta, deltaShare, interval: null },
});

const keys = (rows: readonly CompareRow[]) => rows.map(({ key }) => key);

describe('sortRows', () => {
  const rows = [
    row('none', {}),
    row('fasterByTen', changed(-0.1)),
    row('slowerByFive', changed(0.05)),
    row('fewerOfGood', { direction: 'higher', ...changed(-0.2) }),
    row('fromZero', changed(null)),
  ];
  const worstFirst = ['fromZero', 'fewerOfGood', 'slowerByFive', 'fasterByTen'];

  test('puts the worst change first, whichever way is worse, and no value last', () => {
    const sorted = sortRows(rows, { column: 'delta', direction: 'descending' });
    assert.deepEqual(keys(sorted), [...worstFirst, 'none']);
  });

  test('the other way round, no value is still last', () => {
    const sorted = sortRows(rows, { column: 'delta', direction: 'ascending' });
    assert.deepEqual(keys(sorted), [...worstFirst.toReversed(), 'none']);
  });

  test('no change of a value that has no share is neither good nor bad', () => {
    const same = row('same', changed(null, 0));
    const sorted = sortRows([rows[1]!, same, rows[2]!], {
      column: 'delta',
      direction: 'descending',
    });
    assert.deepEqual(keys(sorted), ['slowerByFive', 'same', 'fasterByTen']);
  });

  test('leaves the order alone without a sorting, or with one it does not know', () => {
    assert.deepEqual(sortRows(rows, null), rows);
    assert.deepEqual(sortRows(rows, { column: 'colour', direction: 'ascending' }), rows);
  });

  test('puts regressed before improved before all that is neither', () => {
    const verdicts = (['equivalent', 'improved', 'inconclusive', 'regressed'] as const).map(
      (verdict) => row(verdict, { verdict }),
    );
    const sorted = sortRows(verdicts, { column: 'verdict', direction: 'descending' });
    assert.deepEqual(keys(sorted), ['regressed', 'improved', 'inconclusive', 'equivalent']);
  });
});

test('pressing a head sorts worst first, then the other way, then not', () => {
  const first = nextSort(null, 'delta');
  assert.deepEqual(first, { column: 'delta', direction: 'descending' });
  const second = nextSort(first, 'delta');
  assert.deepEqual(second, { column: 'delta', direction: 'ascending' });
  assert.equal(nextSort(second, 'delta'), null);
  assert.deepEqual(nextSort(first, 'name'), { column: 'name', direction: 'ascending' });
});

describe('differenceAfter', () => {
  const rows = [
    row('a', { verdict: 'regressed' }),
    row('b', { verdict: 'equivalent' }),
    row('c', { verdict: 'improved' }),
    row('d', { verdict: 'inconclusive' }),
  ];
  const from = (at: number, action: 'nextDifference' | 'previousDifference') =>
    differenceAfter(rows, rows[at] ?? null, action)?.key;

  test('goes on to the next one, and round again', () => {
    assert.deepEqual(
      [0, 1, 2, 3].map((at) => from(at, 'nextDifference')),
      ['c', 'c', 'a', 'a'],
    );
  });

  test('goes back to the one before, and round again', () => {
    const found = [0, 1, 2, 3].map((at) => from(at, 'previousDifference'));
    assert.deepEqual(found, ['c', 'a', 'a', 'c']);
  });

  test('begins at an end where nothing is chosen', () => {
    assert.equal(from(-1, 'nextDifference'), 'a');
    assert.equal(from(-1, 'previousDifference'), 'c');
  });

  test('finds nothing where nothing differs', () => {
    assert.equal(differenceAfter([rows[1]!], rows[1]!, 'nextDifference'), undefined);
  });
});
