// What was shown before a fault is in the trace, over every kind of connection; and a server that
// reads slowly, or no more, is waited for as long as it makes progress.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { vllmHttp } from '../../src/dialects/protocols/vllmHttp.ts';
import { dialectById } from '../../src/dialects/registry.ts';
import { sessionStatus } from '../../src/metrics/sessionStatus.ts';
import { replayTranscript } from '../../src/metrics/transcriptReplay.ts';
import { runSession } from '../../src/session/runSession.ts';
import type { SessionDeadlines } from '../../src/session/sessionOptions.ts';
import type { FailureReason } from '../../src/trace/sessionFailure.ts';
import type { SessionTrace } from '../../src/trace/sessionTrace.ts';
import { runAgainst } from '../support/dialects/describeDialect.ts';
import type { DescribedDialect, RunScript } from '../support/dialects/describeDialect.ts';
import { encodeFrame } from '../support/dialects/eventFrames.ts';
import {
  startSagemaker,
  testRegion,
  useTestCredentials,
} from '../support/dialects/sagemakerServer.ts';
import type { OpenStream, SagemakerOptions } from '../support/dialects/sagemakerServer.ts';
import { assertTraceIsSound } from '../support/dialects/traceChecks.ts';
import {
  startTranscriptionHttpServer,
  vllmFields,
} from '../support/dialects/transcriptionHttpServer.ts';
import type { TranscriptionHttpKind } from '../support/dialects/transcriptionHttpServer.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import { testAudio, testSession } from '../support/testSession.ts';
import type { VllmScript } from '../support/vllmScript.ts';

useTestCredentials();

const patient = { connectMs: 10_000, readyMs: 10_000, idleMs: 10_000, finalMs: 10_000 };

/** Only a session that is to end for silence ends for it soon. */
function deadlinesFor(reason: FailureReason | null): SessionDeadlines {
  return reason === 'idle_timeout' ? { ...patient, idleMs: 1_000 } : patient;
}

const all = 'the quick brown fox';
const two = 'the quick';

/** A server that is asked again before its fault has reached the client may have said even more. */
function assertKept(trace: SessionTrace, reason: FailureReason, text: string): void {
  assertTraceIsSound(trace);
  assert.equal(trace.failure?.reason, reason, trace.failure?.message);
  const kept = replayTranscript(trace.received).text;
  assert.ok(text === '' ? kept === '' : kept.startsWith(text), `kept: "${kept}"`);
  assert.equal(sessionStatus(trace.failure, text !== ''), text === '' ? 'failed' : 'partial');
}

describe('text that vLLM sent before a fault', { concurrency: 4 }, () => {
  const error = { type: 'error', error: 'Engine core died', code: 'processing_error' };
  const faults: [string, Partial<VllmScript>, FailureReason, string][] = [
    ['a cut connection', { cutAfterAppends: 3 }, 'closed_early', two],
    ['a close', { closeAfterAppends: { appends: 3, code: 1009, reason: '' } }, 'closed_early', two],
    ['an error', { errorAfterAppends: { appends: 3, message: error } }, 'server_error', two],
    ['rubbish', { rubbishAfterAppends: { appends: 3, frame: '[' } }, 'invalid_message', two],
    ['a connection that is open on one side only', { freezeAfterAppends: 3 }, 'idle_timeout', two],
    ['a processing error', { processingErrorInsteadOfDone: true }, 'server_error', all],
    ['a missing done', { neverDone: true }, 'idle_timeout', all],
    ['no text at all', { ignoreStart: true }, 'idle_timeout', ''],
  ];
  for (const [what, script, reason, text] of faults) {
    test(what, async () => {
      const server = await startScriptedVllmServer({ ...script, noPong: true });
      try {
        const trace = await runSession(
          testSession(server.url, { deadlines: deadlinesFor(reason) }),
        );
        assertKept(trace, reason, text);
      } finally {
        await server.close();
      }
    });
  }
});

function overHttp(kind: Partial<TranscriptionHttpKind>): DescribedDialect {
  const answer = { form: 'chunks' } as const;
  return {
    dialect: vllmHttp,
    start: (script) =>
      startTranscriptionHttpServer({ fields: vllmFields, answer, ...kind }, script),
    model: 'qwen3-asr',
    hasKey: false,
  };
}

