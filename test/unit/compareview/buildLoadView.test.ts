import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildLoadView } from '../../../src/compareview/buildLoadView.ts';
import { loadViewSchema, type LoadView } from '../../../src/compareview/loadView.ts';
import type { Run } from '../../../src/runfile/run.ts';
import type { RunReport } from '../../../src/runfile/runReport.ts';
import type { FileSummary } from '../../../src/runfile/summarySchema.ts';
import { atOnce, loadedReport, type LoadedReportOptions } from '../../support/loadedReport.ts';

type Level = Partial<LoadedReportOptions> & { sessions?: number };

function reportOf({ sessions = 1, ...others }: Level): RunReport {
  return loadedReport({
    utterances: 8,
    load: atOnce(sessions),
    concurrency: sessions * 0.9,
    ...others,
  });
}

function viewOfReports(reports: readonly RunReport[]): LoadView | null {
  return buildLoadView(
    reports.map((report, place) => ({ place, letter: 'ABCDEFGH'[place]!, report })),
  );
}

function viewOf(...levels: Level[]): LoadView {
  const view = viewOfReports(levels.map(reportOf));
  assert.ok(view);
  return view;
}

function percentiles(metric: string, change: { p50?: number | null; p95?: number | null }) {
  return (summary: FileSummary): FileSummary => {
    const own = summary.metrics[metric]!;
    const p50 = { ...own.p50, ...('p50' in change && { value: change.p50 ?? null }) };
    const p95 = { ...own.p95, ...('p95' in change && { value: change.p95 ?? null }) };
    return { ...summary, metrics: { ...summary.metrics, [metric]: { ...own, p50, p95 } } };
  };
}

/** The endpoint's id everywhere. */
function named(report: RunReport, id: string): RunReport {
  return { ...report, summary: report.summary.map((summary) => ({ ...summary, endpoint: id })) };
}

function chart(view: LoadView, key: string): LoadView['charts'][number] {
  const found = view.charts.find((one) => one.key === key);
  assert.ok(found, key);
  return found;
}

describe('runs under several loads', () => {
  const view = viewOf(
    { sessions: 4, sessionsPerSecond: 1.5, laterMs: 20 },
    { sessions: 1, sessionsPerSecond: 0.5 },
    { sessions: 8, sessionsPerSecond: 1.6, laterMs: 300, failing: [3, 4], broken: [1] },
  );

  test('is what the page takes', () => {
    assert.deepEqual(loadViewSchema.parse(structuredClone(view)), view);
  });

  test('joins the runs of an endpoint by their concurrency', () => {
    const [curve, ...others] = view.curves;
    assert.deepEqual(others, []);
    assert.equal(curve!.name, 'local');
    assert.deepEqual(
      curve!.points.map(({ run, load, concurrency, sessionsPerSecond }) => [
        run,
        load,
        concurrency,
        sessionsPerSecond,
      ]),
      [
        [1, '1 at once', 0.9, 0.5],
        [0, '4 at once', 3.6, 1.5],
        [2, '8 at once', 7.2, 1.6],
      ],
    );
  });

  test('charts the headline metrics that have values, with those of the summaries', () => {
    assert.deepEqual(
      view.charts.map(({ key, isDistribution }) => [key, isDistribution]),
      [
        ['ttft', true],
        ['wel', true],
        ['ttfs', true],
        ['error_rate', false],
        ['wer', false],
      ],
    );
    const { summary } = reportOf({ sessions: 8, laterMs: 300, failing: [3, 4], broken: [1] });
    const { metrics, pooled, run, text } = summary[0]!;
    const { figures } = view.curves[0]!.points[2]!;
    const valuesOf = (key: string) => {
      const { main, tail } = figures[key]!;
      return [main?.value, tail?.value];
    };
    const { ttft } = metrics;
    const words = pooled.wel!.pooled;
    assert.deepEqual(valuesOf('ttft'), [ttft!.p50.value, ttft!.p95.value]);
    assert.deepEqual(valuesOf('wel'), [words.p50.value, words.p95.value]);
    assert.deepEqual(valuesOf('error_rate'), [run.error_rate, undefined]);
    assert.equal(run.error_rate, 0.25);
    assert.deepEqual(valuesOf('wer'), [text[0]!.rates.wer, undefined]);
    assert.ok(text[0]!.rates.wer! > 0);
  });

  test('counts the sessions that a figure rests on, not its words', () => {
    const { figures } = view.curves[0]!.points[2]!;
    assert.deepEqual(
      ['ttft', 'wel', 'wer', 'error_rate'].map((key) => figures[key]?.sessions),
      [6, 6, 6, 8],
    );
  });

  test('says which percentiles rest on too few sessions', () => {
    const few = viewOf(
      { sessions: 1, utterances: 5 },
      { sessions: 2, utterances: 40 },
      { sessions: 4, utterances: 80 },
    );
    assert.deepEqual(
      few.curves[0]!.points.map(({ figures }) => [
        figures.ttft?.main?.enough,
        figures.ttft?.tail?.enough,
      ]),
      [
        [false, false],
        [true, false],
        [true, true],
      ],
    );
  });
});

