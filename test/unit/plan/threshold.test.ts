import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatThreshold, parseThreshold } from '../../../src/plan/threshold.ts';

test('reads a metric, a statistic and a limit', () => {
  assert.deepEqual(parseThreshold('ttft.p95 <= 1000'), {
    metric: 'ttft',
    statistic: 'p95',
    comparison: '<=',
    limit: 1000,
  });
  assert.deepEqual(parseThreshold('wer<=0.15'), {
    metric: 'wer',
    statistic: 'value',
    comparison: '<=',
    limit: 0.15,
  });
});

test('takes units', () => {
  const limitOf = (text: string) => parseThreshold(text).limit;
  assert.equal(limitOf('ttfs.p95 <= 800 ms'), 800);
  assert.equal(limitOf('ttfs.p95 <= 0.8 s'), 800);
  assert.equal(limitOf('wer <= 8 %'), 0.08);
  assert.equal(limitOf('wer<=0.08'), 0.08);
  assert.throws(() => parseThreshold('wer <= 8 percent'), { reason: 'threshold_invalid' });
});

test('writes what it reads', () => {
  for (const text of ['ttft.p95<=1000', 'wer<=0.15', 'keeps_up>=1', 'ttfs.mean<=-2.5']) {
    assert.equal(formatThreshold(parseThreshold(text)), text);
  }
});

test('shows the form when it does not understand', () => {
  for (const text of ['', 'ttft', 'ttft.p42<=1', 'ttft.p95<1000', 'wer<=', 'wer<=x', '<=1']) {
    assert.throws(() => parseThreshold(text), {
      reason: 'threshold_invalid',
      message: /ttft\.p95<=1000/,
    });
  }
});