describe('text of server-sent events before a fault', { concurrency: 4 }, () => {
  const form = 'chunks';
  const faults: [string, Partial<TranscriptionHttpKind>, RunScript, FailureReason, string][] = [
    ['no [DONE]', { answer: { form, without: ['done', 'finish'] } }, {}, 'closed_early', all],
    ['a cut', { answer: { form, without: ['done'], cuts: true } }, {}, 'closed_early', all],
    ['an error', {}, { errorAfterMessages: 1 }, 'server_error', 'the'],
    ['a response that does not go on', {}, { neverDone: true }, 'idle_timeout', all],
    ['a cut inside an event', { answer: { form, cutsAfterBytes: 300 } }, {}, 'closed_early', two],
  ];
  for (const [what, kind, script, reason, text] of faults) {
    test(what, async () => {
      const { trace } = await runAgainst(overHttp(kind), {
        ...script,
        session: { deadlines: deadlinesFor(reason) },
      });
      assertKept(trace, reason, text);
    });
  }
});

function overEventStream(changes: Partial<SagemakerOptions>): DescribedDialect {
  return {
    dialect: dialectById('sagemaker'),
    start: (script) => startSagemaker(script, changes),
    model: 'voxtral',
    options: { region: testRegion },
    hasKey: false,
  };
}

describe('text of an event stream before a fault', { concurrency: 4 }, () => {
  const event = encodeFrame(
    { ':message-type': 'event', ':event-type': 'PayloadPart', DataType: 'UTF8' },
    Buffer.from('{"type":"transcription.delta","delta":" never"}'),
  );
  const wrongSum = Buffer.concat([event.subarray(0, -1), Buffer.from([event.at(-1)! ^ 1])]);
  const wrongPrelude = Buffer.from(event);
  wrongPrelude[11]! ^= 1;
  const faults: [string, (stream: OpenStream) => void, FailureReason][] = [
    ['a wrong checksum', ({ http2 }) => http2.write(wrongSum), 'invalid_message'],
    [
      'a wrong checksum of the prelude',
      ({ http2 }) => http2.write(wrongPrelude),
      'invalid_message',
    ],
    ['a part of an event', ({ http2 }) => http2.end(event.subarray(0, 40)), 'closed_early'],
    [
      'a reset',
      ({ http2 }) => {
        http2.close(2);
      },
      'closed_early',
    ],
    ['a server that reads no more', ({ http2 }) => http2.pause(), 'idle_timeout'],
  ];
  for (const [what, act, reason] of faults) {
    test(what, async () => {
      const interference = { afterMessages: 3, act };
      const { trace, server } = await runAgainst(overEventStream({ interference }), {
        session: { deadlines: deadlinesFor(reason) },
      });
      assertKept(trace, reason, two);
      assert.deepEqual(server.violations, []);
    });
  }
});

describe('a burst', { concurrency: 4 }, () => {
  const burst = (audioMs: number, reason: FailureReason | null): RunScript => ({
    session: {
      deadlines: deadlinesFor(reason),
      pacing: { mode: 'burst', speed: 1, chunkMs: 1000 },
      audio: testAudio(audioMs),
    },
  });
  const chunkBytes = 32_000;

  for (const [how, described] of [
    ['an HTTP request', overHttp({ pauseMs: 4 })],
    ['an event stream', overEventStream({ pauseMs: 4 })],
  ] as const) {
    test(`over ${how} goes no faster than a slow server reads, and all arrives`, async () => {
      const { trace, server } = await runAgainst(described, burst(60_000, null));
      assert.equal(trace.failure, null);
      assertTraceIsSound(trace);
      assert.deepEqual(server.violations, []);
      const { samples } = testAudio(60_000);
      const sent = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
      assert.ok(server.pcm().equals(sent), 'bit for bit');
      const queued = Math.max(...trace.chunks.map(({ queuedBytes }) => queuedBytes));
      assert.ok(queued < 8 * chunkBytes, `${queued} bytes were queued`);
    });
  }

  for (const [how, described] of [
    ['an HTTP request', overHttp({ readsPieces: 2 })],
    [
      'an event stream',
      overEventStream({ interference: { afterMessages: 2, act: ({ http2 }) => http2.pause() } }),
    ],
  ] as const) {
    test(`over ${how} to a server that reads no more ends, before all was sent`, async () => {
      const { trace } = await runAgainst(described, burst(600_000, 'idle_timeout'));
      assertTraceIsSound(trace);
      assert.equal(trace.failure?.reason, 'idle_timeout');
      assert.ok(trace.chunks.length < 600, `${trace.chunks.length} chunks were sent`);
    });
  }
});
