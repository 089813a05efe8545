import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { distributionSteps, stepAt } from '../../../webview-ui/runEditor/distributionSteps.ts';
import { stepAfterKey } from '../../../webview-ui/shared/stepAfterKey.ts';

const sorted = fc
  .array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 })
  .map((values) => values.toSorted((a, b) => a - b));

describe('distributionSteps', () => {
  test('each step tells the share of values that are at most its value', () => {
    fc.assert(
      fc.property(sorted, (values) => {
        for (const { value, share } of distributionSteps({ values, n: values.length })) {
          const atMost = values.filter((each) => each <= value).length;
          assert.equal(share, atMost / values.length);
        }
      }),
    );
  });

  test('there is one step for each distinct value', () => {
    fc.assert(
      fc.property(sorted, (values) => {
        const steps = distributionSteps({ values, n: values.length });
        assert.deepEqual(
          steps.map(({ value }) => value),
          [...new Set(values)],
        );
      }),
    );
  });

  test('thinned values stand for those left out', () => {
    assert.deepEqual(distributionSteps({ values: [1, 5, 9], n: 9 }), [
      { value: 1, share: 1 / 9 },
      { value: 5, share: 5 / 9 },
      { value: 9, share: 1 },
    ]);
  });
});

test('stepAt finds the last step up to a value', () => {
  const steps = distributionSteps({ values: [1, 2, 2, 4], n: 4 });
  assert.deepEqual(
    [0, 1, 3, 99].map((value) => stepAt(steps, value)),
    [0, 0, 1, 2],
  );
});

test('keys lead along the steps and stop at the ends', () => {
  assert.equal(stepAfterKey('ArrowRight', 3, 40), 4);
  assert.equal(stepAfterKey('ArrowLeft', 0, 40), 0);
  assert.equal(stepAfterKey('PageUp', 3, 40), 7);
  assert.equal(stepAfterKey('PageUp', 38, 40), 39);
  assert.equal(stepAfterKey('End', 3, 40), 39);
  assert.equal(stepAfterKey('Home', 3, 40), 0);
  assert.equal(stepAfterKey('a', 3, 40), null);
  assert.equal(stepAfterKey('toString', 3, 40), null);
});
