import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareRuns } from '../../../src/comparison/compareRuns.ts';
import type { Comparison, MetricComparison } from '../../../src/comparison/comparison.ts';
import type { ComparisonOptions } from '../../../src/comparison/comparisonOptions.ts';
import { StatisticsStopped } from '../../../src/metrics/statistics/statisticsControl.ts';
import { parseThreshold } from '../../../src/plan/threshold.ts';
import type { Run } from '../../../src/runfile/run.ts';
import type { RunReport } from '../../../src/runfile/runReport.ts';
import { comparedReport, type ComparedRunOptions } from '../../support/comparedRuns.ts';
import { unwritableNumbers } from '../../support/finiteNumbers.ts';

const baseline = comparedReport({ seed: 1 });

function against(candidate: ComparedRunOptions, options: ComparisonOptions = {}): Comparison {
  return compareRuns([baseline, comparedReport({ seed: 2, ...candidate })], options);
}

function row({ pairs }: Comparison, key: string): MetricComparison {
  const found = pairs[0]!.metrics.find((metric) => metric.key === key);
  assert.ok(found, `no row ${key}`);
  return found;
}

function primaryKeys({ pairs }: Comparison): string[] {
  return pairs[0]!.metrics.filter(({ family }) => family === 'primary').map(({ key }) => key);
}

function assertContains(interval: { low: number; high: number } | null | undefined, value: number) {
  assert.ok(interval && interval.low <= value && value <= interval.high, JSON.stringify(interval));
}

test('two runs of the same endpoint are not told apart', () => {
  const comparison = against({});
  const [pair] = comparison.pairs;
  assert.deepEqual(pair!.gate.differences, []);
  assert.equal(pair!.conclusion.verdict, 'no change');
  for (const key of ['ttft_speech', 'wel.p95', 'ttfs', 'wer']) {
    assert.match(row(comparison, key).verdict, /^(equivalent|no significant change)$/, key);
  }
  assert.deepEqual(primaryKeys(comparison), [
    'ttft_speech',
    'wel.p95',
    'ttfs',
    'wer',
    'error_rate',
  ]);
});

test('times from scheduled starts are compared where the load is open, or as asked', () => {
  const loaded = (load: Run['plan']['load'], laterMs = 0) =>
    comparedReport({ laterMs, run: (run) => ({ ...run, plan: { ...run.plan, load } }) });
  const keys = (comparison: Comparison) =>
    comparison.pairs[0]!.metrics.map(({ key }) => key).filter((key) => /sched|delay/.test(key));
  const open = { kind: 'constant', perSecond: 2 } as const;
  const comparison = compareRuns([loaded(open), loaded(open, 60)]);
  assert.deepEqual(keys(comparison), ['start_delay', 'ttft_sched']);
  assert.equal(row(comparison, 'ttft_sched').verdict, 'regressed');
  const closed = { kind: 'concurrent', sessions: 1 } as const;
  assert.deepEqual(keys(compareRuns([loaded(closed), loaded(closed)])), []);
  const asked = compareRuns([loaded(closed), loaded(closed)], { metrics: ['ttft_sched'] });
  assert.deepEqual(keys(asked), ['ttft_sched']);
});

test('goodput is a figure of runs that have the same thresholds', () => {
  const limited = (...limits: string[]) =>
    comparedReport({
      failing: [1, 2],
      run: (run) => ({ ...run, plan: { ...run.plan, thresholds: limits.map(parseThreshold) } }),
    });
  const goodput = (candidate: RunReport) =>
    compareRuns([limited('ttft.p95<=2000'), candidate])
      .pairs[0]!.figures.filter(({ metric }) => metric.startsWith('goodput'))
      .map(({ metric, a, b }) => [metric, a === b]);
  assert.deepEqual(goodput(limited('ttft.p95<=2000', 'wer<=0.1')), [
    ['goodput', true],
    ['goodput_ratio', true],
  ]);
  assert.deepEqual(goodput(limited('ttft.p95<=1000')), []);
});

