import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BenchError } from '../../../src/common/benchError.ts';
import type { PlanEndpoint } from '../../../src/plan/plan.ts';
import { refuseReuse } from '../../../src/runner/refuseReuse.ts';
import { exampleRun } from '../../support/exampleRun.ts';

const { plan } = exampleRun();

function check(dialect: string, change: Partial<PlanEndpoint> = {}, reuseConnections = true): void {
  const endpoint = { ...plan.endpoints[0]!, id: 'mine', url: 'ws://host', dialect, ...change };
  const load = { ...plan.load, reuseConnections };
  refuseReuse({ ...plan, load, endpoints: [endpoint] }, () => null);
}

test('protocols that take several utterances may reuse connections, with or without a model', () => {
  check('vllm-realtime');
  check('vllm-realtime', { model: null });
  check('vllm-realtime', { url: 'embedded' });
});

test('any other protocol is named', () => {
  const cases: [dialect: string, label: RegExp, change?: Partial<PlanEndpoint>][] = [
    ['vosk', /^Vosk.* one utterance per connection.*--reuse-connections.*"mine"/],
    ['vllm-omni', /^vLLM-Omni /],
    ['vllm-http', /^vLLM /, { url: 'http://host' }],
    // The container speaks vLLM's protocol, but its stream ends with the audio.
    [
      'sagemaker',
      /^Amazon /,
      { url: 'https://runtime.sagemaker.us-east-1.amazonaws.com/endpoints/x' },
    ],
  ];
  for (const [dialect, label, change] of cases) {
    assert.throws(
      () => {
        check(dialect, change);
      },
      (thrown) =>
        thrown instanceof BenchError &&
        thrown.reason === 'plan_invalid' &&
        label.test(thrown.message),
      dialect,
    );
    check(dialect, change, false);
  }
});
