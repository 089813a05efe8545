import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type {
  CompareAnswers,
  CompareNews,
  RunSource,
} from '../../../../src/extension/compareEditor/compareReaderMessages.ts';
import { CompareReaderThread } from '../../../../src/extension/compareEditor/compareReaderThread.ts';
import type { CompareView } from '../../../../src/compareview/compareView.ts';
import type { Run } from '../../../../src/runfile/run.ts';
import { writeRunFile } from '../../../../src/runfile/writeRunFile.ts';
import { comparedRun, type ComparedRunOptions } from '../../../support/comparedRuns.ts';
import { until } from '../../../support/until.ts';
import { pcm16Wav } from '../../audio/support/wavWriter.ts';

let folder: string;
let program: string;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rtbench-compare-'));
  program = path.join(folder, 'compareReader.cjs');
  const source = '../../../../src/extension/compareEditor/compareReader.ts';
  await build({
    entryPoints: [path.join(import.meta.dirname, source)],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
});
after(() => rm(folder, { recursive: true }));

let news: CompareNews[];
let thread: CompareReaderThread;

beforeEach(() => {
  news = [];
  thread = new CompareReaderThread(program);
  thread.onNews = (item) => news.push(item);
});
afterEach(() => {
  thread.dispose();
});

function sourceOf(name: string): RunSource {
  const file = path.join(folder, `${name}.rtbench.json`);
  const uri = pathToFileURL(file).href;
  return { uri, file, label: `runs/${name}.rtbench.json`, bytes: null, problem: null };
}

async function written(name: string, options: ComparedRunOptions): Promise<RunSource> {
  const source = sourceOf(name);
  await writeRunFile(source.file, comparedRun({ utterances: 12, ...options }));
  return source;
}

function flag(value = 0): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4)).fill(value);
}

async function compare(...sources: RunSource[]): Promise<NonNullable<CompareAnswers['compare']>> {
  const answer = await thread.ask({ type: 'compare', sources, noise: {}, stop: flag() });
  assert.ok(answer);
  return answer;
}

function viewOf({ view, problem }: NonNullable<CompareAnswers['compare']>): CompareView {
  assert.ok(view, problem ?? '');
  return view;
}

const first = () => written('first', { seed: 1, title: 'First' });
const slow = () => written('slow', { seed: 2, title: 'Slow', laterMs: 60, broken: [4] });

