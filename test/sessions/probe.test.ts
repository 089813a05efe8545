import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
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

async function listeningPort(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
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

describe('probing an endpoint of uploads', () => {
  /** What the probe says of a server that answers every upload alike, and what it sent. */
  async function probeAnswer(status: number, answer: string, apiKey: string | null = null) {
    const sent: string[] = [];
    const server = createHttpServer((asked, response) => {
      let bytes = 0;
      asked.on('data', (part: Buffer) => (bytes += part.length));
      asked.on('end', () => {
        sent.push(`${asked.method ?? ''} ${asked.url ?? ''}, ${bytes} bytes`);
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(answer);
      });
    });
    const port = await listeningPort(server);
    const way = { dialect: 'openai-http', model: 'whisper-1', apiKey };
    try {
      return { ...(await probeEndpoint(request(`http://127.0.0.1:${port}`, way))), sent };
    } finally {
      server.close();
    }
  }

  test('the answer to an empty one shows that path and key are right', async () => {
    for (const status of [400, 422, 500]) {
      const { connection, sent } = await probeAnswer(status, '{"error":"no file"}');
      assert.ok(connection !== null && connection.readyMs >= connection.connectMs);
      assert.deepEqual(sent, ['POST /v1/audio/transcriptions, 0 bytes']);
    }
  });

  test('a wrong key, a wrong path and a server that is not up are told', async () => {
    const cases: [number, RegExp][] = [
      [401, /HTTP 401: who are you\. Check the API key\./],
      [404, /HTTP 404.* Check the path of the URL/],
      [405, /HTTP 405.* Check the path of the URL/],
      [503, /HTTP 503.* try again/],
    ];
    for (const [status, expected] of cases) {
      const { connection, connectionProblem } = await probeAnswer(
        status,
        '{"error":"who are you"}',
        key,
      );
      assert.equal(connection, null, String(status));
      assert.match(connectionProblem?.message ?? '', expected);
      assert.equal(connectionProblem?.unauthorised, status === 401);
    }
  });

  test('what answers with a page is no such endpoint', async () => {
    const { connection, connectionProblem } = await probeAnswer(200, '<html>Welcome</html>');
    assert.equal(connection, null);
    assert.match(connectionProblem?.message ?? '', /does not speak this protocol/);
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
    const port = await listeningPort(silent);
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
