import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunWanted } from '../../../src/agenttools/agentWorkspace.ts';
import { AllowedRuns } from '../../../src/agenttools/allowedRuns.ts';
import { exampleRun } from '../../support/exampleRun.ts';

const call = { name: 'rtbench_run_plan', input: { plan: 'a.rtplan.json' } };
const { plan } = exampleRun();
const run: RunWanted = { title: 'A', plan, series: null, folder: null };
const dearer: RunWanted = { ...run, plan: { ...plan, repeats: 100 } };

test('what the user was asked about may run, and nothing else', () => {
  const allowed = new AllowedRuns();
  allowed.ask(call, [run]);
  const require = allowed.taken(structuredClone(call));
  require(structuredClone([run]));
  assert.throws(() => {
    require([dearer]);
  }, /has changed since it was allowed: call the tool again/);
});

test('an answer holds for one call', () => {
  const allowed = new AllowedRuns();
  allowed.ask(call, [run]);
  allowed.taken(call);
  // Of this call nobody was asked: VS Code does so where the user allows all.
  allowed.taken(call)([dearer]);
});
