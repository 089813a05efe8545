import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Comparison, MetricComparison } from '../../src/comparison/comparison.ts';
import {
  brokenUtterances,
  measuredUtterances,
  measuredWords,
  measureRuns,
  type MeasuredRuns,
} from '../support/measuredRuns.ts';
import { runCli, shortSpeech } from '../support/runCli.ts';

let directory: string;
let files: MeasuredRuns;

before(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'rtbench-compare-'));
  files = await measureRuns(directory);
});

after(() => rm(directory, { recursive: true }));

async function compared(
  ...args: string[]
): Promise<{ code: number | null; comparison: Comparison }> {
  const { code, stdout, stderr } = await runCli(['compare', ...args, '--json']);
  assert.notEqual(code, 2, stderr);
  return { code, comparison: JSON.parse(stdout) as Comparison };
}

function row({ pairs }: Comparison, key: string): MetricComparison {
  return pairs[0]!.metrics.find((metric) => metric.key === key)!;
}

test('two runs of the same server are not told apart', async () => {
  const { code, comparison } = await compared(files.first, files.again, '--fail-on', 'regression');
  assert.equal(code, 0);
  const { gate, pairing, conclusion } = comparison.pairs[0]!;
  assert.deepEqual(
    gate.differences.filter(({ severity }) => severity === 'hard'),
    [],
  );
  assert.equal(pairing.sharedItems, measuredUtterances);
  assert.deepEqual([conclusion.regressed, conclusion.improved], [[], []]);
  for (const key of ['ttft', 'tail_latency', 'wer']) {
    const { verdict, family } = row(comparison, key);
    assert.equal(family, 'primary');
    assert.match(verdict, /^(equivalent|no significant change)$/, key);
  }
});

test('60 ms more on every delta is found, and fails the command where asked', async () => {
  const { code, comparison } = await compared(files.first, files.later, '--fail-on', 'regression');
  assert.equal(code, 1);
  for (const key of ['ttft', 'tail_latency']) {
    const { verdict, change } = row(comparison, key);
    assert.equal(verdict, 'regressed', key);
    const { low, high } = change!.interval!;
    assert.ok(low <= 60 && high >= 60 && high - low < 20, `${key} ${low} ${high}`);
  }
  const { code: unasked, stdout } = await runCli(['compare', files.first, files.later]);
  assert.equal(unasked, 0);
  assert.match(stdout, /Time to first text \(TTFT\), for want of ttft_speech .* regressed ▲/);
  assert.match(stdout, /REGRESSED: TTFT, Tail regressed\./);

  const noise = ['--noise', 'ttft=100ms', '--noise', 'tail_latency=100ms'];
  const tolerant = await compared(files.first, files.later, ...noise, '--fail-on', 'regression');
  assert.equal(tolerant.code, 0);
  assert.equal(row(tolerant.comparison, 'ttft').verdict, 'significant but negligible');
});

test('broken words regress the error rate and name their utterances first', async () => {
  const { comparison } = await compared(files.first, files.broken, '--metric', 'wer');
  const { verdict, change, worst } = row(comparison, 'wer');
  assert.equal(verdict, 'regressed');
  assert.equal(change!.b, (brokenUtterances * 3) / (measuredUtterances * measuredWords.length));
  const first = worst.slice(0, brokenUtterances).map(({ id }) => Number(id.slice(1)));
  assert.deepEqual(
    first.toSorted((one, other) => one - other),
    Array.from({ length: brokenUtterances }, (_, at) => at + 1),
  );
  const { stdout } = await runCli(['compare', files.first, files.broken]);
  assert.match(stdout, /worst by WER .*\n.*\nu\d +0\.0 % +60\.0 % +\+60\.0 pp/);
  assert.match(stdout, /turn → burn +0 +9/);
});

test('three runs, as Markdown, as CSV and as one HTML file', async () => {
  const runs = [files.first, files.again, files.later];
  const page = path.join(directory, 'report.html');
  const markdown = await runCli(['compare', ...runs, '--markdown', '--html', page]);
  assert.equal(markdown.code, 0, markdown.stderr);
  assert.match(markdown.stdout, /### A → B, endpoint/);
  assert.match(markdown.stdout, /### A → C, endpoint .*: \*\*regressed\*\*/);
  const html = await readFile(page, 'utf8');
  assert.match(html, /^<!DOCTYPE html>/);
  assert.equal(html.match(/<section>/g)?.length, 2);
  const { stdout: csv } = await runCli(['compare', ...runs, '--csv', '--metric', 'ttft']);
  assert.equal(csv.trimEnd().split('\r\n').length, 3);
});

test('a run at another pace is shown, but nothing is concluded', async () => {
  const text = await readFile(files.later, 'utf8');
  const other = path.join(directory, 'pace.rtbench.json');
  await writeFile(other, text.replace(/"chunkMs":\s*100/, '"chunkMs": 200'));
  const { code, stdout } = await runCli(['compare', files.first, other, '--fail-on', 'regression']);
  assert.equal(code, 0);
  assert.match(stdout, /X Chunk length: 100 ms → 200 ms\. Not compared: every metric\./);
  assert.match(stdout, /NOT COMPARABLE/);
});

test('says what is wrong with a file or an option', async () => {
  const missing = path.join(directory, 'missing.rtbench.json');
  const cases: [string[], RegExp][] = [
    [[files.first, missing], /missing\.rtbench\.json cannot be read/],
    [[files.first], /missing required argument 'runs'/],
    [[files.first, shortSpeech], /kitchen-lights\.flac is not JSON/],
    [[files.first, files.again, '--metric', 'speed'], /nothing to compare called "speed"/],
    [[files.first, files.again, '--noise', 'ttft'], /"ttfs=20ms"/],
    [[files.first, files.again, '--noise', 'wer=20ms'], /"wer" is not measured in ms/],
    [[files.first, files.again, '--seed', 'x'], /Give a whole number/],
    [[files.first, files.again, '--fail-on', 'change'], /Allowed choices are regression/],
    [[files.first, files.again, '--json', '--csv'], /cannot be used with option '--csv'/],
    [[files.first, files.again, '--endpoint', 'no'], /has no endpoint "no"/],
  ];
  for (const [args, message] of cases) {
    const { code, stderr } = await runCli(['compare', ...args]);
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n {4}at /);
  }
});
