import { compareRuns } from '../../../src/comparison/compareRuns.ts';
import { buildCompareView } from '../../../src/compareview/buildCompareView.ts';
import type { CompareView } from '../../../src/compareview/compareView.ts';
import type { Run } from '../../../src/runfile/run.ts';
import { reportRun, type RunReport } from '../../../src/runfile/runReport.ts';
import { comparedRun, type ComparedRunOptions } from '../comparedRuns.ts';
import { atOnce, loadedReport, type LoadedReportOptions } from '../loadedReport.ts';

/** The view of runs, the first being the baseline, each an hour after the one before. */
export function comparedView(...runs: ComparedRunOptions[]): CompareView {
  return viewOfReports(runs.map((options, at) => reportRun(startedAt(comparedRun(options), at))));
}

/** As {@link comparedView}, of runs under loads. */
export function loadedView(...runs: LoadedReportOptions[]): CompareView {
  return viewOfReports(
    runs.map((options, at) => {
      const report = loadedReport(options);
      return { ...report, run: startedAt(report.run, at) };
    }),
  );
}

function viewOfReports(reports: readonly RunReport[]): CompareView {
  const files = reports.map((_, at) => {
    const file = `runs/2026-05-11/${at}.rtbench.json`;
    return { uri: `file:///runs/${file}`, file, problem: null, isStarred: at === 0 };
  });
  return buildCompareView(files, compareRuns(reports), reports);
}

function startedAt(run: Run, hour: number): Run {
  const time = new Date(Date.UTC(2026, 4, 11, 9 + hour, 30)).toISOString();
  return { ...run, info: { ...run.info, startedAt: time } };
}

const first = { title: 'Before', seed: 1 };
const worse = {
  title: 'Larger batches',
  seed: 2,
  laterMs: 60,
  broken: [3, 4, 9, 11, 12],
  failing: [7],
};

/** 60 ms later, with words broken and a session failed. */
export const slower = comparedView(first, worse);
/** As `slower` after one of its files changed. */
export const slowerAgain = comparedView(first, { ...worse, laterMs: 61 });
/** Nothing but noise between the two. */
export const same = comparedView(first, { title: 'Again', seed: 9 });
export const fourRuns = comparedView(
  first,
  worse,
  { title: 'Tuned', seed: 3, laterMs: -40 },
  { title: 'Nightly', seed: 5 },
);
/** Paced otherwise, which forbids comparing. */
export const otherChunks = comparedView(first, {
  title: 'Other chunks',
  seed: 2,
  run: (run) => ({ ...run, plan: { ...run.plan, pacing: { ...run.plan.pacing, chunkMs: 200 } } }),
});
/** Three utterances are only in the first run. */
export const fewerShared = comparedView({ ...first, utterances: 43 }, { title: 'Fewer', seed: 2 });

const thresholds = ['ttft.p50 <= 800 ms', 'ttft.p95 <= 900 ms', 'error_rate <= 2 %'];

/** A level of a sweep: later by `laterMs`, and few sessions above eight at once. */
function level(sessions: number, perSecond: number, laterMs: number): LoadedReportOptions {
  return {
    title: `Sweep, ${sessions} at once`,
    seed: sessions,
    utterances: sessions > 8 ? 40 : 80,
    load: atOnce(sessions),
    concurrency: sessions * 0.94,
    sessionsPerSecond: perSecond,
    laterMs,
    failing: sessions > 8 ? [3, 7] : [],
    broken: sessions > 4 ? [5] : [],
    thresholds,
  };
}

/** The levels of a sweep, not in order; it saturates at 16. */
export const sweep = loadedView(
  level(1, 0.4, 0),
  level(16, 2.1, 420),
  level(2, 0.8, 5),
  level(4, 1.5, 20),
  level(8, 2.2, 90),
);

/** Of its runs, only the last has enough sessions for an interval of the median. */
export const shortSweep = loadedView(
  { ...level(1, 0.4, 0), utterances: 4 },
  { ...level(2, 0.8, 5), utterances: 4 },
  { ...level(4, 1.5, 20), utterances: 40 },
);

/** The same as {@link sweep} with a second endpoint, which only three of the runs have. */
export const sweepOfTwo: CompareView = {
  ...sweep,
  load: {
    ...sweep.load!,
    curves: [
      ...sweep.load!.curves,
      {
        name: 'team server',
        points: sweep.load!.curves[0]!.points.slice(1, 4).map((point) => ({
          ...point,
          concurrency: point.concurrency * 0.8,
          figures: Object.fromEntries(
            Object.entries(point.figures).map(([key, figures]) => [
              key,
              {
                ...figures,
                main: figures.main && { ...figures.main, value: figures.main.value * 0.7 },
              },
            ]),
          ),
        })),
      },
    ],
  },
};

const hostileText = '<img src=x onerror="document.title=1"> \u202eevil "&';

/** Every text that comes from files holds markup and controls of direction. */
export function hostileView(): CompareView {
  const [pair] = slower.pairs;
  return {
    ...slower,
    runs: slower.runs.map((run) => ({
      ...run,
      title: hostileText,
      file: hostileText,
      warnings: [hostileText],
    })),
    pairs: [
      {
        ...pair!,
        a: { ...pair!.a, endpoint: hostileText },
        conclusion: { ...pair!.conclusion, text: hostileText },
        gate: {
          differences: [
            { id: 'x', severity: 'hard', message: hostileText },
            { id: 'y', severity: 'soft', message: hostileText },
          ],
          conditions: [{ what: hostileText, a: hostileText, b: hostileText, differs: true }],
        },
        failures: [{ reason: hostileText, a: 0, b: 1, isNew: true }],
        figures: [{ label: hostileText, a: hostileText, b: hostileText }],
      },
    ],
  };
}

/** A sweep whose titles and endpoints hold markup and controls of direction. */
export const hostileSweep: CompareView = {
  ...sweepOfTwo,
  runs: sweepOfTwo.runs.map((run) => ({ ...run, title: hostileText, file: hostileText })),
  load: {
    ...sweepOfTwo.load!,
    curves: sweepOfTwo.load!.curves.map((curve) => ({ ...curve, name: hostileText })),
  },
};