describe('what is not drawn', () => {
  test('nothing where all runs have the same load', () => {
    assert.equal(viewOfReports([1, 1, 1].map((sessions) => reportOf({ sessions }))), null);
    const seeds = [1, 2].map((seed) =>
      reportOf({ load: { kind: 'poisson', perSecond: 2, seed }, concurrency: 3 }),
    );
    assert.equal(viewOfReports(seeds), null);
  });

  test('nothing where each load was put on an endpoint of its own', () => {
    const [one, other] = [reportOf({ sessions: 1 }), reportOf({ sessions: 2 })];
    assert.equal(viewOfReports([named(one, 'one'), named(other, 'other')]), null);
  });

  test('no run whose concurrency was not measured', () => {
    const none = { sessions: 4, concurrency: null };
    assert.equal(viewOfReports([reportOf({}), reportOf(none)]), null);
    const { curves } = viewOf({}, none, { sessions: 2 });
    assert.deepEqual(
      curves[0]!.points.map(({ run }) => run),
      [0, 2],
    );
  });

  test('no metric that only one run has a value of', () => {
    const missing = percentiles('ttft', { p50: null, p95: null });
    const view = viewOf(
      { sessions: 1 },
      { sessions: 2, summary: missing },
      { sessions: 4, summary: missing },
    );
    assert.ok(!view.charts.some(({ key }) => key === 'ttft'));
    assert.ok(view.curves[0]!.points.every(({ figures }) => !('ttft' in figures)));
  });

  test('a percentile that is missing leaves the other one', () => {
    const view = viewOf(
      { sessions: 1 },
      { sessions: 2, summary: percentiles('ttft', { p95: null }) },
      { sessions: 4, summary: percentiles('ttft', { p50: null, p95: null }) },
    );
    const [, second, third] = view.curves[0]!.points;
    assert.ok(second!.figures.ttft!.main);
    assert.equal(second!.figures.ttft!.tail, null);
    assert.equal(third!.figures.ttft, undefined);
  });

  test('the final text stands in where the end of speech is not known', () => {
    const withoutSpeech = percentiles('ttfs', { p50: null, p95: null });
    const finals = (value: number) => (summary: FileSummary) => {
      const { ttft } = summary.metrics;
      const finalize_latency = { ...ttft!, p50: { ...ttft!.p50, value } };
      return withoutSpeech({ ...summary, metrics: { ...summary.metrics, finalize_latency } });
    };
    const view = viewOf(
      { sessions: 1, summary: finals(200) },
      { sessions: 2, summary: finals(300) },
    );
    assert.deepEqual(
      view.charts.map(({ key }) => key),
      ['ttft', 'wel', 'finalize_latency', 'error_rate', 'wer'],
    );
  });
});

