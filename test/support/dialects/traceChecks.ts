import assert from 'node:assert/strict';
import { sessionMetrics } from '../../../src/metrics/sessionMetrics.ts';
import { textProfile } from '../../../src/metrics/text/textProfiles.ts';
import { traceFromColumns, traceToColumns } from '../../../src/runfile/traceColumns.ts';
import { traceSchema } from '../../../src/runfile/traceSchema.ts';
import { failureClass, failureReasons } from '../../../src/trace/sessionFailure.ts';
import type { SessionFailure } from '../../../src/trace/sessionFailure.ts';
import type { SessionTrace } from '../../../src/trace/sessionTrace.ts';
import { traceProblems } from '../../../src/trace/traceProblems.ts';
import { unwritableNumbers } from '../finiteNumbers.ts';
import { goldenUtterance } from '../goldenSession.ts';
import { noTerminalEvent, traceBreaches } from './traceBreaches.ts';

const profile = textProfile('basic@1');

/** What holds for the trace of every session, whatever its server did to it. */
export function assertTraceIsSound(trace: SessionTrace): void {
  assert.deepEqual(traceProblems(trace), []);
  const { connection, chunks, controls, received, failure } = trace;
  assertAscending(
    'chunks',
    chunks.map(({ sentUs }) => sentUs),
  );
  assertAscending(
    'controls',
    controls.map(({ sentUs }) => sentUs),
  );
  assertAscending(
    'messages',
    received.map(({ atUs }) => atUs),
  );
  chunks.forEach(({ startSample, endSample }, at) => {
    assert.equal(startSample, chunks[at - 1]?.endSample ?? 0, 'audio is sent without gaps');
    assert.ok(endSample > startSample);
  });
  assert.equal(connection.closeUs === null, connection.openUs === null, 'what is opened is closed');
  if (failure) assertFailure(failure);
  else assertWhole(trace);
  assertStorable(trace);
}

function assertAscending(what: string, times: readonly number[]): void {
  times.forEach((atUs, at) => {
    assert.ok(Number.isSafeInteger(atUs), `${what}: ${atUs}`);
    assert.ok(atUs >= (times[at - 1] ?? 0), `${what} go back in time`);
  });
}

function assertFailure({ reason, message }: SessionFailure): void {
  assert.ok(failureReasons.includes(reason));
  assert.ok(failureClass(reason));
  assert.ok(message.length < 1_000, 'a message is bounded');
  assert.ok(!/\p{Cc}/u.test(message), `a message is one clean line: ${JSON.stringify(message)}`);
}

/** All audio went out, its end was said, and then the server said that the text is complete. */
function assertWhole({ audio, chunks, controls, received }: SessionTrace): void {
  assert.equal(chunks.at(-1)?.endSample, audio.totalSamples);
  const end = controls.findLast(({ commit }) => commit === 'final');
  const done = received.find(({ events }) => events.some(({ type }) => type === 'done'));
  assert.ok(end && done, 'a session without failure has its terminal event');
  assert.ok(done.atUs >= end.sentUs, 'the terminal event came after the end of the audio');
}

/** It can be saved, read back and measured. */
function assertStorable(trace: SessionTrace): void {
  const text = JSON.stringify(traceToColumns(trace));
  const saved = traceSchema.parse(JSON.parse(text));
  assert.deepEqual(traceFromColumns(saved, trace.audio.pacing), trace);
  const metrics = sessionMetrics(trace, goldenUtterance, { profile });
  assert.deepEqual(unwritableNumbers(metrics), []);
  assert.equal(metrics.failureClass, trace.failure && failureClass(trace.failure.reason));
}

/** The trace is sound, and the server did nothing that none should do. */
export function assertTraceHolds(trace: SessionTrace): void {
  assertTraceIsSound(trace);
  const isBroken = trace.failure !== null;
  assert.deepEqual(traceBreaches(trace), isBroken ? [noTerminalEvent] : []);
}
