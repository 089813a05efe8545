import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { planFileName, planTemplate } from '../../../../src/extension/plans/planTemplate.ts';
import { parsePlanText } from '../../../../src/planfile/parsePlanFile.ts';

test('a new plan is a plan, whatever its names are', () => {
  const filled = fc.string({ minLength: 1, maxLength: 100 });
  const names = fc.array(filled, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(filled, names, filled, (name, endpoints, dataset) => {
      const { plan, problems } = parsePlanText(planTemplate({ name, endpoints, dataset }));
      assert.deepEqual(problems, []);
      assert.deepEqual([plan?.name, plan?.endpoints, plan?.datasets], [name, endpoints, [dataset]]);
    }),
  );
});

test('its file is called as file systems allow', () => {
  assert.equal(planFileName('Nightly: every/thing?'), 'Nightly-every-thing.rtplan.json');
  assert.equal(planFileName('../..'), 'plan.rtplan.json');
  assert.equal(planFileName('Über 8'), 'Über-8.rtplan.json');
});