describe('curves', () => {
  test('an endpoint that only some runs have is a curve of these', () => {
    const [one, two, four] = [1, 2, 4].map((sessions) => reportOf({ sessions }));
    const both = { ...two!, summary: [...two!.summary, ...named(two!, 'other').summary] };
    const view = viewOfReports([one!, both, four!]);
    assert.deepEqual(
      view?.curves.map(({ name, points }) => [name, points.map(({ run }) => run)]),
      [
        ['local', [0, 1, 2]],
        ['other', [1]],
      ],
    );
  });

  test('runs at the same place stay in the order of the comparison', () => {
    const same = { concurrency: 2 };
    const { curves } = viewOf(
      { sessions: 2, ...same },
      { sessions: 4, ...same },
      { sessions: 1, ...same },
    );
    assert.deepEqual(
      curves[0]!.points.map(({ run, load }) => [run, load]),
      [
        [0, '2 at once'],
        [1, '4 at once'],
        [2, '1 at once'],
      ],
    );
  });

  test('open loads and closed ones are one curve', () => {
    const { curves } = viewOf(
      { sessions: 2 },
      { load: { kind: 'constant', perSecond: 3 }, concurrency: 4.5 },
    );
    assert.deepEqual(
      curves[0]!.points.map(({ load }) => load),
      ['2 at once', '3 per second'],
    );
  });

  test('runs that cannot be compared are curves of their own', () => {
    const chunks = (run: Run): Run => ({
      ...run,
      plan: { ...run.plan, pacing: { ...run.plan.pacing, chunkMs: 200 } },
    });
    const otherSpeech = (run: Run): Run => ({
      ...run,
      utterances: run.utterances.map((utterance) => ({ ...utterance, sha256: 'f'.repeat(64) })),
    });
    const otherMetrics = { ...reportOf({ sessions: 8 }), metricsSpec: 'rtbench-metrics/0' };
    const view = viewOfReports([
      reportOf({ sessions: 1 }),
      reportOf({ sessions: 2 }),
      reportOf({ sessions: 2, run: chunks }),
      reportOf({ sessions: 4, run: otherSpeech }),
      otherMetrics,
    ]);
    assert.deepEqual(
      view?.curves.map(({ name, points }) => [name, points.length]),
      [
        ['local (A, B)', 2],
        ['local (C)', 1],
        ['local (D)', 1],
        ['local (E)', 1],
      ],
    );
  });

  test('texts of files stay what they are', () => {
    const hostile = '<img src=x onerror="1"> \u202e';
    const reports = [1, 2].map((sessions) => named(reportOf({ sessions }), hostile));
    const proto = reports.map((report) => named(report, '__proto__'));
    assert.equal(viewOfReports(reports)?.curves[0]?.name, hostile);
    assert.equal(viewOfReports(proto)?.curves[0]?.name, '__proto__');
  });
});

describe('limits', () => {
  test('are those of the plans on what is drawn, and say which points miss them', () => {
    const thresholds = ['ttft.p95 <= 900 ms', 'ttft.p99 <= 1 s', 'wer <= 5 %', 'nothing.p50 <= 1'];
    const slow = percentiles('ttft', { p50: 910, p95: 1200 });
    const view = viewOf(
      { sessions: 1, thresholds, summary: percentiles('ttft', { p50: 500, p95: 900 }) },
      { sessions: 2, thresholds, summary: slow, broken: [1] },
    );
    assert.deepEqual(chart(view, 'ttft').limits, [{ of: 'tail', value: 900, text: '≤ 900 ms' }]);
    assert.deepEqual(chart(view, 'wer').limits, [{ of: 'main', value: 0.05, text: '≤ 5 %' }]);
    const [met, missed] = view.curves[0]!.points;
    assert.deepEqual(met!.figures.ttft?.tail?.missed, []);
    assert.deepEqual(missed!.figures.ttft?.tail?.missed, ['≤ 900 ms']);
    assert.deepEqual(missed!.figures.ttft.main?.missed, []);
    assert.deepEqual(missed!.figures.wer!.main?.missed, []);
  });

  test('of several plans are all drawn, each once', () => {
    const view = viewOf(
      { sessions: 1, thresholds: ['ttft.p50 <= 300 ms'] },
      { sessions: 2, thresholds: ['ttft.p50 <= 300', 'ttft.p50 <= 0.4 s'] },
      { sessions: 4, summary: percentiles('ttft', { p50: 350 }) },
    );
    assert.deepEqual(
      chart(view, 'ttft').limits.map(({ text }) => text),
      ['≤ 300 ms', '≤ 400 ms'],
    );
    assert.deepEqual(view.curves[0]!.points[2]!.figures.ttft?.main?.missed, ['≤ 300 ms']);
  });

  test('on a metric that is no headline have a chart of their own', () => {
    const thresholds = ['max_gap.p95 <= 2 s', 'sessions_per_s >= 1'];
    const view = viewOf(
      { sessions: 1, thresholds, sessionsPerSecond: 0.5 },
      { sessions: 2, thresholds, sessionsPerSecond: 1 },
    );
    assert.deepEqual(view.charts.map(({ key }) => key).slice(-2), ['max_gap', 'sessions_per_s']);
    const [slow, fast] = view.curves[0]!.points;
    assert.deepEqual(slow!.figures.sessions_per_s?.main?.missed, ['≥ 1.00 per s']);
    assert.deepEqual(fast!.figures.sessions_per_s?.main?.missed, []);
  });
});
