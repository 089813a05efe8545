import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseThreshold } from '../../../src/plan/threshold.ts';
import { checkThresholds, requireKnownMetrics } from '../../../src/runfile/checkThresholds.ts';
import { reportRun } from '../../../src/runfile/runReport.ts';
import { exampleRun } from '../../support/exampleRun.ts';

const { summary } = reportRun(exampleRun());

function check(text: string): { value: number | null; met: boolean } {
  const [result] = checkThresholds([parseThreshold(text)], summary);
  return { value: result!.value, met: result!.met };
}

test('holds each kind of figure against its limit', () => {
  assert.deepEqual(check('ttft.p50<=430'), { value: 429.6, met: true });
  assert.deepEqual(check('ttft.p50<=429'), { value: 429.6, met: false });
  assert.deepEqual(check('ttft.mean>=429'), { value: 429.6, met: true });
  assert.deepEqual(check('wel.max<=190'), { value: 190, met: true });
  assert.deepEqual(check('wer<=0'), { value: 0, met: true });
  assert.deepEqual(check('error_rate<=0.01'), { value: 0, met: true });
  assert.deepEqual(check('early_final<=0'), { value: 0, met: true });
});

test('goodput goes by the other thresholds of the plan', () => {
  const { plan } = exampleRun();
  const shareWithin = (...limits: string[]) => {
    const thresholds = [...limits, 'goodput_ratio>=0.9'].map(parseThreshold);
    const report = reportRun(exampleRun({ plan: { ...plan, thresholds } }));
    return checkThresholds(thresholds, report.summary).at(-1);
  };
  assert.equal(shareWithin('ttft.p95<=430')?.value, 1);
  assert.equal(shareWithin('ttft.p95<=430')?.met, true);
  assert.equal(shareWithin('ttft.p95<=429', 'wer<=1')?.value, 0);
  assert.equal(shareWithin('wer<=1')?.value, null);
});

test('a figure that the run does not have is a miss', () => {
  assert.deepEqual(check('rtf.p50<=1'), { value: null, met: false });
});

test('refuses figures that do not exist before anything runs', () => {
  const refuse = (text: string, message: RegExp) => {
    assert.throws(() => {
      requireKnownMetrics([parseThreshold(text)]);
    }, message);
  };
  refuse('tfft.p50<=1', /no metric "tfft"\. Metrics: .*ttft/);
  refuse('wer.p50<=1', /leave the statistic out/);
  refuse('ttft<=1', /add \.p50/);
  requireKnownMetrics([parseThreshold('ttft.p50<=1'), parseThreshold('wer<=1')]);
});
