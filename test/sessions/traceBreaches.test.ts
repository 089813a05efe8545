// A scripted server that breaks the rules of its protocol is noticed by the traces of its sessions,
// which end well all the same and have what was said.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sglangOmni } from '../../src/dialects/protocols/sglangOmni.ts';
import { replayTranscript } from '../../src/metrics/transcriptReplay.ts';
import { runSession } from '../../src/session/runSession.ts';
import type { SessionDeadlines } from '../../src/session/sessionOptions.ts';
import type { SessionTrace } from '../../src/trace/sessionTrace.ts';
import { runAgainst } from '../support/dialects/describeDialect.ts';
import { startDialectServer } from '../support/dialects/dialectServer.ts';
import { sglangOmniServerThat } from '../support/dialects/sglangOmniServer.ts';
import type { SglangOmniManner } from '../support/dialects/sglangOmniServer.ts';
import { noTerminalEvent, traceBreaches } from '../support/dialects/traceBreaches.ts';
import { assertTraceIsSound } from '../support/dialects/traceChecks.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import { testSession } from '../support/testSession.ts';
import type { VllmScript } from '../support/vllmScript.ts';

const text = 'the quick brown fox';

/** Only a text that never ends is not waited for long. */
function deadlinesFor(neverDone = false): SessionDeadlines {
  const finalMs = neverDone ? 250 : 10_000;
  return { connectMs: 10_000, readyMs: 10_000, idleMs: 10_000, finalMs };
}

async function vllmTrace(script: Partial<VllmScript>): Promise<SessionTrace> {
  const server = await startScriptedVllmServer(script);
  try {
    return await runSession(testSession(server.url, { deadlines: deadlinesFor(script.neverDone) }));
  } finally {
    await server.close();
  }
}

async function omniTrace(manner: Partial<SglangOmniManner>, neverDone = false) {
  const start = () => startDialectServer(sglangOmniServerThat(manner), { neverDone });
  const { trace } = await runAgainst(
    { dialect: sglangOmni, start, hasKey: false },
    { session: { deadlines: deadlinesFor(neverDone) } },
  );
  return trace;
}

describe('a server that breaks the rules is noticed', { concurrency: 4 }, () => {
  test('by none where it keeps them', async () => {
    for (const trace of [await vllmTrace({}), await omniTrace({})]) {
      assert.deepEqual(traceBreaches(trace), []);
    }
  });

  test('by text after the final and after the terminal event, which is not shown', async () => {
    const trace = await vllmTrace({ lateDeltas: 2 });
    assertTraceIsSound(trace);
    assert.deepEqual(traceBreaches(trace), [
      'text after the terminal event',
      'text after the final of ""',
    ]);
    assert.equal(trace.failure, null);
    const { text: shown, lateDeltas } = replayTranscript(trace.received);
    assert.deepEqual([shown, lateDeltas], [text, 2]);
  });

  test('by a missing terminal event; the text that came is kept', async () => {
    for (const trace of [await vllmTrace({ neverDone: true }), await omniTrace({}, true)]) {
      assertTraceIsSound(trace);
      assert.deepEqual(traceBreaches(trace), [noTerminalEvent]);
      assert.equal(trace.failure?.reason, 'final_timeout');
      assert.equal(replayTranscript(trace.received).text, text);
    }
  });

  const breaches: [Exclude<SglangOmniManner['breach'], null>, RegExp][] = [
    ['second final', /^a second final of segment 0$/],
    ['text after final', /^text after the final of segment 0$/],
    ['no final', /^no final of segment 0$/],
    ['decreasing index', /^the index \d+ after \d+$/],
  ];
  for (const [breach, named] of breaches) {
    test(`by a ${breach}; the text is right`, async () => {
      const trace = await omniTrace({ breach });
      assertTraceIsSound(trace);
      const found = traceBreaches(trace);
      assert.ok(found.length > 0 && found.every((each) => named.test(each)), found.join(', '));
      assert.equal(trace.failure, null);
      assert.equal(replayTranscript(trace.received).text, text);
    });
  }
});
