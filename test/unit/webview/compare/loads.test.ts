import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LoadChart, LoadFigure, LoadPoint } from '../../../../src/compareview/loadView.ts';
import { firstState } from '../../../../webview-ui/compare/compareState.ts';
import { alongAxis } from '../../../../webview-ui/compare/loads/loadAxis.ts';
import { figuresText, remarksOf } from '../../../../webview-ui/compare/loads/loadTexts.ts';
import { savedStateOf, stateToSave } from '../../../../webview-ui/compare/savedState.ts';

const ttft: LoadChart = {
  key: 'ttft',
  label: 'Time to first text',
  short: 'TTFT',
  format: { unit: 'ms', differenceUnit: 'ms', scale: 1, decimals: 0 },
  isDistribution: true,
  limits: [],
};

const errors: LoadChart = {
  ...ttft,
  short: 'Errors',
  format: { unit: '%', differenceUnit: 'pp', scale: 100, decimals: 1 },
  isDistribution: false,
};

function figure(value: number, change: Partial<LoadFigure> = {}): LoadFigure {
  return { value, enough: true, missed: [], ...change };
}

function point(run: number, sessionsPerSecond: number | null): LoadPoint {
  return { run, load: `${run} at once`, concurrency: run, sessionsPerSecond, figures: {} };
}

test('points without a place on the axis are left out, the others in its order', () => {
  const curve = { name: 'local', points: [point(1, 0.5), point(2, null), point(4, 0.4)] };
  const runs = (axis: 'concurrency' | 'sessionsPerSecond') =>
    alongAxis(curve, axis).map(({ x, point: { run } }) => [x, run]);
  assert.deepEqual(runs('concurrency'), [
    [1, 1],
    [2, 2],
    [4, 4],
  ]);
  assert.deepEqual(runs('sessionsPerSecond'), [
    [0.4, 4],
    [0.5, 1],
  ]);
});

describe('figures in words', () => {
  test('of a distribution', () => {
    const both = { main: figure(412), tail: figure(655), sessions: 24 };
    assert.equal(figuresText(ttft, both), 'TTFT p50 412 ms, p95 655 ms, 24 sessions');
    assert.equal(figuresText(ttft, { ...both, tail: null }), 'TTFT p50 412 ms, 24 sessions');
    assert.deepEqual(remarksOf(ttft, both), []);
  });

  test('of one value', () => {
    const one = { main: figure(0.021, { missed: ['≤ 2 %'] }), tail: null, sessions: 1 };
    assert.equal(figuresText(errors, one), 'Errors 2.1 %, 1 session');
    assert.deepEqual(remarksOf(errors, one), ['misses ≤ 2 %']);
  });

  test('with what is wrong with them', () => {
    const few = {
      main: figure(412, { enough: false, missed: ['≤ 300 ms', '≤ 400 ms'] }),
      tail: figure(655, { enough: false }),
      sessions: 3,
    };
    assert.deepEqual(remarksOf(ttft, few), [
      'p50 misses ≤ 300 ms',
      'p50 misses ≤ 400 ms',
      'n too small for an interval of p50 and p95',
    ]);
  });
});

test('what a page saved before there were curves is kept', () => {
  const saved = stateToSave({ ...firstState(), row: 'ttft', loadAxis: 'sessionsPerSecond' });
  assert.equal(savedStateOf(saved).loadAxis, 'sessionsPerSecond');
  const before = Object.fromEntries(
    Object.entries(saved.state).filter(([name]) => name !== 'loadAxis'),
  );
  const restored = savedStateOf({ ...saved, state: before });
  assert.deepEqual([restored.row, restored.loadAxis], ['ttft', 'concurrency']);
});
