import assert from 'node:assert/strict';
import { getActiveResourcesInfo } from 'node:process';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { WarmConnections } from '../../src/bench/warmConnections.ts';
import { monotonicClock } from '../../src/common/clock.ts';
import { runSession } from '../../src/session/runSession.ts';
import type { SessionUpdate } from '../../src/session/sessionOptions.ts';
import { WarmConnection } from '../../src/session/warmConnection.ts';
import type { SessionTrace } from '../../src/trace/sessionTrace.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import type { ScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import { testAudio, testSession } from '../support/testSession.ts';
import { until } from '../support/until.ts';
import type { VllmScript } from '../support/vllmScript.ts';

interface Warm {
  server: ScriptedVllmServer;
  warm: WarmConnection;
  /** Runs a session of the one user. */
  speak: (overrides?: Parameters<typeof testSession>[1]) => Promise<SessionTrace>;
}

async function withWarm(
  script: Partial<VllmScript> | ((connection: number) => Partial<VllmScript>),
  action: (warm: Warm) => Promise<void>,
): Promise<void> {
  const scriptOf = typeof script === 'function' ? script : () => script;
  const server = await startScriptedVllmServer((index) => ({
    severalUtterances: true,
    ...scriptOf(index),
  }));
  const warm = new WarmConnection();
  const clock = monotonicClock();
  try {
    const speak: Warm['speak'] = (overrides) =>
      runSession(testSession(server.url, { clock, warm, audio: testAudio(300), ...overrides }));
    await action({ server, warm, speak });
  } finally {
    await warm.close();
    await server.close();
  }
  assert.deepEqual(server.violations, []);
}

function pcmOf(lengthMs: number): Buffer {
  const { samples } = testAudio(lengthMs);
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}

function commits({ controls }: SessionTrace): (string | null)[] {
  return controls.map(({ commit }) => commit);
}

function finalTexts({ received }: SessionTrace): string[] {
  return received.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === 'final' ? [event.text] : [])),
  );
}

