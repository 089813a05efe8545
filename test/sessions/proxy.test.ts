import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test, type TestContext } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { dialectById, dialects } from '../../src/dialects/registry.ts';
import { replayTranscript } from '../../src/metrics/transcriptReplay.ts';
import { probeEndpoint } from '../../src/runner/probeEndpoint.ts';
import type { ProbeRequest } from '../../src/runner/probeMessages.ts';
import { detectDialect } from '../../src/session/detectDialect.ts';
import { runSession } from '../../src/session/runSession.ts';
import { failureClass, type SessionFailure } from '../../src/trace/sessionFailure.ts';
import type { SessionTrace } from '../../src/trace/sessionTrace.ts';
import { fetchModels } from '../../src/transport/fetchModels.ts';
import { proxied, proxiedName, startConnectProxy } from '../support/connectProxy.ts';
import type { ConnectProxy, ConnectProxyOptions } from '../support/connectProxy.ts';
import { defaultSpeechScript, startDialectServer } from '../support/dialects/dialectServer.ts';
import { gladiaServer } from '../support/dialects/gladiaServer.ts';
import {
  startSagemaker,
  testRegion,
  useTestCredentials,
} from '../support/dialects/sagemakerServer.ts';
import {
  startTranscriptionHttpServer,
  vllmFields,
} from '../support/dialects/transcriptionHttpServer.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import { testAudio, testSession } from '../support/testSession.ts';
import { until } from '../support/until.ts';

useTestCredentials();

const pemOf = (name: string) =>
  readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url), 'utf8');
/** Of {@link proxiedName}, and of this computer. */
const endpointTls = { cert: pemOf('asrTest.cert'), key: pemOf('asrTest.key') };
const proxyTls = { cert: pemOf('selfSigned.cert'), key: pemOf('selfSigned.key') };

const trusted = getCACertificates('default');
before(() => {
  setDefaultCACertificates([...trusted, endpointTls.cert, proxyTls.cert]);
});
after(() => {
  setDefaultCACertificates(trusted);
});

/** Closed when the test ends. */
async function during<Running extends { close(): Promise<void> }>(
  context: TestContext,
  starting: Promise<Running>,
): Promise<Running> {
  const running = await starting;
  context.after(() => running.close());
  return running;
}

function startProxy(context: TestContext, options: ConnectProxyOptions = {}) {
  return during(context, startConnectProxy(options));
}

function speak(
  id: string,
  url: string,
  { proxy, model = null, connectMs = 5_000 }: Partial<SpeakOptions> & Pick<SpeakOptions, 'proxy'>,
): Promise<SessionTrace> {
  const dialect = dialectById(id);
  const options = id === 'sagemaker' ? { region: testRegion } : {};
  const settings = { url, model, language: null, options };
  const audio = testAudio(500, dialect.audioFormat(settings).sampleRateHz);
  const deadlines = { connectMs };
  return runSession(testSession(url, { dialect, settings, audio, proxy, deadlines }));
}

interface SpeakOptions {
  proxy: string;
  model: string | null;
  connectMs: number;
}

function textOf(trace: SessionTrace): string {
  assert.equal(trace.failure, null);
  return replayTranscript(trace.received).text.trim();
}

const portOf = (url: string) => new URL(url).port;
const words = defaultSpeechScript.words.join(' ');

/** All went through the proxy, which was told nothing else, and nothing is left open. */
async function assertWays(proxy: ConnectProxy, ports: string[]): Promise<void> {
  assert.deepEqual(
    proxy.asked,
    ports.map((port) => `${proxiedName}:${port}`),
  );
  assert.deepEqual(proxy.violations, []);
  await until(() => proxy.open() === 0, 'the connections to end', 3_000);
}

