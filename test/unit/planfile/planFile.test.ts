import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { PlanEndpoint } from '../../../src/plan/plan.ts';
import { parsePlanFile, parsePlanText } from '../../../src/planfile/parsePlanFile.ts';
import { planFileJsonSchema } from '../../../src/planfile/planFileJsonSchema.ts';
import { plansOf, type PlanSurroundings } from '../../../src/planfile/plansOf.ts';

const local: PlanEndpoint = {
  id: 'local',
  dialect: 'vosk',
  url: 'ws://localhost:2700',
  model: null,
  language: null,
  apiKeyEnv: null,
};

const surroundings: PlanSurroundings = {
  folder: '/plans',
  bundledSpeech: '/product/speech',
  endpointNamed: (name) => (name === 'local' ? local : null),
};

function runsOf(plan: object) {
  return plansOf(parsePlanFile(JSON.stringify(plan), 'a.rtplan.json'), surroundings);
}

/** What the first problem marks, and what it says. */
function problemIn(text: string): [marked: string, message: string] {
  const [problem] = parsePlanText(text).problems;
  assert.ok(problem, text);
  return [text.slice(problem.offset, problem.offset + problem.length), problem.message];
}

describe('a plan file', () => {
  test('needs only a name and endpoints', () => {
    const [run, ...others] = runsOf({ name: 'Nightly', endpoints: ['embedded', 'local'] });
    assert.deepEqual(others, []);
    assert.equal(run!.title, 'Nightly');
    assert.deepEqual(
      run!.plan.endpoints.map(({ id, url }) => [id, url]),
      [
        ['embedded', 'embedded'],
        ['local', 'ws://localhost:2700'],
      ],
    );
    assert.deepEqual(run!.plan.dataset, { path: '/product/speech', limit: null });
    assert.deepEqual(run!.plan.pacing, { mode: 'capture', speed: 1, chunkMs: 100 });
    assert.deepEqual(run!.plan.load, { kind: 'concurrent', sessions: 1 });
    assert.equal(run!.plan.warmUp, undefined);
  });

  test('makes a run for each dataset under each profile', () => {
    const runs = runsOf({
      name: 'Nightly',
      endpoints: [{ id: 'mine', url: 'wss://asr.example', dialect: 'deepgram' }],
      datasets: ['meetings', { path: '../calls/manifest.jsonl', limit: 5 }],
      profiles: [
        { kind: 'concurrent', sessions: 1 },
        { kind: 'concurrent', sessions: 8, reuseConnections: true },
      ],
      warmUp: 2,
      thresholds: ['ttfs.p95 <= 800 ms'],
    });
    assert.deepEqual(
      runs.map(({ title }) => title),
      [
        'Nightly, meetings, 1 at once',
        'Nightly, meetings, 8 at once',
        'Nightly, manifest, 1 at once',
        'Nightly, manifest, 8 at once',
      ],
    );
    const { plan } = runs[3]!;
    assert.deepEqual(plan.dataset, { path: '/calls/manifest.jsonl', limit: 5 });
    assert.deepEqual(plan.load, { kind: 'concurrent', sessions: 8, reuseConnections: true });
    assert.equal(plan.warmUp, 2);
    assert.equal(plan.thresholds[0]?.limit, 800);
    assert.equal(plan.endpoints[0]?.dialect, 'deepgram');
  });

  test('may have comments and commas at the end', () => {
    const text = '{ "name": "A", // nightly\n "endpoints": ["embedded",], }';
    assert.equal(parsePlanText(text).plan?.name, 'A');
  });

  test('names no endpoint twice, and none that is not configured', () => {
    assert.throws(() => runsOf({ name: 'A', endpoints: ['local', 'local'] }), /"local" is in the/);
    assert.throws(() => runsOf({ name: 'A', endpoints: ['gone'] }), {
      reason: 'endpoint_unknown',
      message: /"gone".*rtbench\.endpoints.*"url"/,
    });
  });
});

