import assert from 'node:assert/strict';
import { createServer as createHttp1Server } from 'node:http';
import { constants } from 'node:http2';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { describe, test } from 'node:test';
import type { DialectOptions } from '../../../src/dialects/dialect.ts';
import { dialectById } from '../../../src/dialects/registry.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import { probeConnection } from '../../../src/session/probeConnection.ts';
import { runSession } from '../../../src/session/runSession.ts';
import { clientMessages } from '../../support/dialects/clientMessages.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect, RunScript } from '../../support/dialects/describeDialect.ts';
import type { DialectServerKind } from '../../support/dialects/dialectServer.ts';
import {
  startSagemaker,
  testCredentials,
  testRegion,
  useTestCredentials,
} from '../../support/dialects/sagemakerServer.ts';
import type {
  OpenStream,
  RunningSagemaker,
  SagemakerOptions,
} from '../../support/dialects/sagemakerServer.ts';
import { testSession } from '../../support/testSession.ts';

useTestCredentials();

const dialect = dialectById('sagemaker');
const options = { region: testRegion };

function described(
  changes: Partial<SagemakerOptions> = {},
  more: Partial<DescribedDialect> = {},
): DescribedDialect {
  return {
    dialect,
    start: (script) => startSagemaker(script, changes),
    model: 'voxtral',
    options,
    hasKey: false,
    ...more,
  };
}

describeDialect(described());

async function run(changes: Partial<SagemakerOptions> = {}, script: RunScript = {}) {
  const { trace, server, audio } = await runAgainst(described(changes), script);
  return { trace, audio, server: server as RunningSagemaker };
}

async function failureOf(changes: Partial<SagemakerOptions>, script: RunScript = {}) {
  const { trace } = await run(changes, script);
  assertTraceHolds(trace);
  assert.ok(trace.failure);
  const { reason, code, message } = trace.failure;
  return { reason, code, message, trace };
}

/** What SageMaker does after two audio messages. */
function interferes(act: (stream: OpenStream) => void): Partial<SagemakerOptions> {
  return { interference: { afterMessages: 2, act } };
}

describe('a stream of SageMaker, however it is answered', { concurrency: 4 }, () => {
  const ways: Record<string, Partial<SagemakerOptions>> = {
    'in bytes one by one': { pieceBytes: [1] },
    'in one piece': { pieceBytes: [100_000] },
    'in parts, the last one marked': { partBytes: 7 },
    'in parts, the last one not marked': { partBytes: 5, lastPart: 'unmarked' },
    'in parts and an empty one': { partBytes: 20, lastPart: 'empty' },
    'in parts of which none is the last': { partBytes: 20, lastPart: 'PARTIAL' },
    'without the type of the data': { saysDataType: false },
    'with headers that come with the first event': { acceptsLate: true },
  };
  for (const [name, way] of Object.entries(ways)) {
    test(name, async () => {
      const words = ['das', 'schöne', '日本', '👋🏽'];
      const { trace, server } = await run(way, { words });
      assert.equal(trace.failure, null);
      assert.deepEqual(server.violations, []);
      assertTraceHolds(trace);
      assert.equal(replayTranscript(trace.received).text.trim(), words.join(' '));
      assert.equal(trace.connection.closeCode, 1000);
      assert.deepEqual(server.endings, [true], 'the client ends with an empty event');
      assert.ok(trace.pings[0]?.roundTripUs, 'the connection is measured');
    });
  }

  test('says to the container what vLLM wants, and nothing else', async () => {
    const { server } = await run();
    assert.deepEqual(clientMessages(server.wire[0]!), [
      { type: 'session.update', model: 'voxtral' },
      { type: 'input_audio_buffer.commit' },
      { type: 'input_audio_buffer.append', audio: '(audio)' },
      { type: 'input_audio_buffer.commit', final: true },
    ]);
    assert.equal(server.requests[0]?.url, '/invocations-bidirectional-stream');
  });

  test('a burst arrives bit for bit', async () => {
    const { trace, server, audio } = await run(
      {},
      { session: { pacing: { mode: 'burst', speed: 1, chunkMs: 10 } } },
    );
    assert.equal(trace.failure, null);
    const { samples } = audio;
    const sent = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
    assert.deepEqual(server.pcm(), sent);
    assert.deepEqual(server.violations, []);
  });

  test('can be probed', async () => {
    const server = await startSagemaker();
    try {
      const settings = { url: server.url, model: 'voxtral', language: null, options };
      const probe = await probeConnection(dialect, settings, null, {
        connectMs: 5000,
        readyMs: 5000,
        proxy: null,
      });
      assert.ok(probe.readyMs >= probe.connectMs);
    } finally {
      await server.close();
    }
  });
});

