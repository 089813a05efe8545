import { chooseProfiles, type ProfileChoices } from '../runfile/chooseProfiles.ts';
import type { Run, RunEndpoint, RunUtterance } from '../runfile/run.ts';
import type { RunReport } from '../runfile/runReport.ts';
import type { FileSession } from '../runfile/runSchema.ts';
import type { FileSummary } from '../runfile/summarySchema.ts';
import type { PlanEndpoint } from '../plan/plan.ts';
import type { SessionTrace } from '../trace/sessionTrace.ts';

/** One endpoint of one run: what a comparison has on each of its two sides. */
export interface RunSide {
  report: RunReport;
  run: Run;
  endpointId: string;
  endpoint: RunEndpoint | null;
  plan: PlanEndpoint | null;
  summary: FileSummary | null;
  /** Of this endpoint, in the run's order. */
  sessions: FileSession[];
  /** Utterances that this endpoint was sent, by id. */
  utterances: ReadonlyMap<string, RunUtterance>;
  /** By session id; sessions whose trace was left out have none. */
  traces: ReadonlyMap<string, SessionTrace>;
  profiles: ProfileChoices;
}

/** The part of a run that one endpoint took. */
export function runSide(report: RunReport, endpointId: string): RunSide {
  const { run } = report;
  const sessions = report.sessions.filter((session) => session.endpointId === endpointId);
  const sent = new Set(sessions.map(({ utteranceId }) => utteranceId));
  const own = run.utterances.filter(({ id }) => sent.has(id));
  return {
    report,
    run,
    endpointId,
    endpoint: run.endpoints.find(({ id }) => id === endpointId) ?? null,
    plan: run.plan.endpoints.find(({ id }) => id === endpointId) ?? null,
    summary: report.summary.find(({ endpoint }) => endpoint === endpointId) ?? null,
    sessions,
    utterances: new Map(own.map((utterance) => [utterance.id, utterance])),
    traces: new Map(
      run.sessions
        .filter((session) => session.endpointId === endpointId)
        .map(({ id, trace }) => [id, trace]),
    ),
    profiles: chooseProfiles(run),
  };
}
