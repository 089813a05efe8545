import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nextainOmni } from '../../../src/dialects/protocols/nextainOmni.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import { nextainOmniServer } from '../../support/dialects/nextainOmniServer.ts';
import type { NextainOmniManner } from '../../support/dialects/nextainOmniServer.ts';
import { testAudio } from '../../support/testSession.ts';

function described(manner: Partial<NextainOmniManner> = {}): DescribedDialect {
  return {
    dialect: nextainOmni,
    start: (script) => startDialectServer(nextainOmniServer(manner), script),
    hasKey: true,
    streams: false,
  };
}

describeDialect(described());

describe('a nextain omni server', { concurrency: 4 }, () => {
  test('is asked to repeat what it hears, or what the options say', async () => {
    const plain = await runAgainst(described());
    assert.match(plain.trace.controls[0]!.raw, /"system":"Repeat word for word/);
    const { trace, server } = await runAgainst({
      ...described(),
      model: 'omni',
      options: { system: null, max_tokens: 64, config: { voice: 'a' } },
    });
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    assert.deepEqual(JSON.parse(trace.controls[0]!.raw), {
      type: 'session.config',
      model: 'omni',
      max_tokens: 64,
      voice: 'a',
    });
  });

  test('gets no config that it would refuse for its length', async () => {
    const { trace, server } = await runAgainst({
      ...described(),
      options: { system: 'é'.repeat(2100) },
    });
    assert.equal(trace.failure?.reason, 'request_invalid');
    assert.deepEqual(server.wire, []);
  });

  test('has its spoken answer in the trace by size only', async () => {
    const { trace } = await runAgainst(described());
    const spoken = trace.received.filter(({ events }) =>
      events.some((event) => event.type === 'other' && event.name === 'audio'),
    );
    assert.equal(spoken.length, 4);
    assert.ok(spoken.every(({ raw, bytes }) => raw === null && bytes === 16));
  });

  test('whose model fails has no text, though it says that the turn is done', async () => {
    const { trace } = await runAgainst(described({ modelFails: true }));
    assert.equal(trace.failure?.reason, 'server_error');
    assert.match(trace.failure.message, /Model error: out of memory/);
    assertTraceHolds(trace);
  });

  test('does not answer to too little audio', async () => {
    const { trace } = await runAgainst(described(), { session: { audio: testAudio(400) } });
    assert.equal(trace.failure?.reason, 'server_error');
    assert.match(trace.failure.message, /Audio too short \(12800 bytes/);
  });

  test('gets no frame that is too large', async () => {
    const { trace } = await runAgainst({ ...described(), chunkMs: 2_100 });
    assert.equal(trace.failure?.reason, 'request_invalid');
    assert.match(trace.failure.message, /takes 1 to 2048 ms/);
  });
});