describe('through a proxy, to a name that only the proxy knows', { concurrency: 4 }, () => {
  test('goes a WebSocket', async (context) => {
    const proxy = await startProxy(context);
    const server = await during(context, startScriptedVllmServer());
    const trace = await speak('vllm-realtime', proxied(server.url), {
      proxy: proxy.url,
      model: 'test-model',
    });
    assert.notEqual(textOf(trace), '');
    assert.deepEqual(server.violations, []);
    assert.ok(trace.pings.every(({ roundTripUs }) => roundTripUs !== null));
    await assertWays(proxy, [portOf(server.url)]);
  });

  test('goes a WebSocket over TLS, also to a proxy that has TLS itself', async (context) => {
    const server = await during(context, startScriptedVllmServer({}, { tls: endpointTls }));
    const url = proxied(server.url);
    for (const options of [{}, { tls: proxyTls }]) {
      const proxy = await startProxy(context, options);
      const trace = await speak('vllm-realtime', url, { proxy: proxy.url, model: 'test-model' });
      assert.notEqual(textOf(trace), '');
      await assertWays(proxy, [portOf(url)]);
    }
    assert.deepEqual(server.violations, []);
  });

  test('a certificate of another name is refused as without a proxy', async (context) => {
    const proxy = await startProxy(context);
    const server = await during(context, startScriptedVllmServer({}, { tls: proxyTls }));
    const { failure } = await speak('vllm-realtime', proxied(server.url), {
      proxy: proxy.url,
      model: 'm',
    });
    assert.equal(failure?.reason, 'tls');
    assert.match(failure.message, /^asr\.test:\d+ has a certificate/);
  });

  test('goes an upload, and its answer', async (context) => {
    const proxy = await startProxy(context);
    const kind = { fields: vllmFields, answer: { form: 'chunks' } } as const;
    const server = await during(context, startTranscriptionHttpServer(kind));
    const trace = await speak('vllm-http', proxied(server.url), { proxy: proxy.url, model: 'm' });
    assert.equal(textOf(trace), words);
    assert.deepEqual(server.violations, []);
    await assertWays(proxy, [portOf(server.url)]);
  });

  test('goes an event stream over HTTP/2', async (context) => {
    const proxy = await startProxy(context);
    const server = await during(context, startSagemaker({}, { tls: endpointTls }));
    const trace = await speak('sagemaker', proxied(server.url), {
      proxy: proxy.url,
      model: 'voxtral',
    });
    assert.equal(textOf(trace), words);
    assert.deepEqual(server.violations, []);
    await assertWays(proxy, [portOf(server.url)]);
  });

  test('an event stream without TLS is refused by name, and the proxy not asked', async (context) => {
    const proxy = await startProxy(context);
    const url = `http://${proxiedName}:8080/endpoints/e`;
    const { failure } = await speak('sagemaker', url, { proxy: proxy.url, model: 'voxtral' });
    assert.equal(failure?.reason, 'request_invalid');
    assert.match(failure.message, /asr\.test:8080 .*proxy.*https:\/\//);
    await assertWays(proxy, []);
  });

  test('goes a request and the WebSocket that its answer allows', async (context) => {
    const proxy = await startProxy(context);
    const server = await during(
      context,
      startDialectServer({
        ...gladiaServer,
        http: (request, response, own) =>
          gladiaServer.http?.(request, response, { ...own, url: proxied(own.url) }) ?? false,
      }),
    );
    const trace = await speak('gladia', proxied(server.url), { proxy: proxy.url });
    assert.equal(textOf(trace), words);
    assert.deepEqual(server.violations, []);
    await assertWays(proxy, [portOf(server.url), portOf(server.url)]);
  });

  test('go the question for models, the connection test and detection', async (context) => {
    const proxy = await startProxy(context);
    const server = await during(context, startScriptedVllmServer({ models: ['a', 'b'] }));
    const url = proxied(server.url);
    const port = portOf(url);
    const models = await fetchModels(
      `http://${proxiedName}:${port}/v1/models`,
      {},
      {
        timeoutMs: 2_000,
        proxy: proxy.url,
      },
    );
    assert.deepEqual(models, ['a', 'b']);
    const result = await probeEndpoint(probeRequest(url, proxy));
    assert.deepEqual([result.model, result.connectionProblem], ['a', null]);
    assert.ok(result.connection);
    const { detection } = await probeEndpoint({ ...probeRequest(url, proxy), ask: 'dialect' });
    assert.deepEqual(detection?.dialects, ['vllm-realtime']);
    await assertWays(proxy, Array<string>(proxy.asked.length).fill(port));
    assert.ok(proxy.asked.length >= 4, 'models twice, a session, detection');
  });
});

function probeRequest(url: string, proxy: { url: string }): ProbeRequest {
  const about = { dialect: 'vllm-realtime', model: null, language: null, options: {} };
  return { ...about, url, apiKey: null, proxy: proxy.url, ask: 'connection' };
}

test('this computer is reached straight, whatever it is called', async (context) => {
  const proxy = await startProxy(context, { refuse: { status: 403, reason: 'Forbidden' } });
  const server = await during(context, startScriptedVllmServer());
  for (const host of ['127.0.0.1', 'localhost', '127.0.0.1.']) {
    const url = server.url.replace('127.0.0.1', host);
    const trace = await speak('vllm-realtime', url, { proxy: proxy.url, model: 'test-model' });
    assert.notEqual(textOf(trace), '', host);
  }
  assert.deepEqual(proxy.asked, []);
});

/** A session of each way to connect; none gets as far as its server. */
const ways: [id: string, url: string][] = [
  ['vllm-realtime', `ws://${proxiedName}:8000`],
  ['vllm-realtime', `wss://${proxiedName}`],
  ['vllm-http', `http://${proxiedName}:8000`],
  ['vllm-http', `https://${proxiedName}`],
  ['sagemaker', `https://${proxiedName}:8443/endpoints/e`],
  ['gladia', `https://${proxiedName}`],
];

/** Each way fails alike, at once where the proxy says no, and leaves nothing open. */
async function failures(proxy: string, connectMs = 5_000): Promise<SessionFailure[]> {
  return Promise.all(
    ways.map(async ([id, url]) => {
      const startMs = performance.now();
      const trace = await speak(id, url, { proxy, model: 'm', connectMs });
      const { failure, connection } = trace;
      assert.ok(failure, url);
      assert.ok(performance.now() - startMs < 2_000, `${url} ends in time`);
      assert.equal(connection.openUs, null, url);
      assert.equal(failure.reason, 'proxy_failed', `${url}: ${failure.message}`);
      assert.equal(failureClass(failure.reason), 'connect');
      assert.ok(failure.message.startsWith(`The proxy ${proxy} `), failure.message);
      return failure;
    }),
  );
}

const refusals = [
  { status: 407, reason: 'Proxy Authentication Required', remedy: /login/ },
  { status: 403, reason: 'Forbidden', remedy: /does not allow this address/ },
  { status: 502, reason: 'Bad Gateway', remedy: /could not reach asr\.test:\d+/ },
  {
    status: 400,
    reason: 'Bad\u0007 Request',
    remedy: /no proxy that takes CONNECT.*rtbench\.proxy/,
  },
];

describe('a proxy that opens no way', { concurrency: 4 }, () => {
  for (const { status, reason, remedy } of refusals) {
    test(`because of HTTP ${status}`, async (context) => {
      const proxy = await startProxy(context, { refuse: { status, reason } });
      for (const { code, message } of await failures(proxy.url)) {
        assert.equal(code, String(status));
        assert.match(message, new RegExp(`opened no way to asr\\.test:\\d+ \\(HTTP ${status} `));
        assert.match(message, remedy);
        assert.ok(!message.includes('\u0007'));
      }
      assert.deepEqual(proxy.violations, []);
      await until(() => proxy.open() === 0, 'the connections to end', 3_000);
    });
  }

  test('because nobody listens', async () => {
    for (const { code, message } of await failures(await deadProxy())) {
      assert.equal(code, 'ECONNREFUSED');
      assert.match(message, /refused the connection .*--proxy/);
    }
  });

  test('because its name does not exist', async () => {
    for (const { message } of await failures('http://no-such-proxy.invalid:3128')) {
      assert.match(message, /could not be found/);
    }
  });

  test('because it is none', async (context) => {
    for (const rubbish of ['SSH-2.0-OpenSSH_9.9\r\n', 'SSH-2.0-x\r\n\r\n']) {
      const proxy = await startProxy(context, { rubbish });
      for (const { message } of await failures(proxy.url)) {
        assert.match(message, /not HTTP|did not answer as an HTTP proxy|cut the connection/);
      }
    }
  });

  test('because its certificate is not trusted, or it has no TLS', async (context) => {
    const plain = await startProxy(context);
    const [failure] = await failures(plain.url.replace('http:', 'https:'));
    assert.match(failure?.message ?? '', /TLS handshake.*write http:\/\/ in its address/);
    const other = await startProxy(context, { tls: endpointTls });
    const [mistrusted] = await failures(other.url);
    assert.match(mistrusted?.message ?? '', /certificate.*NODE_EXTRA_CA_CERTS/);
  });

  test('because it never answers, within the time limit', async (context) => {
    for (const options of [{ isSilent: true }, { isSilent: true, tls: proxyTls }]) {
      const proxy = await startProxy(context, options);
      for (const { code, message } of await failures(proxy.url, 300)) {
        assert.equal(code, null);
        assert.match(message, /opened no way to asr\.test:\d+ within 0\.3 s/);
      }
      await until(() => proxy.open() === 0, 'the connections to end', 3_000);
    }
  });

  test('and is waited for no longer when the session is cancelled', async (context) => {
    const proxy = await startProxy(context, { isSilent: true });
    for (const [id, url] of ways) {
      const dialect = dialectById(id);
      const options = id === 'sagemaker' ? { region: testRegion } : {};
      const settings = { url, model: 'm', language: null, options };
      const audio = testAudio(500, dialect.audioFormat(settings).sampleRateHz);
      const signal = AbortSignal.timeout(100);
      const asked = { dialect, settings, audio, signal, proxy: proxy.url };
      const trace = await runSession(testSession(url, asked));
      assert.equal(trace.failure?.reason, 'cancelled', url);
    }
    await until(() => proxy.open() === 0, 'the connections to end', 3_000);
  });

  test('is the answer to every question about an endpoint', async (context) => {
    const proxy = await startProxy(context, { refuse: { status: 403, reason: 'Forbidden' } });
    const models = fetchModels(
      `http://${proxiedName}/v1/models`,
      {},
      {
        timeoutMs: 2_000,
        proxy: proxy.url,
      },
    );
    await assert.rejects(models, { reason: 'proxy_failed', code: '403' });
    const { connectionProblem } = await probeEndpoint(probeRequest(`ws://${proxiedName}`, proxy));
    assert.match(connectionProblem?.message ?? '', /^The proxy http.*HTTP 403/);
    assert.equal(connectionProblem?.unauthorised, false, 'the proxy asks for no API key');
    const silent = await startProxy(context, { isSilent: true });
    const found = await detectDialect(`ws://${proxiedName}:8000`, dialects, {
      apiKey: null,
      connectMs: 200,
      helloMs: 200,
      proxy: silent.url,
    });
    assert.equal(found.kind, 'unreachable');
    assert.match(found.because, /^The proxy .* within 0\.2 s/);
    assert.equal(silent.asked.length, 1, 'one path is tried, not each of them');
  });

  test('is not asked where its address is unusable', async () => {
    const bad = probeRequest(`ws://${proxiedName}`, { url: 'http://user:secret@proxy:3128' });
    for (const ask of ['connection', 'models', 'dialect'] as const) {
      const { connectionProblem } = await probeEndpoint({ ...bad, ask });
      assert.match(connectionProblem?.message ?? '', /must not hold a user name or password/);
      assert.doesNotMatch(connectionProblem?.message ?? '', /secret@/);
    }
  });
});

async function deadProxy(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