/** As Vosk's server: it waits for the client, and takes binary audio. */
const voskContainer: DialectServerKind = {
  dialect: 'vosk',
  paths: ['/'],
  protocol: (connection) => {
    const { words } = connection.script;
    return {
      text(text) {
        if (text.startsWith('{"config"')) return;
        if (text !== '{"eof" : 1}') connection.violation(text);
        connection.send({ text: words.join(' ') });
        connection.close(1000);
      },
      binary(bytes) {
        if (connection.heard(bytes)) connection.send({ partial: words[0] });
      },
      fail: () => undefined,
    };
  },
};

test('another protocol within, which speaks first and sends binary audio', async () => {
  const inner = described(
    { container: voskContainer },
    { options: { ...options, inner: 'vosk' }, model: 'none' },
  );
  const { trace, server, audio } = await runAgainst(inner);
  assert.equal(trace.failure, null);
  assert.deepEqual(server.violations, []);
  assertTraceHolds(trace);
  const { samples } = audio;
  const sent = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  assert.deepEqual(server.pcm(), sent);
  assert.equal(replayTranscript(trace.received).text, 'the quick brown fox');
});

describe('a stream of SageMaker that fails', { concurrency: 4 }, () => {
  test('because of the model', async () => {
    const failure = await failureOf(
      interferes(({ say }) => {
        say(
          { ':message-type': 'exception', ':exception-type': 'ModelStreamError' },
          '{"Message":"The model did not answer.","ErrorCode":"ModelInvocationTimeExceeded"}',
        );
      }),
    );
    assert.equal(failure.reason, 'server_error');
    assert.equal(failure.code, 'ModelStreamError');
    assert.match(
      failure.message,
      /The model behind 127.* ModelInvocationTimeExceeded: The model did/,
    );
  });

  test('because of the platform', async () => {
    const failure = await failureOf(
      interferes(({ say }) => {
        say(
          { ':message-type': 'exception', ':exception-type': 'InternalStreamFailure' },
          '{"Message":"Internal."}',
        );
      }),
    );
    assert.equal(failure.code, 'InternalStreamFailure');
    assert.match(failure.message, /a failure of SageMaker, not of the model/);
  });

  test('with an error that is not modelled', async () => {
    const failure = await failureOf(
      interferes(({ say }) => {
        say({ ':message-type': 'error', ':error-code': '500', ':error-message': 'Lost.' }, '');
      }),
    );
    assert.equal(failure.reason, 'server_error');
    assert.equal(failure.code, '500');
  });

  test('with bytes that are no events', async () => {
    const failure = await failureOf(
      interferes(({ http2 }) => {
        http2.write('<html>');
      }),
    );
    assert.equal(failure.reason, 'invalid_message');
  });

  test('because the container is gone: the stream ends in order', async () => {
    const failure = await failureOf(
      interferes(({ http2 }) => {
        http2.end();
      }),
    );
    assert.equal(failure.reason, 'closed_early');
    assert.equal(failure.code, '1000');
    assert.equal(failure.trace.connection.closeCode, 1000);
  });

  test('inside an event', async () => {
    const failure = await failureOf(
      interferes(({ http2 }) => {
        http2.end(Buffer.from([0, 0, 1]));
      }),
    );
    assert.equal(failure.reason, 'closed_early');
    assert.equal(failure.trace.connection.closeCode, 1006);
  });

  for (const [code, name] of [
    [constants.NGHTTP2_INTERNAL_ERROR, 'INTERNAL_ERROR'],
    [constants.NGHTTP2_CANCEL, 'CANCEL'],
  ] as const) {
    test(`reset with ${name}`, async () => {
      const failure = await failureOf(
        interferes(({ http2 }) => {
          http2.close(code);
        }),
      );
      assert.equal(failure.reason, 'closed_early');
      assert.equal(failure.code, name);
      assert.equal(failure.trace.connection.closeCode, 1006);
    });
  }

  test('with a GOAWAY that says why', async () => {
    const failure = await failureOf(
      interferes(({ http2 }) => {
        const code = constants.NGHTTP2_ENHANCE_YOUR_CALM;
        http2.session?.goaway(code, 0, Buffer.from('too_many_pings'));
      }),
    );
    assert.equal(failure.reason, 'closed_early');
    assert.equal(failure.code, 'ENHANCE_YOUR_CALM');
    assert.match(failure.message, /ENHANCE_YOUR_CALM: too_many_pings/);
  });

  test('not with a GOAWAY that lets streams finish', async () => {
    const { trace, server } = await run({ drains: true });
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    assert.equal(replayTranscript(trace.received).text.trim(), 'the quick brown fox');
    assert.equal(trace.connection.closeCode, 1000);
  });
});

