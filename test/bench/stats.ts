/**
 * Can the verdicts be trusted, and what do they cost: `npm run bench:stats`.
 *
 * False alarms: pairs of runs that differ by chance alone are compared as the product does, and
 * the share that is called improved or regressed is counted. It must not exceed α = 5 % by more
 * than the simulation's own error. Power: the same with a real change. Cost: two runs of 10,000
 * sessions. Fails when a false-alarm rate is too high.
 */
import { cpus } from 'node:os';
import { bootstrapDifference } from '../../src/metrics/statistics/bootstrapDifference.ts';
import { fisherExact, type Share } from '../../src/metrics/statistics/fisherExact.ts';
import { hodgesLehmannShift } from '../../src/metrics/statistics/hodgesLehmann.ts';
import { holmAdjusted } from '../../src/metrics/statistics/holm.ts';
import { mannWhitney } from '../../src/metrics/statistics/mannWhitney.ts';
import { noiseSize } from '../../src/metrics/statistics/noiseThreshold.ts';
import { percentile, sortedValues } from '../../src/metrics/statistics/percentile.ts';
import { percentileSample } from '../../src/metrics/statistics/percentileSample.ts';
import { randomGenerator } from '../../src/metrics/statistics/randomGenerator.ts';
import { rateDifference } from '../../src/metrics/statistics/rateDifference.ts';
import { ratioSample } from '../../src/metrics/statistics/ratioSample.ts';
import { signFlipTest } from '../../src/metrics/statistics/signFlipTest.ts';
import { verdictOf, type Verdict } from '../../src/metrics/statistics/verdict.ts';
import { metricRegistry, type MetricId } from '../../src/metrics/registry/metricRegistry.ts';

const alpha = 0.05;

/** Resamples and sign patterns: fewer than the product's 10,000, for many more comparisons. */
const replicates = 2000;

const random = randomGenerator(20_261);

interface Evidence {
  p: number;
  effect: number;
  interval: { low: number; high: number };
  baseline: number;
}

/** One kind of data: `change` 0 draws two runs that differ by chance alone. */
interface Scenario {
  name: string;
  metric: MetricId;
  items: number;
  changes: { change: number; name: string }[];
  compare: (items: number, change: number) => Evidence;
}

function normal(): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function poisson(mean: number): number {
  const limit = Math.exp(-mean);
  let product = random();
  let count = 0;
  for (; product > limit; count++) product *= random();
  return count;
}

const many = <T>(count: number, draw: () => T) => Array.from({ length: count }, draw);
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const meanDifference = (a: readonly number[], b: readonly number[]) => sumOf(b) - sumOf(a);

/** An item as hard for A as for B (log-normal around 400 ms), and chance of its own in each run. */
function latency(item: number, change = 0): number {
  return 400 * Math.exp(0.3 * item + 0.15 * normal()) + change;
}

/** What the product says of one value per unit, or of several that a speaker's utterances have. */
function latencyEvidence(a: number[][], b: number[][], paired: boolean): Evidence {
  const design = { a: percentileSample(a, [0.5]), b: percentileSample(b, [0.5]), paired };
  const interval = bootstrapDifference(design, { replicates })[0]!.difference!;
  const medianOf = (units: number[][]) => percentile(sortedValues(units.flat()), 0.5)!;
  const baseline = medianOf(a);
  const differences = paired ? a.map((own, unit) => meanDifference(own, b[unit]!)) : [];
  const p = paired
    ? signFlipTest(differences, { draws: replicates })!.p
    : mannWhitney(a.map(medianOfUnit), b.map(medianOfUnit))!.p;
  return { p, effect: medianOf(b) - baseline, interval, baseline };
}

const medianOfUnit = (values: number[]) => percentile(sortedValues(values), 0.5)!;

function pairedLatencies(items: number, change: number): Evidence {
  const hard = many(items, normal);
  const run = (added: number) => hard.map((item) => [latency(item, added)]);
  return latencyEvidence(run(0), run(change), true);
}

function unpairedLatencies(items: number, change: number): Evidence {
  const run = (added: number) => many(items, () => [latency(normal(), added)]);
  return latencyEvidence(run(0), run(change), false);
}

/** Speakers with five utterances each; a run treats each speaker in a way of its own. */
function speakerLatencies(items: number, change: number): Evidence {
  const speakers = many(items / 5, () => many(5, normal));
  const run = (added: number) =>
    speakers.map((utterances) => {
      const mood = 60 * normal();
      return utterances.map((item) => latency(item, added + mood));
    });
  return latencyEvidence(run(0), run(change), true);
}