describe('a comparison', () => {
  test('is of the files, with news of how far it is', async () => {
    const view = viewOf(await compare(await first(), await slow()));
    assert.deepEqual(
      view.runs.map(({ letter, title, file }) => [letter, title, file]),
      [
        ['A', 'First', 'runs/first.rtbench.json'],
        ['B', 'Slow', 'runs/slow.rtbench.json'],
      ],
    );
    assert.equal(view.pairs[0]?.conclusion.verdict, 'regressed');
    const progress = news.filter((item) => item.type === 'progress');
    assert.deepEqual(
      [...new Set(progress.map(({ label }) => label))],
      [
        'Reading runs/first.rtbench.json',
        'Reading runs/slow.rtbench.json',
        'Matching utterances',
        'Comparing',
      ],
    );
    const shares = progress.map(({ share }) => share ?? 0);
    assert.deepEqual(
      shares,
      shares.toSorted((one, other) => one - other),
    );
  });

  test('takes back figures that are not those of the traces', async () => {
    const [one, other] = [await first(), await slow()];
    const text = await readFile(other.file, 'utf8');
    await writeFile(other.file, text.replaceAll(/"ttfs":\d+(\.\d+)?/g, '"ttfs":1'));
    const rowOf = (view: CompareView) => view.pairs[0]!.rows.find(({ key }) => key === 'ttfs')!;
    assert.equal(rowOf(viewOf(await compare(one, other))).change?.b, 1);
    const told = () => news.filter(({ type }) => type === 'figuresDiffer').length;
    await until(() => told() > 0, 'news of the figures');
    const view = viewOf(await compare(one, other));
    assert.ok(rowOf(view).change!.b > 100);
    assert.match(view.runs[1]!.warnings.join(), /stored figures differ/);
    await compare(one, other);
    assert.equal(told(), 1);
  });

  test('takes contents that are not on disk', async () => {
    const baseline = await first();
    const other = await slow();
    const bytes = await readFile(other.file);
    const old = { ...other, uri: 'git:/runs/slow.rtbench.json', file: '/nowhere/slow', bytes };
    const view = viewOf(await compare(baseline, old));
    assert.equal(view.runs[1]?.title, 'Slow');
  });

  test('heeds the noise that was set', async () => {
    const sources = [await first(), await slow()];
    const noise = { ttfs: 5000 };
    const answer = await thread.ask({ type: 'compare', sources, noise, stop: flag() });
    const row = answer?.view?.pairs[0]?.rows.find(({ key }) => key === 'ttfs');
    assert.equal(row?.verdict, 'significant but negligible');
    const wrong = { type: 'compare', sources, noise: { nonsense: 1 }, stop: flag() } as const;
    assert.match((await thread.ask(wrong))?.problem ?? '', /called "nonsense"/);
  });

  test('follows a file that changed', async () => {
    const baseline = await first();
    const other = await slow();
    await compare(baseline, other);
    await written('slow', { seed: 2, title: 'Repaired' });
    const view = viewOf(await compare(baseline, other));
    assert.equal(view.runs[1]?.title, 'Repaired');
    assert.notEqual(view.pairs[0]?.conclusion.verdict, 'regressed');
  });

  test('does without files that are gone or broken, and says what to do', async () => {
    const sources = [await first(), sourceOf('gone'), await written('broken', {}), await slow()];
    await writeFile(sources[2]!.file, '{');
    const unknown = { ...sourceOf('remote'), problem: 'remote cannot be read.' };
    const answer = await compare(...sources, unknown);
    const problems = answer.sources.map(({ problem }) => problem);
    assert.equal(problems[0], null);
    assert.match(problems[1]!, /^runs\/gone\.rtbench\.json is not there any more\. Restore it/);
    assert.match(problems[2]!, /^runs\/broken\.rtbench\.json is not JSON/);
    assert.equal(problems[3], null);
    assert.equal(problems[4], 'remote cannot be read.');
    const view = viewOf(answer);
    assert.deepEqual(
      view.runs.map(({ letter, problem }) => [letter, problem]),
      problems.map((problem, at) => [at === 0 ? 'A' : at === 3 ? 'B' : null, problem]),
    );
    assert.deepEqual(
      view.pairs.map(({ a, b }) => [a.run, b.run]),
      [[0, 3]],
    );
  });

  test('does without a run of other endpoints', async () => {
    const sources = [
      await written('two', { run: twoEndpoints('one', 'other') }),
      await written('alien', { run: twoEndpoints('third', 'fourth') }),
      await written('same', { run: twoEndpoints('one', 'other') }),
    ];
    const answer = await compare(...sources);
    assert.match(answer.sources[1]!.problem!, /endpoint/);
    assert.equal(viewOf(answer).pairs.length, 2);
  });

  test('is a problem with fewer than two runs', async () => {
    const baseline = await first();
    const gone = sourceOf('gone');
    const { view, problem } = await compare(baseline, gone);
    assert.equal(view, null);
    assert.match(problem!, /gone\.rtbench\.json is not there/);
    assert.match(problem!, /needs two runs/);
    await slow();
    await writeRunFile(gone.file, comparedRun({ utterances: 12 }));
    assert.ok((await compare(baseline, gone)).view);
    await unlink(gone.file);
  });

  test('is stopped by its flag, and the one before answers on', async () => {
    const sources = [await first(), await slow()];
    const [pair] = viewOf(await compare(...sources)).pairs;
    const asked = { type: 'compare', sources, noise: {} } as const;
    assert.equal(await thread.ask({ ...asked, stop: flag(1) }), null);
    const large = [
      await written('many', { utterances: 400, seed: 1 }),
      await written('more', { utterances: 400, seed: 2 }),
    ];
    const stop = flag();
    thread.onNews = (item) => {
      if (item.type === 'progress' && item.label === 'Comparing') Atomics.store(stop, 0, 1);
    };
    assert.equal(await thread.ask({ type: 'compare', sources: large, noise: {}, stop }), null);
    const rows = await thread.ask({ type: 'utterances', pair: pair!.key, key: 'wer' });
    assert.equal(rows?.length, 12);
  });
});

