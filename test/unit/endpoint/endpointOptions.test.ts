import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EndpointError } from '../../../src/endpoint/endpointError.ts';
import { parseEndpointOptions } from '../../../src/endpoint/endpointOptions.ts';

function refusal(...args: string[]): string {
  try {
    parseEndpointOptions(args, {});
  } catch (error) {
    assert.ok(error instanceof EndpointError);
    assert.equal(error.reason, 'options_invalid');
    return error.message;
  }
  return 'accepted';
}

describe('parseEndpointOptions', () => {
  it('has defaults for everything', () => {
    assert.deepEqual(parseEndpointOptions([], {}), {
      port: 0,
      runtime: 'auto',
      maxSessions: undefined,
      modelDir: undefined,
      exitWithParent: false,
    });
  });

  it('reads every option', () => {
    const args = [
      '--port',
      '8123',
      '--runtime',
      'wasm',
      '--max-sessions',
      '5',
      '--exit-with-parent',
    ];
    assert.deepEqual(parseEndpointOptions([...args, '--model-dir', 'm'], {}), {
      port: 8123,
      runtime: 'wasm',
      maxSessions: 5,
      modelDir: 'm',
      exitWithParent: true,
    });
  });

  it('takes the model folder from the environment unless it is given', () => {
    const env = { RTBENCH_MODEL_DIR: 'from-env' };
    assert.equal(parseEndpointOptions([], env).modelDir, 'from-env');
    assert.equal(parseEndpointOptions(['--model-dir', 'given'], env).modelDir, 'given');
    assert.equal(parseEndpointOptions([], { RTBENCH_MODEL_DIR: '' }).modelDir, undefined);
  });

  it('names the option that is wrong', () => {
    assert.match(refusal('--port', 'x'), /^--port: /);
    assert.match(refusal('--port', '70000'), /^--port: /);
    assert.match(refusal('--max-sessions', '0'), /^--max-sessions: /);
    assert.match(refusal('--runtime', 'gpu'), /^--runtime: /);
    assert.match(refusal('--colour'), /--colour/);
  });
});
