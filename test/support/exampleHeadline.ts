import type { ListedRun } from '../../src/extension/runs/groupRuns.ts';
import type { RunHeadline } from '../../src/runlist/headlineFigures.ts';

/** What the Runs view knows of a run. */
export function exampleHeadline(overrides: Partial<RunHeadline> = {}): RunHeadline {
  return {
    runId: 'r',
    title: 'Nightly',
    startedAtMs: Date.parse('2026-03-10T10:00:00Z'),
    partialBecause: null,
    datasetName: 'speech',
    endpoints: [],
    sessions: 12,
    failedSessions: 0,
    pace: 'real time',
    planKey: 'k',
    ...overrides,
  };
}

/** A listed run that is called by its key. */
export function listedRun(
  key: string,
  overrides: Partial<RunHeadline> = {},
): ListedRun<string> & { content: { kind: 'run' } } {
  const headline = exampleHeadline({ runId: key, title: key, ...overrides });
  return { place: key, key, content: { kind: 'run', headline } };
}

/** A listed file that is no run. */
export function brokenRun(key: string): ListedRun<string> {
  return { place: key, key, content: { kind: 'broken', reason: 'bad' } };
}
