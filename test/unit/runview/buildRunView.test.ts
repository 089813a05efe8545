import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reportRun, type RunReport } from '../../../src/runfile/runReport.ts';
import { buildRunView } from '../../../src/runview/buildRunView.ts';
import { runViewSchema, type MetricCard } from '../../../src/runview/runView.ts';
import { exampleRun, exampleSession, exampleUtterance } from '../../support/exampleRun.ts';
import { goldenSession } from '../../support/goldenSession.ts';
import { saturatedRun } from '../../support/saturatedRun.ts';
import { variedRun } from '../../support/variedRun.ts';

const example = buildRunView(reportRun(exampleRun()));

function cardOf(id: string, view = example): MetricCard {
  const card = view.endpoints[0]!.cards.find((candidate) => candidate.id === id);
  assert.ok(card, `no card ${id}`);
  return card;
}

describe('buildRunView', () => {
  test('passes the check that the page makes', () => {
    for (const run of [exampleRun(), variedRun(40, ['a', 'b']), exampleRun({ sessions: [] })]) {
      const view = buildRunView(reportRun(run));
      assert.deepEqual(runViewSchema.parse(JSON.parse(JSON.stringify(view))), view);
    }
  });

  test('has the published figures of the golden session', () => {
    const ttft = cardOf('ttft');
    assert.deepEqual(ttft.values, [429.6]);
    assert.equal(ttft.p50.value, 429.6);
    assert.equal(ttft.p50.enough, false);
    assert.equal(ttft.unit, 'ms');
    assert.deepEqual(cardOf('idl').values, [90, 130, 370]);
    assert.equal(example.sessions[0]!.ttftMs, 429.6);
    assert.equal(example.sessions[0]!.errorRate, 0);
  });

  test('plots exactly the values that the percentiles rest on', () => {
    const view = buildRunView(reportRun(variedRun(200)));
    for (const { n, values, max, id } of view.endpoints[0]!.cards) {
      assert.equal(values.length, Math.min(n, 500), id);
      assert.equal(values.at(-1), max, id);
      assert.deepEqual(
        values,
        values.toSorted((a, b) => a - b),
        id,
      );
    }
  });

  test('thins many values, keeping the least and the most', () => {
    const card = cardOf('send_lateness', buildRunView(reportRun(variedRun(80))));
    assert.equal(card.n, 720);
    assert.equal(card.values.length, 500);
    assert.equal(card.values.at(-1), card.max);
  });

  test('draws no plot from values that are not those of the percentiles', () => {
    const report = reportRun(variedRun(20));
    const [summary] = report.summary;
    const { ttft } = summary!.metrics;
    const stored: RunReport = {
      ...report,
      summary: [{ ...summary!, metrics: { ...summary!.metrics, ttft: { ...ttft!, n: 99 } } }],
    };
    assert.deepEqual(cardOf('ttft', buildRunView(stored)).values, []);
  });

  test('says how an endpoint bore its load, and shows times from scheduled starts of an open one', () => {
    const open = buildRunView(reportRun(saturatedRun()));
    assert.deepEqual(
      open.endpoints[0]!.load.map(({ text, isWarning }) => [text, isWarning]),
      [
        ['goodput 0.19 sessions per second within all thresholds, 16.7 % of all', false],
        ['saturated: sessions at once and the time to first text grew over the run', true],
      ],
    );
    assert.equal(cardOf('ttft_sched', open).p50.value, 2500);
    assert.equal(cardOf('start_delay', open).max, 20);
    assert.deepEqual(example.endpoints[0]!.load, []);
    assert.ok(!example.endpoints[0]!.cards.some(({ id }) => /sched|delay/.test(id)));
  });

  test('shows no card where nothing was measured', () => {
    const view = buildRunView(reportRun(exampleRun()));
    assert.ok(view.endpoints[0]!.cards.every(({ n }) => n > 0));
    assert.ok(!view.endpoints[0]!.cards.some(({ id }) => id === 'rtfx'), 'paced');
  });

  test('counts what is missing, with the reason in words', () => {
    const view = buildRunView(reportRun(variedRun(20)));
    assert.deepEqual(cardOf('ttft', view).missing, [{ reason: 'no text arrived', count: 1 }]);
  });

  test('keeps failed sessions out of the distributions and in the table', () => {
    const view = buildRunView(reportRun(variedRun(20)));
    const [endpoint] = view.endpoints;
    assert.deepEqual(endpoint!.sessions, { success: 17, empty: 1, partial: 1, failed: 1 });
    const failed = view.sessions.find(({ status }) => status === 'failed');
    assert.match(failed!.failure!, /No final text came/);
    assert.equal(failed!.errorRate, null);
  });

  test('rates a language without spaces by characters, in the table too', () => {
    const view = buildRunView(reportRun(variedRun(4)));
    const japanese = view.sessions.find(({ utteranceId }) => utteranceId.startsWith('clip-ja'));
    assert.equal(japanese!.errorRate, 1 / 13);
    assert.equal(view.columns.errorRate.label, 'Errors');
    assert.deepEqual(
      view.endpoints[0]!.text.map(({ label, wordErrors }) => [label, wordErrors !== null]),
      [
        ['WER', true],
        ['WER', true],
        ['CER no space', false],
      ],
    );
  });

  test('names one rate where all utterances have the same', () => {
    assert.equal(example.columns.errorRate.label, 'WER');
    assert.equal(example.columns.final.label, 'TTFS');
  });

  test('takes another metric for the last text where none has word times', () => {
    const run = exampleRun({ utterances: [exampleUtterance({ words: null })] });
    const view = buildRunView(reportRun(run));
    assert.equal(view.columns.final.label, 'Tail');
    assert.equal(view.sessions[0]!.finalMs, 150);
  });

  test('cuts long texts between characters', () => {
    const text = '🎙'.repeat(200);
    const trace = goldenSession();
    const received = [{ atUs: 1, bytes: 1, raw: null, events: [final(text)] }];
    const run = exampleRun({ sessions: [exampleSession({ trace: { ...trace, received } })] });
    const [row] = buildRunView(reportRun(run)).sessions;
    assert.equal(row!.text, `${'🎙'.repeat(59)}…`);
  });

  test('says when sessions are missing from the plan', () => {
    const run = exampleRun();
    const view = buildRunView(reportRun({ ...run, info: { ...run.info, plannedSessions: 3 } }));
    assert.equal(view.facts.find(({ label }) => label === 'Sessions')?.value, '1 of 3 planned');
  });

  test('says by which proxy which endpoints were reached', () => {
    const run = exampleRun();
    const [local] = run.plan.endpoints;
    const far = { ...local!, id: 'far', url: 'wss://far.example' };
    const proxyOf = (proxy: string | null, endpoints = [far]) => {
      const environment = { ...run.environment, proxy };
      const plan = { ...run.plan, endpoints };
      const { facts } = buildRunView(reportRun({ ...run, environment, plan }));
      return facts.find(({ label }) => label === 'Proxy')?.value;
    };
    assert.equal(proxyOf(null), undefined);
    assert.equal(proxyOf('http://proxy:3128'), 'http://proxy:3128');
    assert.equal(proxyOf('http://proxy:3128', [local!, far]), 'http://proxy:3128 (to far)');
  });

  test('an empty run has no figures', () => {
    const view = buildRunView(reportRun(exampleRun({ sessions: [] })));
    assert.deepEqual(view.endpoints, []);
    assert.deepEqual(view.sessions, []);
  });
});

function final(text: string) {
  return { type: 'final', unit: '', text } as const;
}
