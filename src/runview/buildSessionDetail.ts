import { isCompleted } from '../metrics/sessionStatus.ts';
import { unknownProfileProblem } from '../metrics/text/unknownProfile.ts';
import { chooseProfiles } from '../runfile/chooseProfiles.ts';
import type { RunReport } from '../runfile/runReport.ts';
import { alignTranscript } from './alignTranscript.ts';
import { deltaRows } from './deltaRows.ts';
import { metricValues } from './metricValues.ts';
import type { SessionDetail } from './runView.ts';

/** One session in full; null where the run has no session of that id. Pure. */
export function buildSessionDetail(report: RunReport, sessionId: string): SessionDetail | null {
  const { run } = report;
  const stored = report.sessions.find(({ id }) => id === sessionId);
  if (!stored) return null;
  const session = run.sessions.find(({ id }) => id === sessionId) ?? null;
  const utterance = run.utterances.find(({ id }) => id === stored.utteranceId)!;
  const { reference, language } = utterance;
  const { status, text } = stored.figures;
  const problem = unknownProfileProblem(run.plan);
  return {
    id: sessionId,
    reference,
    hypothesis: text,
    alignment:
      problem === null && reference !== null && isCompleted(status)
        ? alignTranscript(reference, text, chooseProfiles(run).get(language)!)
        : null,
    alignmentProblem: reference === null ? null : problem,
    deltas: session && deltaRows(session.trace),
    metrics: metricValues(stored, session, utterance),
    failure: session?.trace.failure?.message ?? null,
  };
}
