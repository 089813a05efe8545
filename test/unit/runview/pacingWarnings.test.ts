import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reportRun, type RunReport } from '../../../src/runfile/runReport.ts';
import { buildRunView } from '../../../src/runview/buildRunView.ts';
import { exampleRun, exampleSession } from '../../support/exampleRun.ts';
import { goldenSession } from '../../support/goldenSession.ts';

/** A report whose chunks of 100 ms all left this late, of as many sessions at once. */
function reportOf(lateMs: number, sessionsAtOnce: number, url?: string): RunReport {
  const golden = goldenSession();
  const chunks = golden.chunks.map((chunk) => ({ ...chunk, sentUs: chunk.dueUs + lateMs * 1000 }));
  const run = exampleRun({ sessions: [exampleSession({ trace: { ...golden, chunks } })] });
  run.plan.load = { kind: 'concurrent', sessions: sessionsAtOnce };
  run.endpoints[0]!.url = url ?? run.endpoints[0]!.url;
  return reportRun(run);
}

function warningsOf(report: RunReport): string[] {
  return buildRunView(report).warnings;
}

describe('pacing warnings', () => {
  test('there are none where the audio was sent on time', () => {
    assert.deepEqual(warningsOf(reportOf(2, 4)), []);
  });

  test('a degraded pacing says what it means, by how much, and what helps', () => {
    assert.deepEqual(warningsOf(reportOf(23, 4)), [
      'Endpoint "local": pacing degraded. This computer sent some of the audio late (1 % of it by ' +
        '23 ms or more), so delays can look longer than the server made them. Run it again with ' +
        'fewer sessions at once, or with less else running on this computer.',
    ]);
  });

  test('an invalid pacing says what is left out', () => {
    const [warning] = warningsOf(reportOf(80, 1));
    assert.match(warning!, /pacing invalid.*by 80 ms or more.*left out/);
  });

  test('fewer than one session at once is no remedy', () => {
    assert.doesNotMatch(warningsOf(reportOf(23, 1)).join(), /fewer sessions/);
  });

  test('the embedded recogniser is named as what keeps this computer busy', () => {
    assert.match(warningsOf(reportOf(23, 2, 'embedded')).join(), /the recogniser computes too/);
  });
});

test('a clock that was held up is said, by how much', () => {
  const report = reportOf(2, 1);
  const lateBy = (us: number) => {
    const clock = { eventLoopDelayP50Us: 0, eventLoopDelayP99Us: us, eventLoopDelayMaxUs: us };
    const environment = { ...report.run.environment, clock };
    return warningsOf({ ...report, run: { ...report.run, environment } });
  };
  assert.deepEqual(lateBy(9_999), []);
  assert.match(lateBy(23_000)[0]!, /1 % of the time by 23 ms or more/);
});
