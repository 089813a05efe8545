import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportText } from '../../../src/cli/reportText.ts';
import { reportRun } from '../../../src/runfile/runReport.ts';
import { exampleRun } from '../../support/exampleRun.ts';
import { saturatedRun } from '../../support/saturatedRun.ts';

const closed = reportText(reportRun(exampleRun()));
const open = reportText(reportRun(saturatedRun()));

test('times from scheduled starts are shown where the load is open', () => {
  assert.match(open, /^Start delay +ms +20 /m);
  assert.match(open, /^Time to first text from scheduled start \(TTFT sched\.\) +ms +2500 /m);
  assert.doesNotMatch(closed, /schedule|Start delay/);
});

test('goodput is shown where a threshold is about sessions', () => {
  assert.match(open, /^Goodput +0\.19 sessions per second within all thresholds, 16\.7 % of all$/m);
  assert.doesNotMatch(closed, /Goodput/);
});

test('a server that fell behind its load is told of', () => {
  assert.match(open, /^Load .*; saturated: sessions at once and the time to first text grew/m);
  assert.doesNotMatch(closed, /saturated/);
});
