import { isCompleted } from '../metrics/sessionStatus.ts';
import { formatThreshold } from '../plan/threshold.ts';
import type { ThresholdResult } from '../runfile/checkThresholds.ts';
import type { RunReport } from '../runfile/runReport.ts';
import { escapeXml } from './escapeXml.ts';
import { thresholdFigure } from './thresholdFigure.ts';

/** A run and how its thresholds fared. */
export interface JudgedRun {
  report: RunReport;
  thresholds: readonly ThresholdResult[];
}

interface TestCase {
  /** The endpoint. */
  className: string;
  name: string;
  /** Why it failed; null where it passed. */
  failure: string | null;
}

/**
 * Runs as JUnit's XML, which CI systems read: a suite for each run, in it for each endpoint whether
 * any session completed, and each threshold.
 */
export function junitReport(runs: readonly JudgedRun[]): string {
  const suites = runs.map(suite);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suite({ report, thresholds }: JudgedRun): string {
  const { info } = report.run;
  const cases = [
    ...report.run.endpoints.map(({ id }) => completedCase(report, id)),
    ...thresholds.map(thresholdCase),
  ];
  const failures = cases.filter(({ failure }) => failure !== null).length;
  const seconds = (info.durationUs / 1e6).toFixed(3);
  return [
    `  <testsuite name="${escapeXml(info.title)}" tests="${cases.length}" failures="${failures}" ` +
      `errors="0" skipped="0" time="${seconds}" timestamp="${escapeXml(info.startedAt.slice(0, 19))}">`,
    ...cases.map(caseText),
    '  </testsuite>',
  ].join('\n');
}

function completedCase({ sessions }: RunReport, endpoint: string): TestCase {
  const own = sessions.filter(({ endpointId }) => endpointId === endpoint);
  const completed = own.filter(({ figures }) => isCompleted(figures.status)).length;
  return {
    className: endpoint,
    name: 'sessions complete',
    failure: completed > 0 ? null : `None of ${own.length} sessions completed.`,
  };
}

function thresholdCase(result: ThresholdResult): TestCase {
  const { threshold, endpoint, value, met } = result;
  const found = thresholdFigure(result, value);
  const limit = `${threshold.comparison} ${thresholdFigure(result, threshold.limit)}`;
  return {
    className: endpoint,
    name: formatThreshold(threshold),
    failure: met ? null : `expected ${limit}, got ${found}`,
  };
}

function caseText({ className, name, failure }: TestCase): string {
  const start = `    <testcase classname="${escapeXml(className)}" name="${escapeXml(name)}"`;
  if (failure === null) return `${start} />`;
  const text = escapeXml(failure);
  return `${start}><failure message="${text}">${text}</failure></testcase>`;
}