describe('a stream of SageMaker that is not accepted', { concurrency: 4 }, () => {
  const refusal = (status: number, errorType: string, body: object) => ({
    refusal: { status, headers: { 'x-amzn-errortype': errorType }, body: JSON.stringify(body) },
  });

  test('400', async () => {
    const failure = await failureOf(refusal(400, 'InputValidationError', { Message: 'Bad.' }));
    assert.equal(failure.reason, 'upgrade_refused');
    assert.match(failure.message, /HTTP 400 InputValidationError\): Bad\. Check the name/);
  });

  test('424: the model', async () => {
    const failure = await failureOf(
      refusal(424, 'ModelError', { Message: 'No.', OriginalStatusCode: 404, OriginalMessage: 'x' }),
    );
    assert.equal(failure.code, '424');
    assert.match(failure.message, /^The model behind .* the container answered HTTP 404: x\./);
  });

  test('a body that does not end', async () => {
    const failure = await failureOf({
      refusal: { status: 500, body: 'x'.repeat(100_000) },
    });
    assert.equal(failure.code, '500');
    assert.ok(failure.message.length < 600);
  });

  test('the wrong endpoint', async () => {
    const { server, trace } = await run({ endpoint: 'my-endpoint' }, {});
    assert.deepEqual(server.violations, []);
    assert.equal(trace.failure, null);
    const wrong = await runAgainst(
      described({}, { urlOf: ({ url }) => url.replace('my-endpoint', 'other') }),
    );
    assert.equal(wrong.trace.failure?.code, '404');
  });

  test('nobody answers', async () => {
    const { trace } = await run(
      { isSilent: true },
      { session: { deadlines: { connectMs: 5000, readyMs: 200, idleMs: 5000, finalMs: 5000 } } },
    );
    assert.equal(trace.failure?.reason, 'ready_timeout');
  });
});

async function withServer(
  server: Server,
  connectMs: number,
): Promise<{ reason: string; code: string | null; message: string } | null> {
  server.on('connection', (socket) => socket.on('error', () => undefined));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  try {
    return await failureAt(`http://127.0.0.1:${port}/endpoints/e`, connectMs);
  } finally {
    server.close();
  }
}

async function failureAt(url: string, connectMs = 5000, more: DialectOptions = {}) {
  const settings = { url, model: 'm', language: null, options: { ...options, ...more } };
  const deadlines = { connectMs, readyMs: 5000, idleMs: 5000, finalMs: 5000 };
  const trace = await runSession(testSession(url, { dialect, settings, deadlines }));
  assertTraceHolds(trace);
  return trace.failure;
}

