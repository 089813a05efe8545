import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { SessionJob } from '../../../src/bench/sessionJob.ts';
import { GrowingTrace } from '../../../src/extension/timeline/growingTrace.ts';
import { LiveFeed } from '../../../src/runner/liveFeed.ts';
import { tracePieceSchema, type TracePiece } from '../../../src/runner/liveTrace.ts';
import type { ReceivedMessage, SessionTrace } from '../../../src/trace/sessionTrace.ts';
import { exampleUtterance } from '../../support/exampleRun.ts';
import { goldenSession } from '../../support/goldenSession.ts';

function job(id: string, endpointId = 'local'): SessionJob {
  return { id, endpointId, utteranceId: 'hello', repeat: 0 };
}

function watched(run: (feed: LiveFeed, pieces: TracePiece[]) => void): void {
  mock.timers.enable({ apis: ['setInterval'] });
  const pieces: TracePiece[] = [];
  const feed = new LiveFeed((piece) => {
    // As it comes on the other side of the channel.
    pieces.push(tracePieceSchema.parse(JSON.parse(JSON.stringify(piece))));
  });
  feed.prepared([exampleUtterance()]);
  try {
    run(feed, pieces);
  } finally {
    feed.stop();
    mock.timers.reset();
  }
}

function putTogether(pieces: readonly TracePiece[], pacing: SessionTrace['audio']['pacing']) {
  const [first, ...others] = pieces;
  const growing = new GrowingTrace(first!, first!.utterance!, pacing);
  for (const piece of others) assert.ok(growing.add(piece));
  return growing;
}

/** A trace without entries, which those of the golden one are added to. */
function emptyTrace(): SessionTrace {
  return { ...goldenSession(), chunks: [], controls: [], received: [] };
}

test('does nothing at all while nobody watches', () => {
  watched((feed, pieces) => {
    feed.started(job('1'), goldenSession());
    mock.timers.tick(1000);
    feed.ended(job('1'));
    mock.timers.tick(1000);
    assert.deepEqual(pieces, []);
  });
});

test('the pieces of a session that grows are its whole trace', () => {
  watched((feed, pieces) => {
    const golden = goldenSession();
    const trace = emptyTrace();
    feed.watch(true);
    feed.started(job('1'), trace);
    const { chunks, controls, received } = golden;
    for (let i = 0; i < Math.max(chunks.length, received.length); i++) {
      trace.chunks.push(...chunks.slice(i, i + 1));
      trace.controls.push(...controls.slice(i, i + 1));
      trace.received.push(...received.slice(i, i + 1));
      mock.timers.tick(20);
    }
    feed.ended(job('1'));
    mock.timers.tick(40);
    assert.ok(pieces.length >= 4, String(pieces.length));
    const growing = putTogether(pieces, golden.audio.pacing);
    assert.ok(growing.ended);
    assert.deepEqual(growing.trace, golden);
    assert.deepEqual(growing.session, job('1'));
    mock.timers.tick(1000);
    const { length } = pieces;
    mock.timers.tick(1000);
    assert.equal(pieces.length, length);
  });
});

test('who comes late gets all from the beginning, and again after a pause', () => {
  watched((feed, pieces) => {
    const golden = goldenSession();
    feed.started(job('1'), golden);
    for (let i = 0; i < 2; i++) {
      pieces.length = 0;
      feed.watch(true);
      mock.timers.tick(40);
      assert.deepEqual(putTogether(pieces, golden.audio.pacing).trace, golden);
      feed.watch(false);
    }
  });
});

test('one report is bounded, in entries and in bytes', () => {
  watched((feed, pieces) => {
    const message = (bytes: number): ReceivedMessage => ({
      atUs: 1,
      bytes,
      events: [],
      raw: 'x'.repeat(bytes),
    });
    const many = emptyTrace();
    many.received = Array.from({ length: 5000 }, () => message(1));
    const large = emptyTrace();
    large.received = Array.from({ length: 20 }, () => message(100_000));
    feed.started(job('1', 'many'), many);
    feed.started(job('2', 'large'), large);
    feed.watch(true);
    for (let tick = 0; tick < 30; tick++) {
      mock.timers.tick(40);
      const reported = pieces.splice(0);
      const entries = reported.reduce((sum, { trace }) => sum + trace.received.bytes.length, 0);
      const bytes = reported.reduce((sum, piece) => sum + JSON.stringify(piece).length, 0);
      assert.ok(entries <= 1000, `${entries} entries`);
      assert.ok(bytes < 500_000, `${bytes} bytes`);
      if (tick === 0) assert.ok(entries > 400, `${entries} entries`);
    }
    many.received.push(message(1));
    mock.timers.tick(40);
    assert.deepEqual(
      pieces.map(({ session, before }) => [session.id, before.received]),
      [['1', 5000]],
    );
  });
});

test('of each endpoint one session is followed to its end, then the one that started last', () => {
  watched((feed, pieces) => {
    const followed = (): string[] => {
      mock.timers.tick(80);
      return pieces.splice(0).flatMap(({ session, utterance }) => (utterance ? session.id : []));
    };
    feed.started(job('1'), goldenSession());
    feed.started(job('2'), goldenSession());
    feed.started(job('3', 'other'), goldenSession());
    feed.watch(true);
    assert.deepEqual(followed(), ['2', '3']);
    feed.started(job('4'), goldenSession());
    feed.ended(job('1'));
    assert.deepEqual(followed(), []);
    feed.ended(job('2'));
    assert.deepEqual(followed(), ['4']);
    feed.ended(job('4'));
    assert.deepEqual(followed(), []);
    feed.started(job('5'), goldenSession());
    assert.deepEqual(followed(), ['5']);
  });
});
