import type { RunReport } from '../runfile/runReport.ts';
import { endpointViews } from './endpointViews.ts';
import { clockWarnings, pacingWarnings } from './pacingWarnings.ts';
import { runFacts } from './runFacts.ts';
import type { RunView } from './runView.ts';
import { sessionRows } from './sessionRows.ts';

/** What the run editor shows of a run. Pure. */
export function buildRunView(report: RunReport): RunView {
  const { info } = report.run;
  return {
    title: info.title,
    notes: info.notes,
    startedAt: info.startedAt,
    facts: runFacts(report.run, report.sessions.length),
    warnings: [...report.warnings, ...pacingWarnings(report), ...clockWarnings(report)],
    endpoints: endpointViews(report),
    ...sessionRows(report),
  };
}