test('60 ms more on every delta is a regression of 60 ms', () => {
  const comparison = against({ laterMs: 60 });
  for (const key of ['ttft_speech', 'wel.p95', 'ttfs']) {
    const { verdict, change, test: tested, shift, cliffsDelta } = row(comparison, key);
    assert.equal(verdict, 'regressed', key);
    assertContains(change!.interval, 60);
    assert.ok(tested!.adjustedP! < 0.05 && tested!.adjustedP! >= tested!.p);
    assert.ok(Math.abs(shift! - 60) < 5);
    assert.ok(cliffsDelta!.value > 0);
  }
  assert.equal(row(comparison, 'wer').verdict, 'equivalent');
  const { conclusion } = comparison.pairs[0]!;
  assert.deepEqual(conclusion.regressed, ['ttft_speech', 'wel.p95', 'ttfs']);
  assert.equal(conclusion.text, 'TTFT speech, WEL p95, TTFS regressed.');
});

test('60 ms less is an improvement', () => {
  const comparison = compareRuns([
    comparedReport({ seed: 1, laterMs: 60 }),
    comparedReport({ seed: 2 }),
  ]);
  assert.equal(comparison.pairs[0]!.conclusion.verdict, 'improved');
  assertContains(row(comparison, 'ttfs').change!.interval, -60);
});

test('broken words regress the error rate and are named, with their utterances first', () => {
  const broken = [3, 7, 9, 11, 13, 15, 17, 20];
  const comparison = against({ broken });
  const { verdict, change, worst, probabilityImproved } = row(comparison, 'wer');
  assert.equal(verdict, 'regressed');
  assert.equal(change!.a, 0);
  assert.equal(change!.b, 8 / 120);
  assert.equal(probabilityImproved, 0);
  const first = worst.slice(0, broken.length).map(({ id }) => Number(id.slice(-3)));
  assert.deepEqual(
    first.toSorted((one, other) => one - other),
    broken,
  );
  assert.equal(worst[broken.length]!.delta, 0);
  const [text] = comparison.pairs[0]!.texts;
  assert.deepEqual(text!.words, [
    { operation: 'substitute', reference: 'world', hypothesis: 'whirled', a: 0, b: 8 },
  ]);
  assert.deepEqual([text!.edits!.a.substitutions, text!.edits!.b.substitutions], [0, 8]);
});

test('failing sessions come first in every list, and a new reason is named', () => {
  const comparison = against({ failing: [5], broken: [4] });
  for (const key of ['ttfs', 'wer', 'error_rate']) {
    assert.equal(row(comparison, key).worst[0]!.id, 'utt-005', key);
  }
  const { errors } = comparison.pairs[0]!;
  assert.deepEqual(errors.newReasons, ['server_error']);
  assert.deepEqual([errors.a.count, errors.b.count, errors.b.total], [0, 1, 40]);
  assert.deepEqual(row(comparison, 'ttfs').absent.b, { failed: 1 });
  assert.equal(row(comparison, 'ttfs').n.b, 39);
});

test('many failures are a regression of the error rate', () => {
  const failing = Array.from({ length: 15 }, (_, number) => number);
  const { verdict, test: tested, change } = row(against({ failing }), 'error_rate');
  assert.equal(verdict, 'regressed');
  assert.equal(tested!.name, 'Fisher');
  assert.equal(change!.delta, 15 / 40);
});

test('a condition that differs hard leaves both values and no conclusion', () => {
  const slower = (run: Run): Run => ({
    ...run,
    plan: { ...run.plan, pacing: { ...run.plan.pacing, chunkMs: 200 } },
  });
  const comparison = against({ laterMs: 60, run: slower });
  const { verdict, change, test: tested, reason } = row(comparison, 'ttfs');
  assert.equal(verdict, 'not comparable');
  assert.ok(change!.a > 0 && change!.b > 0);
  assert.deepEqual([change!.interval, tested], [null, null]);
  assert.match(reason!, /Chunk length: 100 ms → 200 ms/);
  assert.equal(comparison.pairs[0]!.conclusion.verdict, 'not comparable');
});

test('another text profile leaves the times comparable', () => {
  const other = (run: Run): Run => ({ ...run, plan: { ...run.plan, textProfile: 'none@1' } });
  const comparison = against({ laterMs: 60, run: other });
  assert.equal(row(comparison, 'wer').verdict, 'not comparable');
  assert.equal(row(comparison, 'ttfs').verdict, 'regressed');
});

