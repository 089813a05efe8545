import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareRuns } from '../../../src/comparison/compareRuns.ts';
import { buildCompareView, type ComparedFile } from '../../../src/compareview/buildCompareView.ts';
import {
  compareViewSchema,
  type ComparePair,
  type CompareRow,
  type CompareView,
} from '../../../src/compareview/compareView.ts';
import { metricsSpecId } from '../../../src/metrics/registry/metricRegistry.ts';
import type { Run } from '../../../src/runfile/run.ts';
import { comparedReport, type ComparedRunOptions } from '../../support/comparedRuns.ts';

const metrics = ['ttfs', 'ttft', 'wer', 'error_rate'];

function fileOf(name: string, problem: string | null = null): ComparedFile {
  return { uri: `file:///runs/${name}`, file: `runs/${name}`, problem, isStarred: name === 'a' };
}

function viewOf(runs: ComparedRunOptions[], files?: ComparedFile[]): CompareView {
  const reports = runs.map(comparedReport);
  const comparison = compareRuns(reports, { metrics });
  return buildCompareView(files ?? runs.map((_, at) => fileOf('abcdef'[at]!)), comparison, reports);
}

function rowOf(pair: ComparePair | undefined, key: string): CompareRow {
  const row = pair?.rows.find((one) => one.key === key);
  assert.ok(row, key);
  return row;
}

function startedAt(startedAt: string): (run: Run) => Run {
  return (run) => ({ ...run, info: { ...run.info, startedAt } });
}

const worse = { seed: 2, title: 'Worse', laterMs: 60, broken: [3, 7, 9], failing: [5] };
const view = viewOf([{ seed: 1, title: 'First' }, worse]);
const [pair] = view.pairs;

describe('two runs', () => {
  test('is what the page takes', () => {
    assert.deepEqual(compareViewSchema.parse(structuredClone(view)), view);
  });

  test('names the runs', () => {
    assert.deepEqual(
      view.runs.map(({ letter, title, file, isStarred }) => [letter, title, file, isStarred]),
      [
        ['A', 'First', 'runs/a', true],
        ['B', 'Worse', 'runs/b', false],
      ],
    );
    assert.equal(new Date(view.runs[0]!.startedAtMs!).toISOString().slice(0, 4), '2026');
    assert.equal(
      view.method,
      'Holm over the primary metrics at α 0.05; percentile bootstrap, 10,000 resamples for primary ' +
        `and 10,000 for exploratory metrics, seed 42; definitions ${metricsSpecId}.`,
    );
    assert.deepEqual(view.trends, []);
  });

  test('says what changed, in the figures of the reports', () => {
    assert.ok(pair);
    assert.equal(pair.conclusion.verdict, 'regressed');
    assert.match(pair.pairing.text, /^40 shared utterances, paired/);
    const row = rowOf(pair, 'ttfs');
    assert.equal(row.verdict, 'regressed');
    assert.match(row.cells.delta, /^\+\d+ ms$/);
    assert.equal(row.format.unit, 'ms');
    // Of the utterance that failed nothing can be compared.
    assert.equal(row.values.a.length, 39);
    assert.deepEqual(
      pair.failures.map(({ reason, a, b, isNew }) => ({ reason, a, b, isNew })),
      [{ reason: 'server_error', a: 0, b: 1, isNew: true }],
    );
    const [text] = pair.texts;
    assert.equal(
      text!.summary,
      'Errors on 117 words: 0.0 % → 2.6 %. Substituted 0 → 3 (+3), deleted 0 → 0 (±0), ' +
        'inserted 0 → 0 (±0).',
    );
    assert.deepEqual(
      text?.words.map(({ reference, hypothesis, a, b }) => [reference, hypothesis, a, b]),
      [['world', 'whirled', 0, 3]],
    );
  });

  test('explains a verdict by effect sizes, test and absences', () => {
    const said = rowOf(pair, 'ttfs').explanation.join('\n');
    assert.match(said, /Hodges–Lehmann shift\): \+\d+ ms\./);
    assert.match(said, /δ \+0\.\d\d, large: a value of B is more often above one of A/);
    assert.match(said, /Geometric mean of B \/ A over the utterances: 1\.\d{3}\./);
    assert.match(said, /Sign-flip permutation test: p < 0.001; < 0.001 after Holm\./);
    assert.match(said, /1 session of B without a value: the session failed before any text\./);
    const ofText = rowOf(pair, 'wer').explanation.join('\n');
    assert.match(ofText, /Improved in 0.0 % of the resamples/);
    assert.match(ofText, /matched-pairs test \(MAPSSWE\): Z \+1\.\d\d, p 0\.\d{3}\./);
    assert.match(
      rowOf(pair, 'error_rate').explanation.join('\n'),
      /Wilson intervals: A 0 of 40, 0\.0 % \[0\.0, 8\.8\]; B 1 of 40, 2\.5 % \[0\.4, 12\.9\]\./,
    );
  });

  test('ranks utterances by what they have values of', () => {
    assert.equal(rowOf(pair, 'ttfs').hasUtterances, true);
    assert.equal(rowOf(pair, 'wer').hasUtterances, true);
    assert.equal(rowOf(pair, 'error_rate').hasUtterances, false);
  });

  test('says how many utterances would decide', () => {
    const undecided = viewOf([
      { seed: 1, utterances: 8 },
      { seed: 2, utterances: 8, broken: [2] },
    ]);
    const row = rowOf(undecided.pairs[0], 'wer');
    assert.equal(row.verdict, 'inconclusive');
    assert.match(row.explanation.join('\n'), /utterances instead of 8 would halve the interval/);
  });

  test('shows what differs in the conditions, and compares nothing it forbids to', () => {
    const otherChunks = (run: Run): Run => ({
      ...run,
      plan: { ...run.plan, pacing: { ...run.plan.pacing, chunkMs: 200 } },
    });
    const [other] = viewOf([{ seed: 1 }, { seed: 2, run: otherChunks }]).pairs;
    const [hard] = other?.gate.differences ?? [];
    assert.equal(hard?.severity, 'hard');
    assert.match(hard.message, /^Chunk length: /);
    const condition = other?.gate.conditions.find(({ what }) => what === 'Chunk length');
    assert.equal(condition?.differs, true);
    const row = rowOf(other, 'ttfs');
    assert.equal(row.verdict, 'not comparable');
    assert.equal(row.cells.interval, '–');
    assert.ok(row.explanation.some((text) => text.startsWith('Chunk length: ')));
  });
});

