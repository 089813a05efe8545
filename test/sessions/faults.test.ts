import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { runSession } from '../../src/session/runSession.ts';
import type { SessionDeadlines } from '../../src/session/sessionOptions.ts';
import { failureClass } from '../../src/trace/sessionFailure.ts';
import type { FailureClass, FailureReason } from '../../src/trace/sessionFailure.ts';
import type { Pacing, SessionTrace } from '../../src/trace/sessionTrace.ts';
import { assertTraceHolds, assertTraceIsSound } from '../support/dialects/traceChecks.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import { testAudio, testSession } from '../support/testSession.ts';
import type { VllmScript } from '../support/vllmScript.ts';

interface Fault {
  name: string;
  script: Partial<VllmScript>;
  deadlines?: Partial<SessionDeadlines>;
  pacing?: Pacing;
  audioMs?: number;
  reason: FailureReason;
  className: FailureClass;
  code: string | null;
  message: RegExp;
  /** Chunks the trace must hold, at least and at most. */
  chunks: [number, number];
}

const burst: Pacing = { mode: 'burst', speed: 1, chunkMs: 1_000 };
const json = (value: object): string => JSON.stringify(value);

function refusal(status: number, body: string, message: RegExp): Fault {
  return {
    name: `HTTP ${status} at the upgrade`,
    script: { refuse: { status, body } },
    reason: 'upgrade_refused',
    className: 'handshake',
    code: String(status),
    message,
    chunks: [0, 0],
  };
}

function rubbish(name: string, frame: string | Uint8Array, message: RegExp): Fault {
  return {
    name: `${name} mid-utterance`,
    script: { rubbishAfterAppends: { appends: 2, frame } },
    reason: 'invalid_message',
    className: 'protocol',
    code: null,
    message,
    chunks: [2, 4],
  };
}