describe('what is wrong in a plan file', () => {
  const around = (rest: string) => `{ "name": "A", "endpoints": ["embedded"], ${rest} }`;

  test('is marked at its place', () => {
    assert.deepEqual(problemIn(around('"repeats": 0'))[0], '0');
    const [marked, message] = problemIn(around('"profile": 1'));
    assert.equal(marked, '1');
    assert.equal(message, 'There is no "profile" here.');
    assert.match(problemIn('{ "name": "A", "endpoints": [{ "id": "x" }] }')[1], /url/);
    assert.match(problemIn('{ "name": ')[1], /no.*JSON|not JSON/);
    assert.match(problemIn(around('"format": 2'))[1], /Update RTBench/);
  });

  test('is told with line and column', () => {
    const text = '{\n  "name": 1,\n  "endpoints": ["embedded"]\n}';
    assert.throws(() => parsePlanFile(text, 'a.rtplan.json'), {
      reason: 'plan_invalid',
      message: /^a\.rtplan\.json:2:11: name: /,
    });
  });

  test('is never thrown by reading, whatever the text', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((value) => around(`"x": ${JSON.stringify(value)}`)),
    );
    fc.assert(
      fc.property(text, (any) => {
        const { plan, problems } = parsePlanText(any);
        assert.equal(plan === null, problems.length > 0);
        for (const { offset, length } of problems) {
          assert.ok(offset >= 0 && offset + length <= any.length + 1);
        }
      }),
    );
  });
});

test('the published schema is that of the code', async () => {
  const file = path.join(import.meta.dirname, '../../../schemas/rtplan.schema.json');
  assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), planFileJsonSchema());
});

describe('the loads of a plan file', () => {
  const loadsOf = (...profiles: object[]) =>
    runsOf({ name: 'A', endpoints: ['local'], profiles }).map(({ plan }) => plan.load);

  test('are closed or open', () => {
    const closed = { kind: 'concurrent', sessions: 3, reuseConnections: true };
    const even = { kind: 'constant', perSecond: 0.5 };
    const random = { kind: 'poisson', perSecond: 2, seed: 7 };
    const bursts = { kind: 'gamma', perSecond: 2, burstiness: 0.5, seed: 7 };
    assert.deepEqual(loadsOf(closed, even, random, bursts), [closed, even, random, bursts]);
  });

  test('grow and fall, or are recorded beside the plan', () => {
    const ramp = { kind: 'ramp', of: 'sessions', from: 1, to: 8, overSeconds: 30 };
    const shape = 'exponential';
    assert.deepEqual(loadsOf(ramp, { ...ramp, of: 'perSecond', shape }), [
      { ...ramp, shape: 'linear' },
      { ...ramp, of: 'perSecond', shape },
    ]);
    const [load] = loadsOf({ kind: 'trace', path: 'starts.csv' });
    assert.deepEqual(load, { kind: 'trace', path: '/plans/starts.csv', timeScale: 1 });
  });

  test('have a seed where none is written', () => {
    const [load] = loadsOf({ kind: 'poisson', perSecond: 2 });
    assert.deepEqual(load, { kind: 'poisson', perSecond: 2, seed: 42 });
  });

  test('are told of by the member that is wrong', () => {
    const problem = (profile: string) =>
      problemIn(`{ "name": "A", "endpoints": ["embedded"], "profiles": [${profile}] }`);
    assert.deepEqual(problem('{ "kind": "constant", "perSecond": 1, "sessions": 2 }'), [
      '2',
      'There is no "sessions" here.',
    ]);
    assert.match(problem('{ "kind": "burst" }')[1], /'concurrent' \| 'constant' \| 'poisson'/);
    assert.equal(problem('{ "kind": "poisson", "perSecond": 0 }')[0], '0');
    const half = '{ "kind": "ramp", "of": "sessions", "from": 1.5, "to": 2, "overSeconds": 1 }';
    assert.equal(problem(half)[0], '1.5');
  });
});
