import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BenchError } from '../../../../src/common/benchError.ts';
import { buildPlan, type PlanChoices } from '../../../../src/extension/benchmark/buildPlan.ts';
import { sessionsAtOnce } from '../../../../src/plan/loadLimits.ts';
import type { Plan } from '../../../../src/plan/plan.ts';
import { dryRun, dryRuns } from '../../../../src/runner/dryRun.ts';
import {
  pacingProfile,
  pacingProfiles,
} from '../../../../src/extension/benchmark/pacingProfiles.ts';
import { repeatPlan } from '../../../../src/extension/benchmark/repeatPlan.ts';
import type { ConfiguredEndpoint } from '../../../../src/extension/services.ts';

const local: ConfiguredEndpoint = {
  name: 'local',
  url: 'ws://localhost:8000',
  dialect: 'vllm-realtime',
  model: 'tiny',
  language: 'en',
};

function choices(changes: Partial<PlanChoices> = {}): PlanChoices {
  return {
    endpoints: [local],
    dataset: '/data/speech',
    profile: pacingProfile('realtime-2'),
    settings: { chunkMs: 80, textProfile: 'auto' },
    ...changes,
  };
}

test('a plan holds what was chosen, and no key', () => {
  const plan = buildPlan(choices());
  const { name, ...rest } = local;
  assert.deepEqual(plan.endpoints, [{ id: name, ...rest, apiKeyEnv: null }]);
  assert.deepEqual(plan.dataset, { path: '/data/speech', limit: null });
  assert.deepEqual(plan.load, { kind: 'concurrent', sessions: 2 });
  assert.deepEqual(plan.pacing, { mode: 'capture', speed: 1, chunkMs: 80 });
});

test('every profile makes a plan; an unknown one is the default', () => {
  for (const profile of pacingProfiles) {
    assert.equal(sessionsAtOnce(buildPlan(choices({ profile })).load), profile.sessions);
  }
  assert.equal(pacingProfile('gone'), pacingProfiles[0]);
});

test('a setting that cannot be used is named', () => {
  const settings = { chunkMs: 0.5, textProfile: 'auto' };
  assert.throws(
    () => buildPlan(choices({ settings })),
    (error) => error instanceof BenchError && error.message.includes('pacing.chunkMs'),
  );
});

test('a dry run says how much is sent, to whom and how', () => {
  const amount = { utterances: 12, audioMs: 108_000, exact: true };
  const profile = pacingProfile('realtime-1');
  assert.deepEqual(dryRun(buildPlan(choices({ profile })), amount), {
    amount: '12 sessions, 1:48 of audio',
    detail: 'local (localhost:8000) · speech · real time, one at a time · takes about 1:48',
  });
  const two = buildPlan(choices({ endpoints: [local, { ...local, name: 'other' }] }));
  assert.deepEqual(dryRun(two, { ...amount, exact: false }), {
    amount: '24 sessions, about 3:36 of audio',
    detail:
      'local (localhost:8000), other (localhost:8000) · speech · real time, 2 at once · takes about 1:48',
  });
  const open: Plan = { ...buildPlan(choices({})), load: { kind: 'constant', perSecond: 0.25 } };
  assert.deepEqual(dryRun(open, amount), {
    amount: '12 sessions, 1:48 of audio',
    // The last one starts 44 seconds after the first and takes 9.
    detail: 'local (localhost:8000) · speech · real time, 0.25 per second · takes about 0:53',
  });
  const span = { from: 1, to: 4, overSeconds: 10, shape: 'linear' } as const;
  const rising: Plan = { ...open, load: { kind: 'ramp', of: 'sessions', ...span } };
  // 25 seconds of sessions are done within the ramp, 83 by four at once.
  assert.match(dryRun(rising, amount).detail, /1 to 4 at once over 10 s · takes about 0:30$/);
  const recorded: Plan = { ...open, load: { kind: 'trace', path: '/x/starts.csv', timeScale: 1 } };
  assert.match(dryRun(recorded, amount).detail, /real time, starts of starts\.csv$/);
  // 1, 2 and 4 at once, then 3; each with at least twice as many sessions.
  const series = { kind: 'find_capacity', sessions: 4 } as const;
  const searching = { plan: buildPlan(choices({})), series, amount: { ...amount, utterances: 3 } };
  const { amount: sent, detail } = dryRuns([searching]);
  assert.equal(sent, 'up to 4 runs, up to 24 sessions, up to 14:24 of audio');
  assert.match(detail, /real time, capacity up to 4 at once · takes about 6:09$/);
  const burst = buildPlan(choices({ profile: pacingProfile('burst-1') }));
  assert.equal(
    dryRun(burst, amount).detail,
    'local (localhost:8000) · speech · as fast as possible, one at a time',
  );
});

test('a dry run knows limits, repeats and speed of a saved plan', () => {
  const plan = buildPlan(choices({ profile: pacingProfile('realtime-1') }));
  const saved = {
    ...plan,
    dataset: { ...plan.dataset, limit: 3 },
    repeats: 2,
    pacing: { ...plan.pacing, speed: 2 },
  };
  assert.deepEqual(dryRun(saved, { utterances: 12, audioMs: 120_000, exact: true }), {
    amount: '6 sessions, about 1:00 of audio',
    detail: 'local (localhost:8000) · speech · 2 × real time, one at a time · takes about 0:30',
  });
});

test('an endpoint that is still configured gets back what its saved address lost', () => {
  const secret = { ...local, url: 'ws://localhost:8000/?api_key=abc' };
  const saved = buildPlan(
    choices({ endpoints: [{ ...local, url: 'ws://localhost:8000/?api_key=redacted' }] }),
  );
  assert.equal(repeatPlan(saved, [secret]).endpoints[0]?.url, secret.url);
  const other = { ...secret, url: 'ws://elsewhere:8000/?api_key=abc' };
  assert.equal(repeatPlan(saved, [other]).endpoints[0]?.url, saved.endpoints[0]?.url);
  assert.equal(repeatPlan(saved, []).endpoints[0]?.url, saved.endpoints[0]?.url);
});

test('a repeated plan takes no key from the environment: its file could send it anywhere', () => {
  const saved = buildPlan(choices());
  const endpoints = saved.endpoints.map((endpoint) => ({
    ...endpoint,
    url: 'wss://elsewhere.example',
    apiKeyEnv: 'OPENAI_API_KEY',
  }));
  const repeated = repeatPlan({ ...saved, endpoints }, [local]);
  assert.deepEqual(
    repeated.endpoints.map(({ apiKeyEnv }) => apiKeyEnv),
    [null],
  );
});