describe('more files', () => {
  const first = { seed: 1, run: startedAt('2026-05-11T09:00:00.000Z') };
  const older = { ...worse, run: startedAt('2026-05-10T09:00:00.000Z') };
  const newest = { seed: 3, run: startedAt('2026-05-12T09:00:00.000Z') };

  test('keeps the place of files that are not compared', () => {
    const files = [fileOf('a'), fileOf('gone', 'It is gone.'), fileOf('b')];
    const { runs, pairs } = viewOf([first, newest], files);
    assert.deepEqual(
      runs.map(({ letter, title, problem }) => [letter, title, problem]),
      [
        ['A', 'Run', null],
        [null, 'runs/gone', 'It is gone.'],
        ['B', 'Run', null],
      ],
    );
    assert.deepEqual(
      pairs.map(({ a, b }) => [a.run, b.run, a.letter, b.letter]),
      [[0, 2, 'A', 'B']],
    );
  });

  test('names a pair alike wherever its files stand', () => {
    const [alone] = viewOf([first, newest], [fileOf('a'), fileOf('c')]).pairs;
    const [, third] = viewOf([first, older, newest]).pairs;
    assert.equal(third?.key, alone?.key);
  });

  test('shows each primary metric over all runs, by time', () => {
    const { trends, pairs } = viewOf([first, older, newest]);
    assert.deepEqual(
      trends.map(({ key, endpoint }) => [key, endpoint]),
      pairs[0]!.rows.map(({ key }) => [key, 'local']),
    );
    const { points } = trends.find(({ key }) => key === 'ttfs')!;
    assert.deepEqual(
      points.map(({ run }) => run),
      [1, 0, 2],
    );
    const [slow, baseline, again] = points;
    assert.equal(baseline?.verdict, null);
    assert.equal(slow?.verdict, 'regressed');
    assert.equal(slow.value, rowOf(pairs[0], 'ttfs').change?.b);
    assert.notEqual(again?.verdict, 'regressed');
    assert.ok(slow.value > baseline.value! + 40);
  });
});