describe('sessions that follow each other on one connection', { concurrency: 4 }, () => {
  test('each send one utterance, bit for bit, and have a trace of their own', async () => {
    await withWarm({}, async ({ server, speak }) => {
      const first = await speak();
      const updates: SessionUpdate[] = [];
      const second = await speak({
        audio: testAudio(250),
        onUpdate: (update) => updates.push(update),
      });
      const third = await speak();
      assert.equal(server.connections.length, 1);
      const [connection] = server.connections;
      assert.equal(connection!.utterances, 3);
      assert.equal(connection!.clientClose, null);
      assert.deepEqual(
        Buffer.concat(connection!.pcm),
        Buffer.concat([pcmOf(300), pcmOf(250), pcmOf(300)]),
      );
      assert.equal(first.connection.reused, undefined);
      assert.deepEqual(commits(first), [null, 'start', 'final']);
      for (const trace of [first, second, third]) {
        assert.equal(trace.failure, null);
        assert.equal(trace.connection.closeUs, null);
        assert.deepEqual(finalTexts(trace), ['the quick brown fox']);
        const { originUs } = trace.audio;
        trace.chunks.forEach(({ dueUs, sentUs }, at) => {
          if (at < 2) assert.equal(dueUs, originUs! + (at + 1) * 100_000);
          assert.ok(sentUs >= dueUs);
        });
      }
      for (const [before, trace] of [
        [first, second],
        [second, third],
      ] as const) {
        const { connection: taken, scheduledStartUs } = trace;
        assert.equal(taken.reused, true);
        assert.ok(taken.startUs >= scheduledStartUs);
        assert.equal(taken.openUs, taken.startUs);
        assert.equal(taken.readyUs, taken.startUs);
        assert.ok(taken.startUs >= before.received.at(-1)!.atUs);
        assert.ok(trace.controls[0]!.sentUs >= taken.startUs);
        assert.ok(trace.received[0]!.atUs >= trace.chunks[0]!.sentUs);
        assert.deepEqual(commits(trace), ['start', 'final']);
        assert.deepEqual(trace.pings, []);
      }
      assert.equal(first.pings.length, 1);
      assert.deepEqual(
        updates.slice(0, 2).map(({ type }) => type),
        ['open', 'ready'],
      );
      assert.equal(updates.at(-1)!.type, 'ended');
    });
  });

  test('connect anew where the server closed after done', async () => {
    await withWarm({ closeAfterDone: true }, async ({ server, speak }) => {
      const first = await speak();
      await until(() => server.connections[0]?.clientClose !== null, 'the close');
      await sleep(50);
      const second = await speak();
      assert.equal(first.failure, null);
      assert.equal(second.failure, null);
      assert.equal(second.connection.reused, undefined);
      assert.equal(server.connections.length, 2);
    });
  });

  test('connect anew where the server spoke meanwhile: that belongs to no utterance', async () => {
    await withWarm({ lateDeltas: 1 }, async ({ server, speak }) => {
      const first = await speak();
      await until(() => server.connections[0]?.clientClose !== null, 'the close');
      const second = await speak();
      assert.equal(second.connection.reused, undefined);
      assert.deepEqual([first.failure, second.failure], [null, null]);
      assert.equal(server.connections[0]!.clientClose?.code, 1000);
      assert.ok(!JSON.stringify([first, second]).includes(' late'));
    });
  });

  test('give up the connection on a failure, and connect anew', async () => {
    const faults: Partial<VllmScript>[] = [
      { cutAfterAppends: 5 },
      { closeAfterAppends: { appends: 5, code: 1011, reason: 'out of memory' } },
      { errorAfterAppends: { appends: 5, message: { type: 'error', error: 'x', code: 'y' } } },
      { rubbishAfterAppends: { appends: 5, frame: 'no JSON' } },
      { doneAfterAppends: 5 },
    ];
    for (const fault of faults) {
      const script = (connection: number) => (connection === 0 ? fault : {});
      await withWarm(script, async ({ server, speak }) => {
        assert.equal((await speak()).failure, null);
        const broken = await speak();
        assert.notEqual(broken.failure, null, JSON.stringify(fault));
        assert.equal(broken.connection.reused, true);
        assert.notEqual(broken.connection.closeUs, null);
        const next = await speak();
        assert.equal(next.failure, null);
        assert.equal(next.connection.reused, undefined);
        assert.equal((await speak()).connection.reused, true);
        assert.equal(server.connections.length, 2);
      });
    }
  });

  test('give up the connection when cancelled', async () => {
    await withWarm({}, async ({ server, speak }) => {
      await speak();
      const controller = new AbortController();
      const running = speak({ audio: testAudio(5_000), signal: controller.signal });
      await sleep(250);
      controller.abort();
      const trace = await running;
      assert.equal(trace.failure?.reason, 'cancelled');
      assert.equal(trace.connection.closeCode, 1000);
      assert.equal((await speak()).connection.reused, undefined);
      assert.equal(server.connections.length, 2);
    });
  });

  test('leave the connection where it is when there is nothing to send', async () => {
    await withWarm({}, async ({ server, speak }) => {
      await speak();
      const unsent = await speak({ audio: testAudio(0) });
      assert.equal(unsent.failure?.reason, 'audio_unusable');
      assert.equal((await speak()).connection.reused, true);
      assert.equal(server.connections.length, 1);
    });
  });

  test('reuse nothing without being asked to', async () => {
    await withWarm({}, async ({ server }) => {
      for (let session = 0; session < 2; session++) {
        const trace = await runSession(testSession(server.url, { audio: testAudio(200) }));
        assert.equal(trace.connection.closeCode, 1000);
      }
      assert.equal(server.connections.length, 2);
    });
  });
});

test('parked connections are closed in order, a deaf server notwithstanding', async () => {
  const server = await startScriptedVllmServer((connection) =>
    connection === 0 ? { ignoreClose: true } : {},
  );
  const all = new WarmConnections();
  for (const endpoint of ['deaf', 'good']) {
    const warm = all.of(0, endpoint);
    assert.equal(all.of(0, endpoint), warm);
    await runSession(testSession(server.url, { audio: testAudio(200), warm }));
  }
  const beganMs = performance.now();
  await all.close();
  assert.ok(performance.now() - beganMs < 4_000);
  await until(() => server.connections[1]!.clientClose !== null, 'the close');
  assert.equal(server.connections[1]!.clientClose?.code, 1000);
  await server.close();
  await sleep(20);
  assert.deepEqual(
    getActiveResourcesInfo().filter((name) => /Timeout|TCP|Immediate/.test(name)),
    [],
  );
});
