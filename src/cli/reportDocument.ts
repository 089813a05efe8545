import type { ThresholdResult } from '../runfile/checkThresholds.ts';
import type { RunReport } from '../runfile/runReport.ts';

/** What `--json` prints of a run: the figures, without traces. */
export function reportDocument(
  file: string,
  { run, summary, sessions, warnings }: RunReport,
  thresholds: readonly ThresholdResult[],
): object {
  const failures = new Map(run.sessions.map(({ id, trace }) => [id, trace.failure]));
  return {
    file,
    run: run.info,
    endpoints: run.endpoints,
    environment: run.environment,
    summary,
    thresholds,
    sessions: sessions.map(({ id, endpointId, utteranceId, repeat, figures }) => ({
      id,
      endpointId,
      utteranceId,
      repeat,
      failure: failures.get(id) ?? null,
      ...figures,
    })),
    warnings,
  };
}