describe('an address where SageMaker is not', { concurrency: 4 }, () => {
  test('nobody', async () => {
    const failure = await failureAt('http://127.0.0.1:1/endpoints/e');
    assert.equal(failure?.reason, 'refused');
  });

  test('a server of HTTP/1', async () => {
    const failure = await withServer(createHttp1Server(), 5000);
    assert.equal(failure?.reason, 'upgrade_refused');
    assert.match(failure.message, /did not answer in HTTP\/2/);
  });

  test('a server that hangs up', async () => {
    const failure = await withServer(
      createServer((socket) => socket.end()),
      5000,
    );
    assert.equal(failure?.reason, 'upgrade_refused');
  });

  test('a server that says nothing', async () => {
    const sockets = new Set<{ destroy(): unknown }>();
    const failure = await withServer(
      createServer((socket) => sockets.add(socket)),
      200,
    );
    for (const socket of sockets) socket.destroy();
    assert.equal(failure?.reason, 'connect_timeout');
  });

  test('one that needs no TLS', async () => {
    const failure = await withServerOverTls();
    assert.equal(failure?.reason, 'tls');
  });

  test('no region', async () => {
    const settings = {
      url: 'http://127.0.0.1:1/endpoints/e',
      model: 'm',
      language: null,
      options: {},
    };
    const trace = await runSession(testSession(settings.url, { dialect, settings }));
    assert.equal(trace.failure?.reason, 'request_invalid');
    assert.match(trace.failure.message, /set the option "region"/);
  });
});

async function withServerOverTls() {
  const server = await startSagemaker();
  try {
    return await failureAt(server.url.replace('http:', 'https:'));
  } finally {
    await server.close();
  }
}

describe('credentials', () => {
  const withEnvironment = async <Result>(
    change: Record<string, string | undefined>,
    act: () => Promise<Result>,
  ): Promise<Result> => {
    const before = { ...process.env };
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    try {
      return await act();
    } finally {
      for (const name of Object.keys(change)) {
        const value = before[name];
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
  };

  test('that are missing', async () => {
    const failure = await withEnvironment({ AWS_ACCESS_KEY_ID: undefined }, () => failureOf({}));
    assert.equal(failure.reason, 'request_invalid');
    assert.equal(failure.code, 'CredentialsProviderError');
    assert.match(failure.message, /no usable credentials .* Set AWS_PROFILE/);
  });

  test('that have expired', async () => {
    const failure = await withEnvironment(
      { AWS_CREDENTIAL_EXPIRATION: '2026-01-02T03:04:05Z' },
      () => failureOf({}),
    );
    assert.equal(failure.reason, 'request_invalid');
    assert.match(failure.message, /expired at 2026-01-02T03:04:05.000Z/);
  });

  test('that AWS does not know', async () => {
    const failure = await withEnvironment({ AWS_ACCESS_KEY_ID: 'AKIDOTHER' }, () => failureOf({}));
    assert.equal(failure.code, '403');
    assert.match(failure.message, /UnrecognizedClientException.*does not know these credentials/);
  });

  test('that are wrong', async () => {
    const secret = 'wrong/secret/that/nobody/may/ever/see';
    const failure = await withEnvironment({ AWS_SECRET_ACCESS_KEY: secret }, () => failureOf({}));
    assert.equal(failure.code, '403');
    assert.match(failure.message, /InvalidSignatureException.*secret access key/);
    assert.ok(!JSON.stringify(failure.trace).includes(secret));
  });

  test('that are temporary, and are told nobody', async () => {
    const sessionToken = 'IQoJb3JpZ2luX2VjEXAMPLE/TOKEN==';
    const { secretAccessKey } = testCredentials;
    const stream = {
      service: 'sagemaker',
      region: testRegion,
      accessKeys: new Map([[testCredentials.accessKeyId, secretAccessKey]]),
      sessionToken,
    };
    const failure = await withEnvironment({ AWS_SESSION_TOKEN: sessionToken }, () =>
      failureOf({
        stream,
        ...interferes(({ say }) => {
          const Message = `You said ${sessionToken} and ${secretAccessKey}.`;
          const headers = { ':message-type': 'exception', ':exception-type': 'ModelStreamError' };
          say(headers, JSON.stringify({ Message }));
        }),
      }),
    );
    assert.match(failure.message, /You said \[redacted\] and \[redacted\]\./);
    const saved = JSON.stringify(failure.trace);
    assert.ok(!saved.includes(sessionToken) && !saved.includes(secretAccessKey));
  });

  test('of the wrong region', async () => {
    const stream = {
      service: 'sagemaker',
      region: 'eu-west-1',
      accessKeys: new Map([[testCredentials.accessKeyId, testCredentials.secretAccessKey]]),
      sessionToken: null,
    };
    const failure = await failureOf({ stream });
    assert.match(failure.message, /InvalidSignatureException.*the region\./);
  });
});