const faults: Fault[] = [
  refusal(401, '{"error":"Unauthorized"}', /HTTP 401.*Unauthorized.*API key/),
  refusal(403, '', /HTTP 403.*API key, the path.*realtime/),
  refusal(404, '{"detail":"Not Found"}', /HTTP 404.*Not Found.*path/),
  refusal(
    503,
    'all\r\n16\tslots \u0007 are taken'.padEnd(20_000, '.'),
    /503.*all 16 slots are taken\.+….*concurrency/,
  ),
  {
    ...refusal(307, '', /307.*https:\/\/elsewhere\/v1\/realtime/),
    script: {
      refuse: { status: 307, body: '', headers: { Location: 'https://u:p@elsewhere/v1/realtime' } },
    },
  },
  {
    name: 'an upgrade that is never answered',
    script: { neverAccept: true },
    deadlines: { connectMs: 200 },
    reason: 'connect_timeout',
    className: 'timeout',
    code: null,
    message: /within 0.2 s/,
    chunks: [0, 0],
  },
  {
    name: 'a connection cut instead of an upgrade',
    script: { cutUpgrade: true },
    reason: 'upgrade_refused',
    className: 'handshake',
    code: 'ECONNRESET',
    message: /cut the connection before answering/,
    chunks: [0, 0],
  },
  {
    name: 'no greeting',
    script: { helloDelayMs: null },
    deadlines: { readyMs: 200 },
    reason: 'ready_timeout',
    className: 'timeout',
    code: null,
    message: /did not greet within 0.2 s.*dialect/,
    chunks: [0, 0],
  },
  {
    name: 'rubbish instead of a greeting',
    script: { helloInstead: 'Welcome to telnet' },
    reason: 'invalid_message',
    className: 'protocol',
    code: null,
    message: /not JSON: "Welcome to telnet".*dialect/,
    chunks: [0, 0],
  },
  {
    name: 'an error instead of a greeting',
    script: { helloInstead: json({ type: 'error', error: 'too many sessions', code: 'busy' }) },
    reason: 'server_error',
    className: 'server_error',
    code: 'busy',
    message: /\(busy\): too many sessions\./,
    chunks: [0, 0],
  },
  {
    name: 'a model the server does not have',
    script: { models: ['another-model'] },
    reason: 'server_error',
    className: 'server_error',
    code: 'model_not_found',
    message: /test-model.*\/v1\/models/,
    chunks: [0, 1],
  },
  {
    name: 'model_not_validated',
    script: { modelNotValidated: true },
    reason: 'server_error',
    className: 'server_error',
    code: 'model_not_validated',
    message: /Model not validated.*\/v1\/models/,
    chunks: [0, 1],
  },
  {
    name: 'an error mid-utterance',
    script: {
      errorAfterAppends: {
        appends: 2,
        message: { type: 'error', error: 'Invalid audio data', code: 'invalid_audio' },
      },
    },
    reason: 'server_error',
    className: 'server_error',
    code: 'invalid_audio',
    message: /Invalid audio data\. .*chunk length/,
    chunks: [2, 4],
  },
  {
    name: 'a processing error instead of done',
    script: { processingErrorInsteadOfDone: true },
    reason: 'server_error',
    className: 'server_error',
    code: 'processing_error',
    message: /Engine core died.*log/,
    chunks: [5, 5],
  },
  {
    name: 'an endless error text',
    script: {
      errorAfterAppends: {
        appends: 2,
        message: {
          type: 'error',
          error: 'line\n\u001b[31m'.repeat(9_999),
          code: 'c'.repeat(9_999),
        },
      },
    },
    reason: 'server_error',
    className: 'server_error',
    code: `${'c'.repeat(300)}…`,
    message: /line \[31mline/,
    chunks: [2, 4],
  },
  rubbish('text that is not JSON', '<html>oops</html>', /not JSON: "<html>oops/),
  rubbish(
    'text with control characters',
    'a\u0000b\u007fc\u009b31md\u202ee\u2028f',
    /not JSON: "a\\u0000b c 31md e f"/,
  ),
  rubbish('a JSON array', '[1,2]', /not a message: "\[1,2\]"/),
  rubbish('a binary frame', new Uint8Array([1, 2, 3]), /binary frame of 3 bytes/),
  {
    ...rubbish('a huge frame', 'x'.repeat(17 * 1024 * 1024), /Max payload size exceeded/),
    code: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
  },
  {
    name: 'a connection lost mid-utterance',
    script: { cutAfterAppends: 2 },
    reason: 'closed_early',
    className: 'closed',
    code: '1006',
    message: /1006, connection lost/,
    chunks: [2, 4],
  },
  {
    name: 'a close with a reason mid-utterance',
    script: { closeAfterAppends: { appends: 2, code: 1013, reason: 'no free engine' } },
    reason: 'closed_early',
    className: 'closed',
    code: '1013',
    message: /1013, server overloaded.*no free engine/,
    chunks: [2, 4],
  },
  {
    name: 'a normal close before done',
    script: { closeAfterAppends: { appends: 2, code: 1000, reason: '' } },
    reason: 'closed_early',
    className: 'closed',
    code: '1000',
    message: /before the text was complete/,
    chunks: [2, 4],
  },
  {
    name: 'done before the audio has ended',
    script: { doneAfterAppends: 2 },
    reason: 'closed_early',
    className: 'closed',
    code: 'done_early',
    message: /before all audio was sent/,
    chunks: [2, 4],
  },
  {
    name: 'no done',
    script: { neverDone: true },
    deadlines: { finalMs: 250 },
    reason: 'final_timeout',
    className: 'timeout',
    code: null,
    message: /did not finish the text within 0.25 s/,
    chunks: [5, 5],
  },
  {
    name: 'a start that is ignored',
    script: { ignoreStart: true },
    deadlines: { finalMs: 250 },
    reason: 'final_timeout',
    className: 'timeout',
    code: null,
    message: /did not finish/,
    chunks: [5, 5],
  },
  {
    name: 'silence after the audio',
    script: { neverDone: true },
    deadlines: { idleMs: 200 },
    reason: 'idle_timeout',
    className: 'timeout',
    code: null,
    message: /0.2 s after the audio/,
    chunks: [5, 5],
  },
  {
    name: 'a server that freezes mid-utterance and keeps the connection',
    script: { freezeAfterAppends: 2 },
    deadlines: { finalMs: 250 },
    reason: 'final_timeout',
    className: 'timeout',
    code: null,
    message: /did not finish/,
    chunks: [5, 5],
  },
  {
    name: 'a server that stops reading a burst',
    script: { freezeAfterAppends: 2 },
    deadlines: { idleMs: 400 },
    pacing: burst,
    audioMs: 600_000,
    reason: 'idle_timeout',
    className: 'timeout',
    code: null,
    message: /neither sent nor took anything/,
    chunks: [2, 599],
  },
];

function assertFault(trace: SessionTrace, fault: Fault): void {
  const { failure } = trace;
  assert.ok(failure, 'the session must fail');
  assertTraceIsSound(trace);
  assert.equal(failure.reason, fault.reason, failure.message);
  assert.equal(failureClass(failure.reason), fault.className);
  assert.equal(failure.code, fault.code);
  assert.match(failure.message, fault.message);
  assert.ok(Number.isInteger(failure.atUs) && failure.atUs >= trace.connection.startUs);
  const [least, most] = fault.chunks;
  const count = trace.chunks.length;
  assert.ok(count >= least && count <= most, `${count} chunks were sent`);
  const opened = !['connect_timeout', 'upgrade_refused'].includes(fault.reason);
  assert.equal(trace.connection.openUs !== null, opened);
  assert.equal(trace.connection.closeUs !== null, opened);
  if (least > 0) {
    assert.ok(trace.received.length > 0, 'what came before the fault is kept');
  }
}

describe('a fault ends in its own class, with its trace', { concurrency: 4 }, () => {
  for (const fault of faults) {
    test(fault.name, async () => {
      // Every second connection is healthy: it must not notice.
      const server = await startScriptedVllmServer((index) =>
        index % 2 === 0 ? fault.script : {},
      );
      const { deadlines, pacing, audioMs = 500 } = fault;
      const failing = runSession(
        testSession(server.url, {
          audio: testAudio(audioMs),
          ...(deadlines && { deadlines }),
          ...(pacing && { pacing }),
        }),
      );
      while (server.upgrades.length === 0) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      const healthy = await runSession(testSession(server.url));
      assertFault(await failing, fault);
      assertTraceHolds(healthy);
      assert.equal(healthy.failure, null);
      assert.equal(healthy.chunks.length, 5);
      await server.close();
      assert.deepEqual(server.violations, []);
    });
  }
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function failureAt(url: string) {
  const trace = await runSession(testSession(url, { deadlines: { connectMs: 3_000 } }));
  assert.ok(trace.failure);
  assert.equal(trace.connection.openUs, null);
  assert.equal(trace.chunks.length, 0);
  return trace.failure;
}

describe('a server that cannot be reached', { concurrency: 4 }, () => {
  test('refuses: nobody listens', async () => {
    const failure = await failureAt(`ws://127.0.0.1:${await closedPort()}`);
    assert.equal(failure.reason, 'refused');
    assert.equal(failure.code, 'ECONNREFUSED');
    assert.match(failure.message, /127\.0\.0\.1:\d+ refused.*running/);
  });

  test('has a name that does not exist', async () => {
    const failure = await failureAt('ws://no-such-host.invalid:8000');
    assert.equal(failure.reason, 'dns');
    assert.match(failure.message, /no-such-host\.invalid:8000 could not be found.*spelling/);
  });

  test('has a certificate nobody vouches for', async () => {
    const fixture = (name: string): Promise<string> =>
      readFile(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8');
    const tls = {
      key: await fixture('selfSigned.key.pem'),
      cert: await fixture('selfSigned.cert.pem'),
    };
    const server = await startScriptedVllmServer({}, { tls });
    const failure = await failureAt(server.url);
    await server.close();
    assert.equal(failure.reason, 'tls');
    assert.equal(failure.code, 'DEPTH_ZERO_SELF_SIGNED_CERT');
    assert.match(failure.message, /certificate.*NODE_EXTRA_CA_CERTS/);
  });

  test('does not speak TLS where wss:// was asked for', async () => {
    const server = await startScriptedVllmServer();
    const failure = await failureAt(server.url.replace('ws:', 'wss:'));
    await server.close();
    assert.equal(failure.reason, 'tls');
    assert.match(failure.message, /ws:\/\/ instead of wss:\/\//);
  });

  test('speaks something else than HTTP', async () => {
    const other = createServer((socket) => {
      socket.end('SSH-2.0-OpenSSH_9.9\r\n');
    });
    await new Promise<void>((resolve) => {
      other.listen(0, '127.0.0.1', resolve);
    });
    const { port } = other.address() as AddressInfo;
    const failure = await failureAt(`ws://127.0.0.1:${port}`);
    other.close();
    assert.equal(failure.reason, 'upgrade_refused');
    assert.match(failure.message, /did not answer as a realtime server.*port/);
  });
});

describe('a session that cannot start', () => {
  test('says what is wrong with the request', async () => {
    const unusable = testSession('localhost:8000');
    const noModel = testSession('ws://127.0.0.1:1');
    noModel.settings.model = null;
    for (const [options, message] of [
      [unusable, /"localhost:8000".*ws:\/\//],
      [noModel, /needs the name of a model/],
      [testSession('ws://127.0.0.1:1', { apiKey: 'two words' }), /API key/],
    ] as const) {
      const { failure } = await runSession(options);
      assert.equal(failure?.reason, 'request_invalid');
      assert.match(failure.message, message);
    }
  });

  test('says what is wrong with the audio', async () => {
    for (const [audio, message] of [
      [testAudio(0), /no samples/],
      [testAudio(100, 48_000), /48000 Hz but vLLM realtime takes 16000 Hz/],
    ] as const) {
      const { failure } = await runSession(testSession('ws://127.0.0.1:1', { audio }));
      assert.equal(failure?.reason, 'audio_unusable');
      assert.match(failure.message, message);
    }
  });
});
