import { buildCompareView } from '../../compareview/buildCompareView.ts';
import { comparePrepared, prepareComparison } from '../../comparison/compareRuns.ts';
import { ComparisonError } from '../../comparison/comparisonError.ts';
import type { ComparisonOptions } from '../../comparison/comparisonOptions.ts';
import { matchEndpoints } from '../../comparison/matchEndpoints.ts';
import { StatisticsStopped } from '../../metrics/statistics/statisticsControl.ts';
import type { RunReport } from '../../runfile/runReport.ts';
import type {
  CompareAnswers,
  CompareNews,
  ReadSource,
  RunSource,
} from './compareReaderMessages.ts';
import { KeptComparison } from './keptComparison.ts';
import type { RunCache } from './runCache.ts';

type Compared = NonNullable<CompareAnswers['compare']>;

export interface CompareOptions extends Pick<ComparisonOptions, 'noise'> {
  shouldStop: () => boolean;
  tell: (news: Extract<CompareNews, { type: 'progress' }>) => void;
}

/** Of the whole work; the rest is calculating. */
const readingShare = 0.5;

const tooFew = 'A comparison needs two runs that can be read. Add another run, or repair these.';

/** Reads runs and compares them; null when it was stopped. `kept` answers what is asked later. */
export async function compareSources(
  sources: readonly RunSource[],
  cache: RunCache,
  options: CompareOptions,
): Promise<{ answer: Compared; kept: KeptComparison | null } | null> {
  const runs = await readSources(sources, cache, options);
  if (runs === null) return null;
  const uncompared = (problem: string) => {
    const read = runs.map(({ source, problem: own }) => ({ uri: source.uri, problem: own }));
    return { answer: { view: null, sources: read, problem }, kept: null };
  };
  if (runs.filter(({ report }) => report).length < 2) {
    return uncompared([...runs.flatMap((run) => run.problem ?? []), tooFew].join('\n'));
  }
  try {
    return calculate(runs, options);
  } catch (error) {
    if (error instanceof StatisticsStopped) return null;
    if (error instanceof ComparisonError) return uncompared(error.message);
    throw error;
  }
}

interface SourceRun {
  source: RunSource;
  /** Null where it cannot be compared. */
  report: RunReport | null;
  problem: string | null;
}

/** Null when it was stopped. */
async function readSources(
  sources: readonly RunSource[],
  cache: RunCache,
  { shouldStop, tell }: CompareOptions,
): Promise<SourceRun[] | null> {
  const runs: SourceRun[] = [];
  for (const [place, source] of sources.entries()) {
    const label = `Reading ${source.label}`;
    tell({ type: 'progress', label, share: (place / sources.length) * readingShare });
    runs.push({ source, ...(await cache.read(source)) });
    if (shouldStop()) return null;
  }
  return withMatchingEndpoints(runs);
}

/** One run that has nothing in common with the baseline does not stand in the way of the others. */
function withMatchingEndpoints(runs: readonly SourceRun[]): SourceRun[] {
  const baseline = runs.find(({ report }) => report);
  return runs.map((run) => {
    if (!baseline?.report || !run.report || run === baseline) return run;
    try {
      matchEndpoints(baseline.report, run.report, { baseline: null, candidate: null });
      return run;
    } catch (error) {
      if (!(error instanceof ComparisonError)) throw error;
      return { ...run, report: null, problem: error.message };
    }
  });
}

function calculate(
  runs: readonly SourceRun[],
  { noise, shouldStop, tell }: CompareOptions,
): { answer: Compared; kept: KeptComparison } {
  const compared = runs.filter(({ report }) => report);
  const options: ComparisonOptions = {
    ...(noise && { noise }),
    shouldStop,
    onProgress: (done) => {
      const share = readingShare + done * (1 - readingShare);
      tell({ type: 'progress', label: 'Comparing', share });
    },
  };
  tell({ type: 'progress', label: 'Matching utterances', share: readingShare });
  const reports = compared.flatMap(({ report }) => report ?? []);
  const prepared = prepareComparison(reports, options);
  const comparison = comparePrepared(prepared, options);
  const uris = compared.map(({ source }) => source.uri);
  const sources: ReadSource[] = runs.map(({ source, problem }) => ({ uri: source.uri, problem }));
  const files = runs.map(({ source: { uri, label }, problem }) => ({
    uri,
    file: label,
    problem,
    isStarred: false,
  }));
  return {
    answer: { view: buildCompareView(files, comparison, reports), sources, problem: null },
    kept: new KeptComparison(comparison, prepared, uris),
  };
}
