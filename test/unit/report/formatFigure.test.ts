import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  figureFormat,
  formatDifference,
  formatFigure,
  formatInterval,
  formatP,
  formatShareOf,
} from '../../../src/report/formatFigure.ts';

const ms = figureFormat('ttfs', 'ms', 412);
const wer = figureFormat('wer', '', 0.083);

test('values, differences and intervals carry units and signs', () => {
  assert.equal(formatFigure(412.4, ms), '412 ms');
  assert.equal(formatDifference(60.2, ms), '+60 ms');
  assert.equal(formatDifference(-60.2, ms), '−60 ms');
  assert.equal(formatInterval({ low: -3.2, high: 9 }, ms), '[−3, +9]');
  assert.equal(formatInterval({ low: 59.6, high: 60.2 }, ms), '[+59.6, +60.2]');
  assert.equal(formatInterval({ low: 60, high: 60 }, ms), '[+60, +60]');
  assert.equal(formatFigure(null, ms), '–');
});

test('shares are percentages and differ by percentage points', () => {
  assert.equal(formatFigure(0.083, wer), '8.30 %');
  assert.equal(formatDifference(-0.0031, wer), '−0.31 pp');
  assert.equal(formatFigure(0.5, figureFormat('error_rate', '', 0.5)), '50.0 %');
});

test('what rounds to nothing has no sign', () => {
  assert.equal(formatDifference(-0.2, ms), '0 ms');
  assert.equal(formatDifference(0.2, ms), '0 ms');
});

test('shares of the baseline and p-values', () => {
  assert.equal(formatShareOf(0.051), '+5.1 %');
  assert.equal(formatShareOf(3.896), '+390 %');
  assert.equal(formatShareOf(111.254), '×112');
  assert.equal(formatShareOf(null), '–');
  assert.equal(formatP(0.0004), '< 0.001');
  assert.equal(formatP(0.0123), '0.012');
});
