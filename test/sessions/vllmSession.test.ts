import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runSession } from '../../src/session/runSession.ts';
import { resolveModel } from '../../src/session/resolveModel.ts';
import type { SessionUpdate } from '../../src/session/sessionOptions.ts';
import type { SessionTrace } from '../../src/trace/sessionTrace.ts';
import type { TranscriptEvent } from '../../src/trace/transcriptEvent.ts';
import { assertTraceIsSound } from '../support/dialects/traceChecks.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import type { ScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import { testAudio, testSession } from '../support/testSession.ts';
import type { VllmScript } from '../support/vllmScript.ts';

async function withServer(
  script: Partial<VllmScript>,
  action: (server: ScriptedVllmServer) => Promise<void>,
): Promise<void> {
  const server = await startScriptedVllmServer(script);
  try {
    await action(server);
  } finally {
    await server.close();
  }
}

function events(trace: SessionTrace): TranscriptEvent[] {
  return trace.received.flatMap((message) => message.events);
}

function finalText(trace: SessionTrace): string | undefined {
  return events(trace).find((event) => event.type === 'final')?.text;
}

function deltas(trace: SessionTrace): string[] {
  return events(trace).flatMap((event) => (event.type === 'text' ? [event.text] : []));
}

/** What holds for the trace of every session that ran to its end. */
function assertComplete(trace: SessionTrace): void {
  assert.equal(trace.failure, null);
  assertTraceIsSound(trace);
  const { startUs, openUs, readyUs, closeUs, closeCode } = trace.connection;
  const lastChunk = trace.chunks.at(-1)!;
  const instants = [
    startUs,
    openUs!,
    readyUs!,
    trace.audio.originUs!,
    trace.chunks[0]!.sentUs,
    lastChunk.sentUs,
    trace.controls.at(-1)!.sentUs,
    trace.received.find(({ events }) => events.some(({ type }) => type === 'done'))!.atUs,
    closeUs!,
  ];
  assert.deepEqual(
    instants,
    instants.toSorted((a, b) => a - b),
  );
  assert.ok(instants.every(Number.isInteger));
  assert.equal(closeCode, 1000);
  assert.equal(lastChunk.endSample, trace.audio.totalSamples);
  assert.deepEqual(
    trace.controls.map((control) => control.commit),
    [null, 'start', 'final'],
  );
}

