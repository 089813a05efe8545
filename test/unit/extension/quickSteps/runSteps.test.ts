import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSteps, type QuickStep } from '../../../../src/extension/quickSteps/runSteps.ts';

type Outcome = 'next' | 'back' | 'cancel';

/** Steps that answer as scripted and note how they were asked. */
function scripted(outcomes: Record<string, Outcome[]>, skipped: string[] = []) {
  const asked: string[] = [];
  const steps = Object.entries(outcomes).map(([name, script]): QuickStep => ({
    isNeeded: () => !skipped.includes(name),
    ask: ({ step, totalSteps }) => {
      asked.push(`${name} ${step}/${totalSteps}`);
      return Promise.resolve(script.shift()!);
    },
  }));
  return { steps, asked };
}

test('steps are asked in order', async () => {
  const { steps, asked } = scripted({ a: ['next'], b: ['next'], c: ['next'] });
  assert.equal(await runSteps('t', steps), true);
  assert.deepEqual(asked, ['a 1/3', 'b 2/3', 'c 3/3']);
});

test('a step that is not needed is neither asked nor counted, also on the way back', async () => {
  const { steps, asked } = scripted({ a: ['next', 'next'], b: [], c: ['back', 'next'] }, ['b']);
  assert.equal(await runSteps('t', steps), true);
  assert.deepEqual(asked, ['a 1/2', 'c 2/2', 'a 1/2', 'c 2/2']);
});

test('giving up at any step ends it', async () => {
  const { steps, asked } = scripted({ a: ['next'], b: ['cancel'], c: [] });
  assert.equal(await runSteps('t', steps), false);
  assert.deepEqual(asked, ['a 1/3', 'b 2/3']);
});