describe('questions about it', () => {
  test('are answered by utterance', async () => {
    const sources = [await first(), await slow()];
    const [pair] = viewOf(await compare(...sources)).pairs;
    const { key } = pair!;
    const rows = await thread.ask({ type: 'utterances', pair: key, key: 'wer' });
    assert.equal(rows?.[0]?.id, 'utt-004');
    const place = { pair: key, id: 'utt-004', repeat: 0 };
    const found = await thread.ask({ type: 'utterance', ...place });
    assert.ok(found);
    assert.equal(found.detail.alignment?.columns[1]?.b.text, 'whirled');
    assert.deepEqual(
      found.sessions,
      sources.map(({ uri }, at) => {
        return { run: uri, sessionId: 's00005', letter: 'AB'[at], endpoint: 'local' };
      }),
    );
    const { a, b } = found.detail.sessions;
    assert.equal(a?.key, `${sources[0]!.uri}#s00005`);
    assert.equal(b?.key, `${sources[1]!.uri}#s00005`);
    assert.ok(a.deltas.atMs instanceof Float64Array);
    assert.deepEqual(
      found.audio.map(({ audioKey }) => audioKey),
      [a.audioKey],
    );
    assert.deepEqual(await thread.ask({ type: 'texts', ...place }), {
      reference: 'hello world again',
      a: 'hello world again',
      b: 'hello whirled again',
    });
  });

  test('are answered by nothing where there is nothing', async () => {
    const place = { pair: 'none', id: 'utt-004', repeat: 0 };
    assert.equal(await thread.ask({ type: 'export', format: 'csv' }), null);
    const [pair] = viewOf(await compare(await first(), await slow())).pairs;
    assert.equal(await thread.ask({ type: 'utterance', ...place }), null);
    assert.equal(await thread.ask({ type: 'utterances', pair: 'none', key: 'wer' }), null);
    const other = { ...place, pair: pair!.key, id: 'nobody' };
    assert.equal(await thread.ask({ type: 'utterance', ...other }), null);
    assert.equal(await thread.ask({ type: 'texts', ...other }), null);
  });

  test('are answered by a report', async () => {
    await compare(await first(), await slow());
    const report = (format: 'markdown' | 'csv' | 'html') => thread.ask({ type: 'export', format });
    assert.match((await report('markdown'))!, /^## RTBench comparison/);
    assert.match((await report('html'))!, /^<!doctype html>/i);
    assert.match((await report('csv'))!, /ttfs/);
  });
});

test('prepares the audio that was heard', async () => {
  await compare(await first(), await slow());
  const audioPath = path.join(folder, 'speech.wav');
  await writeFile(audioPath, pcm16Wav(new Array<number>(1600).fill(1000), 16_000));
  const wanted = {
    audioKey: 'speech',
    audioPath,
    sha256: null,
    sampleRateHz: 16_000,
    totalSamples: 1600,
  };
  assert.equal(await thread.ask({ type: 'checkAudio', file: audioPath, sha256: null }), null);
  const wrong = { type: 'checkAudio', file: audioPath, sha256: 'ab'.repeat(32) } as const;
  assert.match((await thread.ask(wrong))!, /is not the audio that was measured/);
  const sha256 = createHash('sha256')
    .update(await readFile(audioPath))
    .digest('hex');
  await thread.ask({
    type: 'audio',
    wanted: { ...wanted, sha256 },
    places: [audioPath],
    gently: false,
    folder: path.join(folder, 'cache'),
  });
  assert.ok(news.some((item) => item.type === 'audio' && item.file !== null));
  const asked = { type: 'samples', audioKey: 'speech', fromSample: 10, count: 20 } as const;
  assert.equal((await thread.ask(asked))?.samples.length, 20);
});

describe('a verdict', () => {
  const verdictOf = (baseline: RunSource, candidate: RunSource, noise = {}) =>
    thread.ask({ type: 'verdict', baseline, candidate, noise });

  test('names what changed, as the whole comparison does', async () => {
    const baseline = await first();
    const candidate = await slow();
    const { verdict, regressed, improved, text } = await verdictOf(baseline, candidate);
    const [pair] = viewOf(await compare(baseline, candidate)).pairs;
    assert.equal(verdict, 'regressed');
    assert.equal(text, pair?.conclusion.text);
    assert.equal(`${regressed.join(', ')} regressed.`, text);
    assert.deepEqual(improved, []);
    const back = await verdictOf(candidate, baseline);
    assert.equal(back.verdict, 'improved');
    assert.deepEqual(back.improved, regressed);
  });

  test('heeds the noise that was set', async () => {
    const sources = [await first(), await slow()] as const;
    const { regressed } = await verdictOf(...sources);
    assert.ok(regressed.includes('TTFS'));
    const quiet = await verdictOf(...sources, { ttfs: 5000 });
    assert.deepEqual(
      quiet.regressed,
      regressed.filter((short) => short !== 'TTFS'),
    );
  });

  test('is none where a run cannot be read', async () => {
    const { verdict, text } = await verdictOf(await first(), sourceOf('gone'));
    assert.equal(verdict, 'not comparable');
    assert.match(text, /gone\.rtbench\.json is not there/);
  });
});

/** Every other session goes to another endpoint. */
function twoEndpoints(one: string, other: string): (run: Run) => Run {
  return (run) => ({
    ...run,
    plan: {
      ...run.plan,
      endpoints: [one, other].map((id) => ({ ...run.plan.endpoints[0]!, id })),
    },
    endpoints: [one, other].map((id) => ({ ...run.endpoints[0]!, id })),
    sessions: run.sessions.map((session, at) => ({
      ...session,
      endpointId: at % 2 === 0 ? one : other,
    })),
  });
}
