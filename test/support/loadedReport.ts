import type { Load } from '../../src/plan/load.ts';
import { parseThreshold } from '../../src/plan/threshold.ts';
import type { RunReport } from '../../src/runfile/runReport.ts';
import type { FileSummary } from '../../src/runfile/summarySchema.ts';
import { comparedReport, type ComparedRunOptions } from './comparedRuns.ts';

export interface LoadedReportOptions extends ComparedRunOptions {
  load: Load;
  /** As measured; null where it could not be. */
  concurrency: number | null;
  sessionsPerSecond?: number | null;
  thresholds?: readonly string[];
  /** Changes what the summary of its endpoint says. */
  summary?: (summary: FileSummary) => FileSummary;
}

export function atOnce(sessions: number): Load {
  return { kind: 'concurrent', sessions };
}

/** A run as if it had been measured under a load. */
export function loadedReport(options: LoadedReportOptions): RunReport {
  const { load, concurrency, sessionsPerSecond = null, thresholds = [] } = options;
  const report = comparedReport(options);
  const { run } = report;
  const plan = { ...run.plan, load, thresholds: thresholds.map(parseThreshold) };
  const change = options.summary ?? ((summary) => summary);
  const summary = report.summary.map((own) =>
    change({
      ...own,
      run: { ...own.run, concurrency_mean: concurrency, sessions_per_s: sessionsPerSecond },
    }),
  );
  return { ...report, run: { ...run, plan }, summary };
}
