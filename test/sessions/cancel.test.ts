import assert from 'node:assert/strict';
import { getActiveResourcesInfo } from 'node:process';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { runSession } from '../../src/session/runSession.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import { testAudio, testSession } from '../support/testSession.ts';

describe('cancelling a session', () => {
  test('keeps what it saw, closes cleanly and leaves the others alone', async () => {
    const server = await startScriptedVllmServer();
    const controller = new AbortController();
    const audio = testAudio(5_000);
    const cancelled = runSession(testSession(server.url, { audio, signal: controller.signal }));
    const other = runSession(testSession(server.url));
    await setTimeout(330);
    controller.abort();
    const trace = await cancelled;
    assert.equal(trace.failure?.reason, 'cancelled');
    assert.ok(trace.chunks.length >= 2 && trace.chunks.length <= 4);
    assert.ok(trace.received.length > 2);
    assert.equal(trace.connection.closeCode, 1000);
    assert.equal((await other).failure, null);
    await server.close();
    assert.deepEqual(server.violations, []);
  });

  test('works before the connection is open, and before it is begun', async () => {
    const server = await startScriptedVllmServer({ neverAccept: true });
    const controller = new AbortController();
    const connecting = runSession(testSession(server.url, { signal: controller.signal }));
    await setTimeout(50);
    controller.abort();
    const begun = await connecting;
    assert.equal(begun.failure?.reason, 'cancelled');
    assert.equal(begun.connection.closeUs, null);
    const never = await runSession(testSession(server.url, { signal: controller.signal }));
    assert.equal(never.failure?.reason, 'cancelled');
    assert.equal(never.connection.openUs, null);
    assert.equal(server.upgrades.length, 1);
    await server.close();
  });

  test('of a frozen connection does not hang', async () => {
    const server = await startScriptedVllmServer({ freezeAfterAppends: 1 });
    const controller = new AbortController();
    const running = runSession(testSession(server.url, { signal: controller.signal }));
    await setTimeout(250);
    controller.abort();
    const beganMs = performance.now();
    const trace = await running;
    assert.equal(trace.failure?.reason, 'cancelled');
    assert.ok(performance.now() - beganMs < 4_000);
    assert.equal(trace.connection.closeCode, 1006);
    await server.close();
  });

  test('after the end changes nothing, and no timer or socket is left', async () => {
    const server = await startScriptedVllmServer();
    const controller = new AbortController();
    const trace = await runSession(testSession(server.url, { signal: controller.signal }));
    controller.abort();
    assert.equal(trace.failure, null);
    await server.close();
    await setTimeout(20);
    const left = getActiveResourcesInfo().filter((name) => /Timeout|TCP|Immediate/.test(name));
    assert.deepEqual(left, []);
  });
});