/** Other speakers in each run, each with a pace of its own, and five utterances each. */
function otherSpeakers(items: number, change: number): Evidence {
  const run = (added: number) =>
    many(items / 5, () => {
      const pace = 60 * normal();
      return many(5, () => latency(normal(), added + pace));
    });
  return latencyEvidence(run(0), run(change), false);
}

/** Each session's 95th percentile over its words. */
function wordLatencies(items: number, change: number): Evidence {
  const hard = many(items, normal);
  const run = (added: number) =>
    hard.map((item) => {
      const words = many(12, () => latency(0.5 * item + 0.8 * normal(), added));
      return [percentile(sortedValues(words), 0.95)!];
    });
  return latencyEvidence(run(0), run(change), true);
}

/** Errors with a rate of their own for each text; `change` is added to the mean rate of 8 %. */
function wordErrors(items: number, change: number): Evidence {
  const texts = many(items, () => ({
    words: 5 + Math.floor(20 * random()),
    ease: Math.exp(0.8 * normal() - 0.32),
  }));
  const words = texts.map((text) => text.words);
  const run = (rate: number) => texts.map((text) => poisson(rate * text.ease * text.words));
  const a = run(0.08);
  const b = run(0.08 + change);
  const design = { a: ratioSample(a, words), b: ratioSample(b, words), paired: true };
  const interval = bootstrapDifference(design, { replicates })[0]!.difference!;
  const { p } = signFlipTest(
    a.map((errors, text) => b[text]! - errors),
    { draws: replicates },
  )!;
  const total = sumOf(words);
  return { p, effect: meanDifference(a, b) / total, interval, baseline: sumOf(a) / total };
}

function failures(items: number, change: number): Evidence {
  const run = (rate: number): Share => ({
    count: many(items, random).filter((u) => u < rate).length,
    total: items,
  });
  const [a, b] = [run(0.02), run(0.02 + change)];
  const interval = rateDifference(a, b)!;
  return { p: fisherExact(a, b), effect: interval.value, interval, baseline: a.count / a.total };
}

const unchanged = { change: 0, name: 'no change' };
const added = (...changes: number[]) => [
  unchanged,
  ...changes.map((change) => ({ change, name: `+${change} ms` })),
];
const points = (...changes: number[]) => [
  unchanged,
  ...changes.map((change) => ({ change: change / 100, name: `+${change} points` })),
];

const scenarios: Scenario[] = [
  {
    name: 'ttft_speech, paired, 15',
    metric: 'ttft_speech',
    items: 15,
    changes: added(60, 120),
    compare: pairedLatencies,
  },
  {
    name: 'ttft_speech, paired, 60',
    metric: 'ttft_speech',
    items: 60,
    changes: added(20, 60),
    compare: pairedLatencies,
  },
  {
    name: 'ttft_speech, 12 speakers of 5',
    metric: 'ttft_speech',
    items: 60,
    changes: added(60, 120),
    compare: speakerLatencies,
  },
  {
    name: 'ttfs, unpaired, 12 and 12 × 5',
    metric: 'ttfs',
    items: 60,
    changes: added(60, 120),
    compare: otherSpeakers,
  },
  {
    name: 'ttfs, unpaired, 40 and 40',
    metric: 'ttfs',
    items: 40,
    changes: added(60, 120),
    compare: unpairedLatencies,
  },
  {
    name: 'ttfs, unpaired, 200 and 200',
    metric: 'ttfs',
    items: 200,
    changes: added(30, 60),
    compare: unpairedLatencies,
  },
  {
    name: 'wel p95, paired, 60',
    metric: 'wel',
    items: 60,
    changes: added(20, 60),
    compare: wordLatencies,
  },
  { name: 'wer, paired, 60', metric: 'wer', items: 60, changes: points(2, 4), compare: wordErrors },
  {
    name: 'wer, paired, 300',
    metric: 'wer',
    items: 300,
    changes: points(1, 2),
    compare: wordErrors,
  },
  {
    name: 'error_rate, 200 and 200',
    metric: 'error_rate',
    items: 200,
    changes: points(3, 6),
    compare: failures,
  },
];

function judged({ p, effect, interval, baseline }: Evidence, metric: MetricId): Verdict {
  const { noise, direction } = metricRegistry[metric];
  return verdictOf({
    comparable: true,
    enough: true,
    p,
    effect,
    interval,
    noise: noiseSize(noise, baseline),
    direction,
    alpha,
  });
}

const isAlarm = (verdict: Verdict) => verdict === 'improved' || verdict === 'regressed';

/** Above this share of alarms, α was exceeded and not by chance: 3 standard errors. */
const limitOf = (runs: number) => alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / runs);

const percent = (count: number, runs: number) =>
  `${((100 * count) / runs).toFixed(1)} %`.padStart(8);

