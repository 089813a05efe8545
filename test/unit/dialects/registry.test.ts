import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dialectById, dialects } from '../../../src/dialects/registry.ts';

describe('the registry of dialects', () => {
  test('finds each dialect by its id', () => {
    assert.ok(dialects.length > 0);
    for (const dialect of dialects) {
      assert.equal(dialectById(dialect.id), dialect);
    }
    assert.equal(dialectById('vllm-realtime').label, 'vLLM realtime');
  });

  test('names the ids there are for one it does not know', () => {
    assert.throws(() => dialectById('vllm'), {
      reason: 'request_invalid',
      message: /"vllm".*vllm-realtime/,
    });
  });
});
