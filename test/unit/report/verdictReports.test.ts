import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseThreshold } from '../../../src/plan/threshold.ts';
import { escapeXml } from '../../../src/report/escapeXml.ts';
import { junitReport, type JudgedRun } from '../../../src/report/junitReport.ts';
import { stepSummary } from '../../../src/report/stepSummary.ts';
import { checkThresholds } from '../../../src/runfile/checkThresholds.ts';
import { comparedReport } from '../../support/comparedRuns.ts';

function judged(texts: string[], options: Parameters<typeof comparedReport>[0] = {}): JudgedRun {
  const report = comparedReport({ utterances: 10, title: 'Nightly "<&>"', ...options });
  return { report, thresholds: checkThresholds(texts.map(parseThreshold), report.summary) };
}

describe('JUnit', () => {
  test('has a suite for a run and a case for each threshold', () => {
    const xml = junitReport([judged(['ttft.p50 <= 60 s', 'wer <= 0 %', 'ttft.p95 <= 1 ms'])]);
    assert.match(xml, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites>\n/);
    assert.match(
      xml,
      /<testsuite name="Nightly &quot;&lt;&amp;&gt;&quot;" tests="4" failures="1" /,
    );
    assert.match(xml, /<testcase classname="local" name="sessions complete" \/>/);
    assert.match(xml, /<testcase classname="local" name="ttft\.p50&lt;=60000" \/>/);
    assert.match(
      xml,
      /name="ttft\.p95&lt;=1"><failure message="expected &lt;= 1\.00 ms, got \d+ ms">/,
    );
  });

  test('fails where no session completed', () => {
    const failing = Array.from({ length: 10 }, (_, at) => at);
    const xml = junitReport([judged([], { failing })]);
    assert.match(xml, /tests="1" failures="1"/);
    assert.match(xml, /None of 10 sessions completed\./);
  });

  test('holds no character that XML cannot', () => {
    assert.equal(escapeXml('a\u0000b\uFFFFc\n\td\uD800e'), 'a\uFFFDb\uFFFDc d\uFFFDe');
  });
});

describe('the summary of a step', () => {
  test('says what was met and missed, in figures with units', () => {
    const text = stepSummary([judged(['wer <= 8 %', 'ttft.p95 <= 1 ms'])], []);
    assert.match(text, /^## RTBench: <code>Nightly .*<\/code>: 1 of 2 thresholds missed\n/);
    assert.match(
      text,
      /\| ✅ \| <code>wer&#60;&#61;0\.08<\/code> \| <code>local<\/code> \| ≤ 8 % \| 0 % \|/,
    );
    assert.match(text, /\| ❌ \| .* \| ≤ 1\.00 ms \| \d+ ms \|/);
    assert.match(text, /\| Endpoint \| Sessions \| TTFT p50 \|/);
  });

  test('of runs without thresholds has no verdict', () => {
    const text = stepSummary([judged([]), judged([])], ['Capacity of `local`: 6.']);
    assert.equal(text.match(/^## RTBench: <code>[^\n]*<\/code>$/gm)?.length, 2);
    assert.doesNotMatch(text, /Threshold/);
  });
});
