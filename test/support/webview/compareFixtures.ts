import { compareRuns } from '../../../src/comparison/compareRuns.ts';
import { buildCompareView } from '../../../src/compareview/buildCompareView.ts';
import type { CompareView } from '../../../src/compareview/compareView.ts';
import type { Run } from '../../../src/runfile/run.ts';
import { reportRun } from '../../../src/runfile/runReport.ts';
import { comparedRun, type ComparedRunOptions } from '../comparedRuns.ts';

/** The view of runs, the first being the baseline, each an hour after the one before. */
export function comparedView(...runs: ComparedRunOptions[]): CompareView {
  const timed = runs.map((options, at) => startedAt(comparedRun(options), at));
  const files = runs.map((_, at) => {
    const file = `runs/2026-05-11/${at}.rtbench.json`;
    return { uri: `file:///runs/${file}`, file, problem: null, isStarred: at === 0 };
  });
  const reports = timed.map(reportRun);
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
