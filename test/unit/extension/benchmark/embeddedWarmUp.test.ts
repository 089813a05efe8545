import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildPlan } from '../../../../src/extension/benchmark/buildPlan.ts';
import { EmbeddedWarmUp } from '../../../../src/extension/benchmark/embeddedWarmUp.ts';
import { pacingProfile } from '../../../../src/extension/benchmark/pacingProfiles.ts';
import type { EmbeddedService } from '../../../../src/extension/services.ts';
import type { Plan } from '../../../../src/plan/plan.ts';

function service(): Pick<EmbeddedService, 'lend'> & { calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    lend() {
      calls.push('lend');
      return {
        endpoint: Promise.reject(new Error('no model')),
        giveBack() {
          calls.push('give back');
          return Promise.resolve();
        },
      };
    },
  };
}

function planFor(url: string): Plan {
  const endpoint = { name: 'one', url, dialect: 'vllm-realtime', model: null, language: null };
  const settings = { chunkMs: 100, textProfile: 'auto' };
  const profile = pacingProfile('');
  return buildPlan({ endpoints: [endpoint], dataset: '/speech', profile, settings });
}

test('lends the endpoint once, and gives it back where nothing is run', async () => {
  const embedded = service();
  const warmUp = new EmbeddedWarmUp(embedded);
  warmUp.begin(planFor('embedded'));
  warmUp.begin(planFor('embedded'));
  await warmUp.undo();
  assert.deepEqual(embedded.calls, ['lend', 'give back']);
});

test('leaves alone what the plan does not want', async () => {
  const embedded = service();
  const warmUp = new EmbeddedWarmUp(embedded);
  warmUp.begin(planFor('ws://localhost:8000'));
  await warmUp.undo();
  assert.deepEqual(embedded.calls, []);
});