test('without word times the next best metrics stand in', () => {
  const untimed = (run: Run): Run => ({
    ...run,
    utterances: run.utterances.map((utterance) => ({ ...utterance, words: null })),
  });
  const comparison = compareRuns([
    comparedReport({ seed: 1, run: untimed }),
    comparedReport({ seed: 2, laterMs: 60, run: untimed }),
  ]);
  assert.deepEqual(primaryKeys(comparison), ['ttft', 'tail_latency', 'wer', 'error_rate']);
  assert.equal(row(comparison, 'ttft').standsInFor, 'ttft_speech');
  assert.equal(row(comparison, 'tail_latency').standsInFor, 'ttfs');
  assertContains(row(comparison, 'ttft').change!.interval, 60);
});

test('too few utterances decide nothing', () => {
  const few = compareRuns([
    comparedReport({ seed: 1, utterances: 3, repeats: 5 }),
    comparedReport({ seed: 2, utterances: 3, repeats: 5, laterMs: 60 }),
  ]);
  const { verdict, n, reason } = row(few, 'ttfs');
  assert.equal(verdict, 'insufficient data');
  assert.deepEqual(n, { a: 3, b: 3 });
  assert.match(reason!, /3 in the baseline, 3 in the other run/);
});

test('a large change that is not proven leaves the whole undecided', () => {
  const comparison = against({ broken: [3, 7] });
  assert.equal(row(comparison, 'wer').verdict, 'inconclusive');
  assert.match(row(comparison, 'wer').reason!, /160 utterances instead of 40 would halve/);
  const { verdict, text } = comparison.pairs[0]!.conclusion;
  assert.equal(verdict, 'undecided');
  assert.match(text, /Nothing can be said of WER, Errors\./);
});

test('repeats are averaged by utterance', () => {
  const comparison = compareRuns([
    comparedReport({ seed: 1, utterances: 12, repeats: 4 }),
    comparedReport({ seed: 2, utterances: 12, repeats: 2, laterMs: 60 }),
  ]);
  assert.deepEqual(row(comparison, 'ttfs').n, { a: 12, b: 12 });
  assert.deepEqual(row(comparison, 'error_rate').n, { a: 48, b: 24 });
  assert.deepEqual(
    comparison.pairs[0]!.gate.differences.map(({ id }) => id),
    ['repeats'],
  );
});

test('fewer common utterances are compared as two samples', () => {
  const comparison = compareRuns([
    comparedReport({ seed: 1, utterances: 60 }),
    comparedReport({ seed: 2, utterances: 30, laterMs: 60 }),
  ]);
  assert.equal(comparison.pairs[0]!.pairing.design, 'unpaired');
  const { test: tested, n, verdict } = row(comparison, 'ttfs');
  assert.equal(tested!.name, 'Mann–Whitney');
  assert.deepEqual(n, { a: 60, b: 30 });
  assert.equal(verdict, 'regressed');
  assert.deepEqual(row(comparison, 'wer').n, { a: 30, b: 30 });
});

test('many utterances of either run take fewer resamples', () => {
  const resamples = (a: number, b: number) =>
    compareRuns([comparedReport({ utterances: a }), comparedReport({ utterances: b })], {
      metrics: ['error_rate'],
    }).pairs[0]!.replicates;
  const expected = { primary: 5000, exploratory: 2500 };
  assert.deepEqual(resamples(2000, 10), expected);
  assert.deepEqual(resamples(10, 2000), expected);
});

test('speakers are the units where there are enough', () => {
  const spoken = (run: Run): Run => ({
    ...run,
    utterances: run.utterances.map((utterance, number) => ({
      ...utterance,
      speaker: `reader ${number % 8}`,
    })),
  });
  const comparison = compareRuns([
    comparedReport({ seed: 1, run: spoken }),
    comparedReport({ seed: 2, laterMs: 60, run: spoken }),
  ]);
  assert.equal(comparison.pairs[0]!.pairing.unit, 'speaker');
  const { test: tested, change } = row(comparison, 'ttfs');
  // All eight sums of differences have one sign: 2 of the 256 patterns are as extreme.
  assert.equal(tested!.p, 2 / 256);
  assertContains(change!.interval, 60);
});