describe('a session with a vLLM server', { concurrency: 4 }, () => {
  test('sends what the protocol asks for, bit for bit, and records what comes', async () => {
    await withServer({}, async (server) => {
      const options = testSession(server.url, { audio: testAudio(450) });
      const trace = await runSession(options);
      assertComplete(trace);
      assert.deepEqual(server.violations, []);
      const sent = Buffer.concat(server.connections[0]!.pcm);
      const { samples } = options.audio;
      assert.deepEqual(sent, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
      assert.equal(server.connections[0]!.clientClose?.code, 1000);
      assert.equal(server.upgrades[0]!['sec-websocket-extensions'], undefined);
      assert.equal(server.upgrades[0]!['sec-websocket-protocol'], undefined);
      assert.equal(finalText(trace), 'the quick brown fox');
      assert.equal(deltas(trace).join(''), 'the quick brown fox');
      assert.ok(deltas(trace).includes(''), 'blank deltas are events too');
      assert.deepEqual(
        trace.chunks.map(({ startSample, endSample }) => [startSample, endSample]),
        [
          [0, 1600],
          [1600, 3200],
          [3200, 4800],
          [4800, 6400],
          [6400, 7200],
        ],
      );
      assert.equal(trace.received[0]!.raw?.includes('session.created'), true);
      assert.ok(trace.pings[0]!.roundTripUs! > 0);
    });
  });

  test('keeps real time: due times are absolute and no chunk leaves early', async () => {
    await withServer({}, async (server) => {
      const trace = await runSession(testSession(server.url));
      const { originUs } = trace.audio;
      trace.chunks.forEach((chunk, index) => {
        assert.equal(chunk.dueUs, originUs! + (index + 1) * 100_000);
        assert.ok(chunk.sentUs >= chunk.dueUs);
      });
      assert.ok(trace.controls.at(-1)!.sentUs >= originUs! + 500_000);
      const firstText = trace.received.find(({ events }) =>
        events.some((event) => event.type === 'text' && event.text !== ''),
      );
      const sinceFirstChunkUs = firstText!.atUs - trace.chunks[0]!.sentUs;
      assert.ok(sinceFirstChunkUs > 0 && sinceFirstChunkUs < 300_000, `${sinceFirstChunkUs} µs`);
    });
  });

  test('lead sends the first chunk at once and still ends with the audio', async () => {
    await withServer({}, async (server) => {
      const pacing = { mode: 'lead', speed: 2, chunkMs: 100 } as const;
      const trace = await runSession(testSession(server.url, { pacing }));
      assertComplete(trace);
      const { originUs } = trace.audio;
      assert.deepEqual(
        trace.chunks.map((chunk) => chunk.dueUs - originUs!),
        [0, 50_000, 100_000, 150_000, 200_000],
      );
      assert.ok(trace.controls.at(-1)!.sentUs >= originUs! + 250_000);
      assert.deepEqual(server.violations, []);
    });
  });

  test('burst sends a minute of audio in a moment and reads while it sends', async () => {
    await withServer(
      { words: Array.from({ length: 100 }, (_, index) => `w${index}`) },
      async (server) => {
        const pacing = { mode: 'burst', speed: 1, chunkMs: 100 } as const;
        const trace = await runSession(
          testSession(server.url, { pacing, audio: testAudio(60_000) }),
        );
        assertComplete(trace);
        const lastSentUs = trace.chunks.at(-1)!.sentUs;
        assert.ok(lastSentUs - trace.audio.originUs! < 10_000_000);
        assert.ok(trace.received.filter((message) => message.atUs < lastSentUs).length > 10);
        assert.deepEqual(server.violations, []);
      },
    );
  });

  test('in burst, sends no faster than a slow server reads', async () => {
    await withServer({ readBytesPerSecond: 8_000_000, words: [] }, async (server) => {
      const pacing = { mode: 'burst', speed: 1, chunkMs: 1_000 } as const;
      const audio = testAudio(300_000);
      const trace = await runSession(testSession(server.url, { pacing, audio }));
      assertComplete(trace);
      const queued = Math.max(...trace.chunks.map((chunk) => chunk.queuedBytes));
      assert.ok(queued < 100_000, `${queued} bytes were queued`);
      const uploadMs = (trace.chunks.at(-1)!.sentUs - trace.audio.originUs!) / 1000;
      assert.ok(uploadMs > 500, `12.8 MB went out in ${uploadMs} ms`);
      assert.equal(server.connections[0]!.appends, 300);
    });
  });

  const tolerated: [string, Partial<VllmScript>][] = [
    ['an event it does not know', { unknownEvent: true }],
    ['an answer to session.update', { sendSessionUpdated: true }],
    ['a late greeting', { helloDelayMs: 300 }],
    ['null usage', { usage: null }],
    ['no deltas at all', { doneWithoutDeltas: true }],
    ['many blank deltas', { blankDeltas: 20 }],
    ['no pongs', { noPong: true }],
    ['a server that closes by itself after done', { closeAfterDone: true }],
    ['a slow final text', { finalDelayMs: 400 }],
  ];
  for (const [what, script] of tolerated) {
    test(`runs to its end with ${what}`, async () => {
      await withServer(script, async (server) => {
        const trace = await runSession(testSession(server.url));
        assertComplete(trace);
        assert.equal(finalText(trace), 'the quick brown fox');
        assert.deepEqual(server.violations, []);
      });
    });
  }

  test('a ping without pong has no round trip', async () => {
    await withServer({ noPong: true }, async (server) => {
      const trace = await runSession(testSession(server.url));
      assert.deepEqual(
        trace.pings.map((ping) => ping.roundTripUs),
        [null],
      );
    });
  });

  test('keeps deltas that come after done', async () => {
    await withServer({ lateDeltas: 2 }, async (server) => {
      const trace = await runSession(testSession(server.url));
      assertComplete(trace);
      const all = events(trace).map((event) => event.type);
      assert.deepEqual(all.slice(all.indexOf('done')), ['done', 'text', 'text']);
    });
  });

  test('cuts the connection of a server that never answers the close', async () => {
    await withServer({ ignoreClose: true }, async (server) => {
      const trace = await runSession(testSession(server.url));
      assert.equal(trace.failure, null);
      assert.equal(trace.connection.closeCode, 1006);
      assert.equal(finalText(trace), 'the quick brown fox');
    });
  });

  test('50 sessions at once each get their own text and keep their own trace', async () => {
    const server = await startScriptedVllmServer((index) => ({
      words: ['session', String(index)],
    }));
    const traces = await Promise.all(
      Array.from({ length: 50 }, () => runSession(testSession(server.url))),
    );
    await server.close();
    assert.deepEqual(server.violations, []);
    traces.forEach(assertComplete);
    const texts = new Set(traces.map(finalText));
    assert.equal(texts.size, 50);
  });

  test('tells an observer everything, in order, after it is recorded', async () => {
    await withServer({}, async (server) => {
      const updates: SessionUpdate[] = [];
      const trace = await runSession(
        testSession(server.url, { onUpdate: (update) => updates.push(update) }),
      );
      assert.deepEqual(
        updates.flatMap((update) => (update.type === 'chunk' ? [update.chunk] : [])),
        trace.chunks,
      );
      assert.deepEqual(
        updates.flatMap((update) => (update.type === 'message' ? [update.message] : [])),
        trace.received,
      );
      const other = updates
        .map((update) => update.type)
        .filter((type) => !/chunk|message/.test(type));
      assert.deepEqual(other, ['open', 'ready', 'ended']);
    });
  });

  test('rejects when its observer throws, and leaves other sessions alone', async () => {
    await withServer({}, async (server) => {
      const other = runSession(testSession(server.url));
      for (const type of ['chunk', 'message']) {
        const onUpdate = (update: SessionUpdate): void => {
          if (update.type === type) {
            throw new Error(`defect at ${type}`);
          }
        };
        await assert.rejects(runSession(testSession(server.url, { onUpdate })), /defect at/);
      }
      assertComplete(await other);
    });
  });

  test('waits between ready and the first sample when asked to', async () => {
    await withServer({}, async (server) => {
      const trace = await runSession(testSession(server.url, { originDelayUs: 70_000 }));
      assertComplete(trace);
      assert.ok(trace.audio.originUs! - trace.connection.readyUs! >= 70_000);
      assert.equal(trace.chunks[0]!.dueUs - trace.audio.originUs!, 100_000);
    });
  });

  test('asks the server for its model when none is named', async () => {
    await withServer({ models: ['first', 'second'], apiKey: 'the-api-key' }, async (server) => {
      const options = testSession(server.url, { apiKey: 'the-api-key' });
      const settings = { ...options.settings, model: null };
      const limits = { timeoutMs: 2_000, proxy: null };
      const resolved = await resolveModel(options.dialect, settings, 'the-api-key', limits);
      assert.deepEqual(resolved, { ...settings, model: 'first' });
      assertComplete(await runSession({ ...options, settings: resolved }));
      await assert.rejects(resolveModel(options.dialect, settings, null, limits), {
        reason: 'upgrade_refused',
        code: '401',
        message: /API key/,
      });
    });
  });
});
