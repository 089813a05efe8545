import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  judgeThreshold,
  type ThresholdVerdict,
} from '../../../../src/extension/testing/judgeThreshold.ts';
import { parseThreshold } from '../../../../src/plan/threshold.ts';
import type { Run } from '../../../../src/runfile/run.ts';
import { reportRun } from '../../../../src/runfile/runReport.ts';
import { exampleRun, exampleSession, exampleUtterance } from '../../../support/exampleRun.ts';
import { goldenSession } from '../../../support/goldenSession.ts';

/** The example run has a TTFT of 429.6 ms and a WER of 0. */
function judge(threshold: string, run: Partial<Run> = {}): ThresholdVerdict {
  const { summary } = reportRun(exampleRun(run));
  return judgeThreshold(parseThreshold(threshold), summary[0]!);
}

test('says what is expected and what is there, with units', () => {
  assert.deepEqual(judge('ttft.p50 <= 1 s'), {
    kind: 'met',
    expected: 'ttft.p50 <= 1000 ms',
    actual: 'ttft.p50 = 430 ms',
    missing: null,
  });
  assert.deepEqual(judge('wer >= 8 %'), {
    kind: 'missed',
    expected: 'wer >= 8 %',
    actual: 'wer = 0 %',
    missing: null,
  });
});

test('a figure that misses its limit by less than is shown does not look like the limit', () => {
  const { expected, actual } = judge('ttft.p50 <= 429.59');
  assert.deepEqual([expected, actual], ['ttft.p50 <= 430 ms', 'ttft.p50 = 430 ms (429.6)']);
});

test('a missing figure says why', () => {
  const reason = (threshold: string, run?: Partial<Run>): string => {
    const { kind, missing } = judge(threshold, run);
    assert.equal(kind, 'no value');
    return missing ?? '';
  };
  assert.equal(
    reason('rtf.p50 <= 1'),
    'the audio was paced, so this says nothing about speed (1 ×)',
  );
  assert.equal(
    reason('wer <= 8 %', { utterances: [exampleUtterance({ reference: null })] }),
    'no session that completed has a reference text with words',
  );
  const failure = { ...refused, message: 'no' };
  const trace = { ...goldenSession(), received: [], failure };
  assert.equal(
    reason('ttft.p50 <= 1 s', { sessions: [exampleSession({ trace })] }),
    '1 of 1 sessions failed: final_timeout',
  );
});

const refused = { reason: 'final_timeout', atUs: 1000, code: null } as const;
