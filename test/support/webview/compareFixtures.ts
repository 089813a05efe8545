import { compareRuns } from '../../../src/comparison/compareRuns.ts';
import type { Comparison, MetricComparison } from '../../../src/comparison/comparison.ts';
import type { CompareView } from '../../../src/compareview/compareView.ts';
import { formatFigure } from '../../../src/report/formatFigure.ts';
import { rowCells, rowFormat } from '../../../src/report/rowCells.ts';
import type { Run } from '../../../src/runfile/run.ts';
import { reportRun } from '../../../src/runfile/runReport.ts';
import { comparedRun, type ComparedRunOptions } from '../comparedRuns.ts';

/** The view of runs, the first being the baseline, each an hour after the one before. */
export function comparedView(...runs: ComparedRunOptions[]): CompareView {
  const timed = runs.map((options, at) => startedAt(comparedRun(options), at));
  return viewOf(compareRuns(timed.map(reportRun)));
}

function startedAt(run: Run, hour: number): Run {
  const time = new Date(Date.UTC(2026, 4, 11, 9 + hour, 30)).toISOString();
  return { ...run, info: { ...run.info, startedAt: time } };
}

function viewOf(comparison: Comparison): CompareView {
  const pairs = comparison.pairs.map((pair): CompareView['pairs'][number] => {
    const side = ({ run, endpoint }: { run: number; endpoint: string }) => ({
      run,
      letter: comparison.runs[run]!.letter,
      endpoint,
    });
    return {
      key: `${pair.a.run}-${pair.b.run}-${pair.a.endpoint}-${pair.b.endpoint}`,
      a: side(pair.a),
      b: side(pair.b),
      conclusion: pair.conclusion,
      gate: {
        differences: pair.gate.differences,
        conditions: pair.gate.conditions,
      },
      pairing: {
        text: `${pair.pairing.sharedItems} shared utterances, ${pair.pairing.design}`,
        notes: pair.pairing.notes,
        onlyA: pair.pairing.onlyA.map(({ id }) => id),
        onlyB: pair.pairing.onlyB.map(({ id }) => id),
      },
      rows: pair.metrics.map(rowOf),
      failures: pair.errors.failures.map(({ reason, a, b }) => ({
        reason,
        a,
        b,
        isNew: pair.errors.newReasons.includes(reason),
      })),
      texts: pair.texts,
      figures: pair.figures.map(({ label, unit, decimals, a, b }) => {
        const format = { unit, differenceUnit: unit, scale: 1, decimals };
        return { label, a: formatFigure(a, format), b: formatFigure(b, format) };
      }),
    };
  });
  return {
    runs: comparison.runs.map(({ letter, title, startedAt, warnings }, at) => ({
      uri: `file:///runs/${letter}.rtbench.json`,
      letter,
      title,
      file: `runs/2026-05-11/${letter.toLowerCase()}.rtbench.json`,
      startedAtMs: Date.parse(startedAt),
      warnings,
      problem: null,
      isStarred: at === 0,
    })),
    pairs,
    trends: comparison.runs.length > 2 ? trendsOf(comparison, pairs) : [],
    method: `α ${comparison.method.alpha}, seed ${comparison.method.seed}.`,
  };
}

function rowOf(row: MetricComparison): CompareView['pairs'][number]['rows'][number] {
  const { key, label, short, direction, family, statistic, change, tail, verdict } = row;
  return {
    key,
    label,
    short,
    direction,
    family,
    statistic,
    format: rowFormat(row),
    change,
    tail,
    cells: rowCells(row),
    verdict,
    explanation: [
      row.reason ?? 'Of two utterances, one of each run, the one of B is larger.',
      `Cliff's δ ${row.cliffsDelta?.value.toFixed(2) ?? '–'}, p ${row.test?.p.toFixed(3) ?? '–'}.`,
    ],
    noise: row.noise,
    values: row.values,
    hasUtterances: row.values.a.length > 0,
  };
}

function trendsOf(comparison: Comparison, pairs: CompareView['pairs']): CompareView['trends'] {
  const rows = pairs[0]!.rows.filter(({ family }) => family === 'primary');
  return rows.map(({ key, label, direction, format, change }) => ({
    endpoint: pairs[0]!.a.endpoint,
    key,
    label,
    direction,
    format,
    points: comparison.runs.map((run, at) => {
      const row = pairs.find(({ b }) => b.run === at)?.rows.find((one) => one.key === key);
      return {
        run: at,
        startedAtMs: Date.parse(run.startedAt),
        value: at === 0 ? (change?.a ?? null) : (row?.change?.b ?? null),
        verdict: at === 0 ? null : (row?.verdict ?? null),
      };
    }),
  }));
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

const hostileText = '<img src=x onerror="document.title=1"> ‮evil‬ "&';

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
