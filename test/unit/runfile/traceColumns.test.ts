import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { traceFromColumns, traceToColumns } from '../../../src/runfile/traceColumns.ts';
import { traceSchema } from '../../../src/runfile/traceSchema.ts';
import { sessionTrace } from '../../support/arbitraryTrace.ts';
import { goldenSession } from '../../support/goldenSession.ts';

test('any trace comes back from a file as it was', () => {
  fc.assert(
    fc.property(sessionTrace, (trace) => {
      const file: unknown = JSON.parse(JSON.stringify(traceToColumns(trace)));
      const restored = traceFromColumns(traceSchema.parse(file), trace.audio.pacing);
      assert.deepEqual(JSON.parse(JSON.stringify(restored)), JSON.parse(JSON.stringify(trace)));
    }),
  );
});

test('plain deltas take one entry per column', () => {
  const { chunks, received } = traceToColumns(goldenSession());
  assert.deepEqual(chunks.samples, [[1600, 10]]);
  assert.deepEqual(received.text, [null, '', ' hello', ' wor', 'ld', ' again', null]);
  assert.deepEqual(
    received.messages.map(([index]) => index),
    [0, 6],
  );
});

test('columns of different lengths are refused by name', () => {
  const trace = goldenSession();
  const { pacing } = trace.audio;
  const damaged = traceToColumns(trace);
  damaged.received.bytes.pop();
  assert.throws(() => traceFromColumns(damaged, pacing), /trace\.received /);
  const huge = traceToColumns(trace);
  huge.chunks.queuedBytes = [[0, Number.MAX_SAFE_INTEGER]];
  assert.throws(() => traceFromColumns(huge, pacing), /trace\.chunks\.queuedBytes /);
});