/** Returns whether the scenario keeps to α. */
function simulate({ name, metric, items, changes, compare }: Scenario, runs: number): boolean {
  return changes
    .map(({ change, name: changeName }) => {
      const all = many(runs, () => compare(items, change));
      const low = all.filter(({ p }) => p < alpha).length;
      const alarms = all.filter((evidence) => isAlarm(judged(evidence, metric))).length;
      const covered = all.filter(
        ({ interval }) => interval.low <= change && change <= interval.high,
      );
      const kept = change !== 0 || low / runs <= limitOf(runs);
      console.log(
        `  ${name.padEnd(31)}${changeName.padEnd(13)}${percent(low, runs)}` +
          `${percent(alarms, runs)}${percent(covered.length, runs)}${kept ? '' : '  TOO MANY'}`,
      );
      return kept;
    })
    .every(Boolean);
}

/** All five primary metrics at once, unchanged: any alarm among them, after Holm. */
function simulateFamily(runs: number): boolean {
  const family = [
    { metric: 'ttft_speech', compare: pairedLatencies },
    { metric: 'wel', compare: wordLatencies },
    { metric: 'ttfs', compare: pairedLatencies },
    { metric: 'wer', compare: wordErrors },
    { metric: 'error_rate', compare: failures },
  ] as const;
  let low = 0;
  let alarms = 0;
  for (let run = 0; run < runs; run++) {
    const all = family.map(({ compare }) => compare(60, 0));
    const adjusted = holmAdjusted(all.map(({ p }) => p));
    if (adjusted.some((p) => p < alpha)) low++;
    const verdicts = all.map((evidence, index) =>
      judged({ ...evidence, p: adjusted[index]! }, family[index]!.metric),
    );
    if (verdicts.some(isAlarm)) alarms++;
  }
  console.log(
    `  any of five, after Holm, 60      no change  ${percent(low, runs)}${percent(alarms, runs)}`,
  );
  return low / runs <= limitOf(runs);
}

function timed(name: string, work: () => unknown): number {
  const startMs = performance.now();
  work();
  const tookMs = performance.now() - startMs;
  console.log(`  ${name.padEnd(58)}${tookMs.toFixed(0).padStart(6)} ms`);
  return tookMs;
}

/** What two runs of 10,000 sessions cost with the product's 10,000 resamples. */
function measureCost(): void {
  const size = 10_000;
  const hard = many(size, normal);
  const run = () => hard.map((item) => [latency(item)]);
  const [a, b] = [run(), run()];
  const fractions = [0.5, 0.95];
  const latencies = (paired: boolean) => () =>
    bootstrapDifference({
      a: percentileSample(a, fractions),
      b: percentileSample(b, fractions),
      paired,
    });
  const words = hard.map(() => 20);
  const errors = () => hard.map(() => poisson(1.6));
  const design = { a: ratioSample(errors(), words), b: ratioSample(errors(), words), paired: true };
  const differences = a.map((own, item) => meanDifference(own, b[item]!));
  console.log(`\nTwo runs of ${size} sessions, 10,000 resamples, one core`);
  const bootstrapMs = timed('intervals of median and p95, paired', latencies(true));
  timed('intervals of median and p95, unpaired', latencies(false));
  const werMs = timed('interval of the word error rate', () => bootstrapDifference(design));
  const testMs = timed('sign-flip test', () => signFlipTest(differences));
  timed('Mann–Whitney test', () => mannWhitney(a.flat(), b.flat()));
  const shiftMs = timed('Hodges–Lehmann shift of 100,000,000 pairs', () =>
    hodgesLehmannShift(a.flat(), b.flat()),
  );
  const allMs = 3 * (bootstrapMs + testMs + shiftMs) + werMs + testMs;
  console.log(`  ${'all primary metrics, paired'.padEnd(58)}${allMs.toFixed(0).padStart(6)} ms`);
}

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}`);
const runs = Number(process.argv[2] ?? 500);
console.log(`${runs} comparisons a row. Without a change, p < α may be seen in 5 %, by chance`);
console.log(
  `in up to ${percent(limitOf(runs) * runs, runs).trim()}; alarm: called improved or regressed; covered: the`,
);
console.log(
  'interval holds the true change (of the median, or nearly so where others are compared)\n',
);
console.log(`  ${'data'.padEnd(31)}${'truth'.padEnd(13)}   p < α   alarm  covered`);
const kept = scenarios.map((scenario) => simulate(scenario, runs));
const familyKept = simulateFamily(runs);
measureCost();
if (!familyKept || kept.includes(false)) {
  console.error('A false-alarm rate is above α.');
  process.exitCode = 1;
}
