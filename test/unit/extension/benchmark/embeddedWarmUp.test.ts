import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildPlan } from '../../../../src/extension/benchmark/buildPlan.ts';
import { EmbeddedWarmUp } from '../../../../src/extension/benchmark/embeddedWarmUp.ts';
import { pacingProfile } from '../../../../src/extension/benchmark/pacingProfiles.ts';
import type { EmbeddedService } from '../../../../src/extension/services.ts';
import type { Plan } from '../../../../src/plan/plan.ts';

const running = { url: 'ws://127.0.0.1:1/v1/realtime', model: 'tiny', metadata: {} };

type Used = Pick<EmbeddedService, 'running' | 'start' | 'stop'>;

function service(isRunning: boolean): Used & { calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    running: () => (isRunning ? running : null),
    start() {
      calls.push('start');
      return Promise.reject(new Error('no model'));
    },
    stop() {
      calls.push('stop');
      return Promise.resolve();
    },
  };
}

function planFor(url: string): Plan {
  const endpoint = { name: 'one', url, dialect: 'vllm-realtime', model: null, language: null };
  const settings = { chunkMs: 100, textProfile: 'auto' };
  const profile = pacingProfile('');
  return buildPlan({ endpoints: [endpoint], dataset: '/speech', profile, settings });
}

test('starts the endpoint once, and stops it again where nothing is run', async () => {
  const embedded = service(false);
  const warmUp = new EmbeddedWarmUp(embedded);
  warmUp.begin(planFor('embedded'));
  warmUp.begin(planFor('embedded'));
  await warmUp.undo();
  assert.deepEqual(embedded.calls, ['start', 'stop']);
});

test('leaves alone what it did not start and what the plan does not want', async () => {
  for (const [isRunning, url] of [
    [true, 'embedded'],
    [false, 'ws://localhost:8000'],
  ] as const) {
    const embedded = service(isRunning);
    const warmUp = new EmbeddedWarmUp(embedded);
    warmUp.begin(planFor(url));
    await warmUp.undo();
    assert.deepEqual(embedded.calls, []);
  }
});