/** Two runs with one utterance in common; all others are said by other speakers. */
function unpairedSpeakers(speakersA: number, speakersB: number): Comparison {
  const own = (name: string, speakers: number) => (run: Run) => {
    const nameOf = (id: string) => (id === 'utt-000' ? id : `${name}-${id}`);
    return {
      ...run,
      utterances: run.utterances.map((utterance, number) => ({
        ...utterance,
        id: nameOf(utterance.id),
        sha256: null,
        speaker: `${name} ${number % speakers}`,
      })),
      sessions: run.sessions.map((session) => ({
        ...session,
        utteranceId: nameOf(session.utteranceId),
      })),
    };
  };
  return compareRuns([
    comparedReport({ seed: 1, run: own('one', speakersA) }),
    comparedReport({ seed: 2, laterMs: 400, run: own('other', speakersB) }),
  ]);
}

test('other utterances by other speakers: a test of one value for each speaker', () => {
  const comparison = unpairedSpeakers(8, 6);
  const { design, unit, units } = comparison.pairs[0]!.pairing;
  assert.deepEqual([design, unit, units], ['unpaired', 'speaker', 6]);
  const { test: tested, n, verdict } = row(comparison, 'ttfs');
  assert.deepEqual(n, { a: 40, b: 40 });
  assert.equal(tested!.name, 'Mann–Whitney');
  // All medians of one run are above all of the other: 2 of the 6,435 arrangements of 8 and 7. The
  // shared utterance counts as one by its speaker in the baseline, a seventh in the other run.
  assert.ok(Math.abs(tested!.p - 2 / 6435) < 1e-12, String(tested!.p));
  assert.equal(verdict, 'regressed');
  const [few] = unpairedSpeakers(8, 3).pairs;
  assert.equal(few!.pairing.unit, 'utterance');
  assert.match(few!.pairing.notes.join(), /of 3 speakers, too few to resample/);
});

test('values of too few speakers are insufficient, however many they are', () => {
  const spoken = (run: Run): Run => ({
    ...run,
    utterances: run.utterances.map((utterance, number) => ({
      ...utterance,
      speaker: `reader ${number % 8}`,
      // Only of five speakers it is known when the words were said.
      words: number % 8 < 5 ? utterance.words : null,
    })),
  });
  const comparison = compareRuns([
    comparedReport({ seed: 1, run: spoken }),
    comparedReport({ seed: 2, laterMs: 60, run: spoken }),
  ]);
  const { verdict, n, reason } = row(comparison, 'ttfs');
  assert.deepEqual(n, { a: 25, b: 25 });
  assert.equal(verdict, 'insufficient data');
  assert.match(reason!, /^Too few speakers for a 95 % interval: 5 in the baseline, 5 in the other/);
  assert.equal(row(comparison, 'ttft').verdict, 'regressed');
});

test('three sessions test no error rate', () => {
  const sessions = (utterances: number) =>
    compareRuns([
      comparedReport({ utterances }),
      comparedReport({ utterances, failing: [0, 1, 2] }),
    ]);
  const { verdict, reason } = row(sessions(3), 'error_rate');
  assert.equal(verdict, 'insufficient data');
  assert.match(reason!, /^Too few sessions for a test: 3 in the baseline, 3 in the other run\./);
  assert.notEqual(row(sessions(4), 'error_rate').verdict, 'insufficient data');
});

test('asked for some metrics, it compares only those, as primary ones', () => {
  const comparison = against({ laterMs: 60 }, { metrics: ['tail_latency', 'wer'] });
  assert.deepEqual(primaryKeys(comparison), ['tail_latency', 'wer']);
  assert.equal(comparison.pairs[0]!.metrics.length, 2);
});

test('a noise threshold makes a real change negligible', () => {
  const comparison = against({ laterMs: 60 }, { noise: { ttfs: 100 } });
  assert.equal(row(comparison, 'ttfs').verdict, 'significant but negligible');
  assert.equal(row(comparison, 'ttft_speech').verdict, 'regressed');
});

