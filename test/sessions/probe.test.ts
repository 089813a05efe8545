import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { runProbe } from '../../src/extension/endpoints/runProbe.ts';
import { probeEndpoint } from '../../src/runner/probeEndpoint.ts';
import type { ProbeRequest, ProbeResult } from '../../src/runner/probeMessages.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import type { VllmScript } from '../support/vllmScript.ts';

const key = 'sk-0123456789-very-secret';

function request(url: string, overrides: Partial<ProbeRequest> = {}): ProbeRequest {
  return {
    dialect: 'vllm-realtime',
    url,
    model: null,
    language: null,
    options: {},
    apiKey: null,
    proxy: null,
    ask: 'connection',
    ...overrides,
  };
}

async function probe(
  script: Partial<VllmScript>,
  overrides: Partial<ProbeRequest> = {},
): Promise<{ result: ProbeResult; upgrades: number; violations: string[] }> {
  const server = await startScriptedVllmServer(script);
  try {
    const result = await probeEndpoint(request(server.url, overrides));
    return { result, upgrades: server.upgrades.length, violations: server.violations };
  } finally {
    await server.close();
  }
}

describe('probing an endpoint', () => {
  test('a good one gives its models, the model to use and how long it took', async () => {
    const { result, violations } = await probe({ models: ['a', 'b'], helloDelayMs: 60 });
    const { connection, ...rest } = result;
    assert.deepEqual(rest, {
      detection: null,
      models: ['a', 'b'],
      modelsProblem: null,
      model: 'a',
      connectionProblem: null,
    });
    assert.ok(connection !== null && connection.connectMs > 0);
    assert.ok(connection.readyMs >= connection.connectMs + 50, JSON.stringify(connection));
    assert.deepEqual(violations, []);
  });

  test('asked what speaks there, it says so and opens no session', async () => {
    const { result } = await probe({}, { ask: 'dialect', dialect: '' });
    assert.equal(result.detection?.kind, 'recognised');
    assert.deepEqual(result.detection.dialects, ['vllm-realtime']);
    assert.equal(result.connection, null);
  });

  test('asked for models only, it opens no session', async () => {
    const { result, upgrades } = await probe({}, { ask: 'models' });
    assert.deepEqual(result.models, ['test-model']);
    assert.equal(result.connection, null);
    assert.equal(result.connectionProblem, null);
    assert.equal(upgrades, 0);
  });

  test('a configured model is used although the server lists another', async () => {
    const { result } = await probe({ models: ['a'] }, { model: 'mine' });
    assert.equal(result.model, 'mine');
    assert.deepEqual(result.models, ['a']);
    assert.ok(result.connection);
  });

  test('a server without a list is reachable with a configured model, and says so without', async () => {
    const named = await probe({ models: [] }, { model: 'mine' });
    assert.ok(named.result.connection);
    assert.match(named.result.modelsProblem?.message ?? '', /lists no models/);
    const unnamed = await probe({ models: [] });
    assert.match(unnamed.result.connectionProblem?.message ?? '', /set the model by name/);
  });

  test('the key is sent, and a missing or wrong one is told apart from other failures', async () => {
    const right = await probe({ apiKey: key }, { apiKey: key });
    assert.ok(right.result.connection);
    for (const apiKey of [null, 'wrong-key-0123456789']) {
      const { result } = await probe({ apiKey: key }, { apiKey });
      assert.equal(result.connection, null);
      assert.equal(result.connectionProblem?.unauthorised, true);
      assert.match(result.connectionProblem.message, /401.*API key/);
    }
  });

  test('a key that a server repeats is in no message', async () => {
    const body = `no such key: ${key}`;
    const { result } = await probe({ refuse: { status: 403, body } }, { apiKey: key });
    assert.match(result.connectionProblem?.message ?? '', /no such key: \[redacted\]/);
    assert.equal(JSON.stringify(result).includes(key), false);
    assert.equal(result.connectionProblem?.unauthorised, false);
  });

  test('a server that closes, speaks another protocol or reports an error is named with it', async () => {
    const error = JSON.stringify({
      type: 'error',
      error: 'Model is gone',
      code: 'model_not_found',
    });
    const cases: [Partial<VllmScript>, RegExp][] = [
      [{ helloInstead: 'hello there' }, /does not speak this protocol/],
      [{ helloInstead: error }, /Model is gone.*\/v1\/models/],
      [{ cutUpgrade: true }, /127\.0\.0\.1/],
      [{ refuse: { status: 404, body: '' } }, /404.*path/],
    ];
    for (const [script, expected] of cases) {
      const { result } = await probe(script);
      assert.equal(result.connection, null);
      assert.match(result.connectionProblem?.message ?? '', expected);
      assert.equal(result.connectionProblem?.unauthorised, false);
    }
  });

  test('settings that cannot work are a result too', async () => {
    const url = await probeEndpoint(request('ftp://host'));
    assert.match(url.connectionProblem?.message ?? '', /not usable/);
    const dialect = await probeEndpoint(request('ws://host', { dialect: 'morse' }));
    assert.match(dialect.connectionProblem?.message ?? '', /no dialect "morse"/);
  });
});

describe('the probing process', () => {
  test('answers over its channel and ends', async () => {
    const server = await startScriptedVllmServer({ apiKey: key });
    try {
      const result = await runProbe(request(server.url, { apiKey: key }));
      assert.ok(result.connection);
      assert.equal(result.model, 'test-model');
    } finally {
      await server.close();
    }
  });

  test('can be cancelled while the endpoint says nothing', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const { port } = silent.address() as AddressInfo;
    try {
      const probing = runProbe(request(`ws://127.0.0.1:${port}`), AbortSignal.timeout(300));
      await assert.rejects(probing, { reason: 'cancelled' });
      await assert.rejects(runProbe(request('ws://h'), AbortSignal.abort()), {
        reason: 'cancelled',
      });
    } finally {
      silent.close();
    }
  });
});
