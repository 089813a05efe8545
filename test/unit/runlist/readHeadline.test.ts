import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newestFormat, readHeadline } from '../../../src/runlist/readHeadline.ts';
import { runFileFormat } from '../../../src/runfile/runSchema.ts';
import { reportRun } from '../../../src/runfile/runReport.ts';
import type { Run } from '../../../src/runfile/run.ts';
import { exampleRun } from '../../support/exampleRun.ts';
import { exampleRunText } from '../../support/exampleRunText.ts';

const headlineOf = (overrides: Partial<Run> = {}, folder = '/data/results') =>
  readHeadline(JSON.parse(exampleRunText(overrides)), folder);

test('the figures are those of the run', () => {
  const run = exampleRun();
  const [summary] = reportRun(run).summary;
  const headline = headlineOf();
  assert.equal(headline.title, run.info.title);
  assert.equal(headline.startedAtMs, Date.parse(run.info.startedAt));
  assert.equal(headline.sessions, 1);
  const [endpoint] = headline.endpoints;
  assert.equal(endpoint!.id, 'local');
  const expectedTtft = summary!.metrics.ttft!.p50.value;
  assert.ok(expectedTtft !== null && endpoint!.ttftP50Ms !== null);
  assert.ok(Math.abs(endpoint!.ttftP50Ms - expectedTtft) < 1e-3);
  assert.equal(endpoint!.textRate?.label, 'WER');
});

test('a run without sessions has no figures, and is one', () => {
  const headline = headlineOf({ sessions: [] });
  assert.equal(headline.sessions, 0);
  for (const { textRate, ttftP50Ms } of headline.endpoints) {
    assert.equal(textRate, null);
    assert.equal(ttftP50Ms, null);
  }
});

test('runs of the same endpoints and dataset have one plan key wherever their files lie', () => {
  const key = headlineOf().planKey;
  const { plan } = exampleRun();
  assert.equal(headlineOf({ sessions: [] }).planKey, key);
  const moved = JSON.parse(exampleRunText()) as { plan: { dataset: { path: string } } };
  moved.plan.dataset.path = '/data/clips';
  assert.equal(readHeadline(moved, '/elsewhere').planKey, key);
  assert.notEqual(headlineOf({}, '/other/results').planKey, key);
  const [endpoint] = plan.endpoints;
  const span = { from: 1, to: 2, overSeconds: 9, shape: 'linear' as const };
  const ramp = { kind: 'ramp' as const, ...span };
  for (const changed of [
    { ...plan, dataset: { ...plan.dataset, limit: 3 } },
    { ...plan, endpoints: [{ ...endpoint!, model: 'other' }] },
    { ...plan, endpoints: [{ ...endpoint!, url: 'ws://other' }] },
    { ...plan, pacing: { ...plan.pacing, mode: 'burst' as const } },
    { ...plan, load: { kind: 'concurrent' as const, sessions: 2 } },
    { ...plan, load: { kind: 'concurrent' as const, sessions: 1, reuseConnections: true } },
    { ...plan, load: { kind: 'constant' as const, perSecond: 1 } },
    { ...plan, load: { kind: 'poisson' as const, perSecond: 1, seed: 1 } },
    { ...plan, load: { ...ramp, of: 'sessions' as const } },
    { ...plan, load: { ...ramp, of: 'perSecond' as const } },
    { ...plan, load: { kind: 'trace' as const, path: 'starts.csv', timeScale: 1 } },
  ]) {
    assert.notEqual(headlineOf({ plan: changed }).planKey, key);
  }
});

test('the order of endpoints does not make another plan', () => {
  const run = exampleRun();
  const [endpoint] = run.plan.endpoints;
  const two = [endpoint!, { ...endpoint!, id: 'second' }];
  const keyOf = (endpoints: typeof two) => headlineOf({ plan: { ...run.plan, endpoints } }).planKey;
  assert.equal(keyOf(two), keyOf([...two].reverse()));
});

test('the newest format that is listed is the one that is written', () => {
  assert.equal(newestFormat, runFileFormat);
});

test('other files and newer formats are refused with what to do', () => {
  const run = JSON.parse(exampleRunText()) as Record<string, unknown>;
  assert.throws(() => readHeadline({ ...run, format: 2 }, '/r'), /format 2.*update/);
  assert.throws(() => readHeadline({}, '/r'), /not a run of RTBench/);
  assert.throws(() => readHeadline(null, '/r'), /not a run of RTBench/);
  assert.throws(() => readHeadline({ ...run, summary: 3 }, '/r'), /breaks .* at "summary"/);
});

test('a title cannot bring line breaks or endless text into the view', () => {
  const { info } = exampleRun();
  const { title } = headlineOf({ info: { ...info, title: `a\nb${'x'.repeat(500)}` } });
  assert.ok(title.startsWith('a b') && title.length <= 101);
});