test('the same seed gives the same comparison, and another one other intervals', () => {
  const first = against({ laterMs: 5 }, { seed: 7 });
  assert.deepEqual(against({ laterMs: 5 }, { seed: 7 }), first);
  const other = against({ laterMs: 5 }, { seed: 8 });
  assert.notDeepEqual(row(other, 'ttfs').change!.interval, row(first, 'ttfs').change!.interval);
});

test('it is plain data: what JSON gives back is the same', () => {
  const comparison = against({ failing: [1, 2], broken: [3] });
  assert.deepEqual(JSON.parse(JSON.stringify(comparison)), comparison);
  assert.deepEqual(unwritableNumbers(comparison), []);
});

test('three runs are each compared with the first', () => {
  const comparison = compareRuns([
    baseline,
    comparedReport({ seed: 2, title: 'Same' }),
    comparedReport({ seed: 3, laterMs: 60, title: 'Later' }),
  ]);
  assert.deepEqual(
    comparison.runs.map(({ letter, title }) => [letter, title]),
    [
      ['A', 'Run'],
      ['B', 'Same'],
      ['C', 'Later'],
    ],
  );
  assert.deepEqual(
    comparison.pairs.map(({ a, b, conclusion }) => [a.run, b.run, conclusion.verdict]),
    [
      [0, 1, 'no change'],
      [0, 2, 'regressed'],
    ],
  );
});

function withEndpoints(ids: readonly string[]) {
  return (run: Run): Run => ({
    ...run,
    plan: { ...run.plan, endpoints: ids.map((id) => ({ ...run.plan.endpoints[0]!, id })) },
    endpoints: ids.map((id) => ({ ...run.endpoints[0]!, id })),
    sessions: ids.flatMap((id) =>
      run.sessions.map((session) => ({ ...session, id: `${id}-${session.id}`, endpointId: id })),
    ),
  });
}

test('endpoints are matched by id, the only ones with each other, or as chosen', () => {
  const both = comparedReport({ seed: 1, run: withEndpoints(['x', 'y']) });
  const x = comparedReport({ seed: 2, run: withEndpoints(['x']) });
  const z = comparedReport({ seed: 2, run: withEndpoints(['z']) });
  const endpoints = (comparison: Comparison) =>
    comparison.pairs.map(({ a, b }) => `${a.endpoint} ${b.endpoint}`);
  const metrics = ['ttft'];
  assert.deepEqual(endpoints(compareRuns([both, both], { metrics })), ['x x', 'y y']);
  assert.deepEqual(endpoints(compareRuns([both, x], { metrics })), ['x x']);
  assert.deepEqual(endpoints(compareRuns([x, z], { metrics })), ['x z']);
  assert.deepEqual(endpoints(compareRuns([both, both], { metrics, endpoints: ['x', 'y'] })), [
    'x y',
  ]);
  assert.throws(() => compareRuns([both, z]), { reason: 'endpoint_ambiguous' });
  assert.throws(() => compareRuns([both, z], { endpoints: ['q'] }), {
    reason: 'endpoint_unknown',
    message: 'The run "Run" has no endpoint "q". It has "x", "y".',
  });
});

test('what cannot be compared as asked is refused', () => {
  assert.throws(() => compareRuns([baseline]), { reason: 'too_few_runs' });
  assert.throws(() => against({}, { metrics: ['nonsense'] }), {
    reason: 'metric_unknown',
    message: /called "nonsense"\. Use one of: start_delay, .*wel\.p95/,
  });
  assert.throws(() => against({}, { noise: { ttfs: -1 } }), { reason: 'option_invalid' });
  assert.throws(() => against({}, { seed: 0.5 }), { reason: 'option_invalid' });
  assert.throws(() => against({}, { alpha: 5 }), { reason: 'option_invalid' });
});

test('says how far it is, and stops when told to', () => {
  const shares: number[] = [];
  against({}, { onProgress: (share) => shares.push(share) });
  assert.deepEqual(
    shares,
    shares.toSorted((one, other) => one - other),
  );
  assert.ok(shares.length > 5 && shares.every((share) => share >= 0 && share <= 1));
  assert.throws(() => against({}, { shouldStop: () => true }), StatisticsStopped);
});
