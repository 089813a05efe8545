import { groupBy } from '../metrics/groupBy.ts';
import { loadText } from '../plan/loadText.ts';
import type { RunReport } from '../runfile/runReport.ts';
import type { FileSummary } from '../runfile/summarySchema.ts';

/** A compared run, as far as its load is concerned. */
export interface LoadedRun {
  /** Place among all files. */
  place: number;
  letter: string;
  report: Pick<RunReport, 'run' | 'metricsSpec' | 'summary'>;
}

/** One endpoint of a run, under the load that was measured. */
export interface LoadLevel {
  run: LoadedRun;
  summary: FileSummary;
  /** In words, as planned. */
  load: string;
  concurrency: number;
}

/** Levels of one endpoint whose figures can be held against each other. */
export interface LevelCurve {
  name: string;
  /** The least concurrency first. */
  levels: LoadLevel[];
}

/**
 * The levels of each endpoint, one curve for all that were measured over the same speech in the
 * same way: what makes runs incomparable parts their curves, too.
 */
export function levelCurves(runs: readonly LoadedRun[]): LevelCurve[] {
  const byEndpoint = groupBy(runs.flatMap(levelsOf), ({ summary }) => summary.endpoint);
  return [...byEndpoint].flatMap(([endpoint, levels]) => {
    const groups = comparableGroups(levels);
    return groups.map((group) => ({
      name: groups.length === 1 ? endpoint : `${endpoint} (${lettersOf(group)})`,
      levels: group.toSorted((one, other) => one.concurrency - other.concurrency),
    }));
  });
}

/** Whether the plans of its runs put more than one load on the endpoint. */
export function hasSeveralLoads({ levels }: LevelCurve): boolean {
  return new Set(levels.map(({ load }) => load)).size > 1;
}

/** Runs without a concurrency have no place on the axis. */
function levelsOf(run: LoadedRun): LoadLevel[] {
  const load = loadText(run.report.run.plan.load);
  return run.report.summary.flatMap((summary) => {
    const concurrency = summary.run.concurrency_mean;
    return typeof concurrency === 'number' ? [{ run, summary, load, concurrency }] : [];
  });
}

function comparableGroups(levels: readonly LoadLevel[]): LoadLevel[][] {
  const groups: LoadLevel[][] = [];
  for (const level of levels) {
    const group = groups.find(([first]) => isComparable(first!, level));
    if (group) group.push(level);
    else groups.push([level]);
  }
  return groups;
}

function isComparable({ run: one }: LoadLevel, { run: other }: LoadLevel): boolean {
  return wayOf(one) === wayOf(other) && hasCommonSpeech(one, other);
}

/** The way of measuring: how audio was sent, and what figures mean. */
function wayOf({ report: { run, metricsSpec } }: LoadedRun): string {
  const { mode, speed, chunkMs } = run.plan.pacing;
  return JSON.stringify([metricsSpec, mode, mode === 'burst' ? null : speed, chunkMs]);
}

function hasCommonSpeech(one: LoadedRun, other: LoadedRun): boolean {
  const known = new Set(speechOf(one));
  return speechOf(other).some((content) => known.has(content));
}

function speechOf({ report }: LoadedRun): string[] {
  return report.run.utterances.map(({ sha256, id }) => sha256 ?? id);
}

function lettersOf(levels: readonly LoadLevel[]): string {
  return levels.map(({ run }) => run.letter).join(', ');
}
