import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elevenLabs } from '../../../src/dialects/protocols/elevenLabs.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import type { SessionTrace } from '../../../src/trace/sessionTrace.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import { elevenLabsServer, elevenLabsServerThat } from '../../support/dialects/elevenLabsServer.ts';
import type { ElevenLabsBehaviour } from '../../support/dialects/elevenLabsServer.ts';
import { testAudio } from '../../support/testSession.ts';

const described: DescribedDialect = {
  dialect: elevenLabs,
  start: (script) => startDialectServer(elevenLabsServer, script),
  hasKey: true,
};

function thatBehaves(behaviour: ElevenLabsBehaviour): DescribedDialect {
  const kind = elevenLabsServerThat(behaviour);
  return { ...described, start: (script) => startDialectServer(kind, script) };
}

function wordsOf({ received }: SessionTrace): string[] {
  const events = received.flatMap((message) => message.events);
  return events.flatMap((event) =>
    event.type === 'words' ? event.words.map(({ text, startMs }) => `${text} ${startMs}`) : [],
  );
}

function assertText({ received }: SessionTrace, text: string): void {
  assert.equal(replayTranscript(received).text, text);
}

describeDialect(described);

test('words with times are there when the session ends', async () => {
  const { trace } = await runAgainst(described);
  assert.deepEqual(wordsOf(trace), ['the 0', 'quick 100', 'brown 200', 'fox 300']);
});

test('segments that the service commits of its own accord are part of the text', async () => {
  const { trace, server } = await runAgainst(thatBehaves({ commitsAfterWords: 2 }));
  assert.equal(trace.failure, null);
  assert.deepEqual(server.violations, []);
  assertTraceHolds(trace);
  assertText(trace, 'the quick brown fox');
  assert.equal(wordsOf(trace).length, 4);
  const finals = trace.received.flatMap(({ events }) => events).filter((e) => e.type === 'final');
  assert.equal(finals.length, 2);
});

test('a last commit for which nothing is left ends the session', async () => {
  const { trace } = await runAgainst(thatBehaves({ commitsAfterWords: 4 }));
  assert.equal(trace.failure, null);
  assertTraceHolds(trace);
  assertText(trace, 'the quick brown fox');
});

test('a commit of too little audio is an error', async () => {
  const { trace } = await runAgainst(described, { session: { audio: testAudio(200) } });
  assert.equal(trace.failure?.code, 'commit_throttled');
  assert.match(trace.failure.message, /only 0.20s.*use longer audio/);
  assertTraceHolds(trace);
});

test('a connection that is closed before the last words come has all its text', async () => {
  const { trace } = await runAgainst(thatBehaves({ closesBeforeWords: true }));
  assert.equal(trace.failure, null);
  assertTraceHolds(trace);
  assertText(trace, 'the quick brown fox');
  assert.deepEqual(wordsOf(trace), []);
});

test('words that never come cost no session', async () => {
  const { trace } = await runAgainst(thatBehaves({ withholdsWords: true }));
  assert.equal(trace.failure, null);
  assertTraceHolds(trace);
  assertText(trace, 'the quick brown fox');
  assert.equal(trace.received.at(-1)?.raw, '(nothing more was said)');
});

test('a commit of the service that crosses the last one is not taken for its answer', async () => {
  const { trace } = await runAgainst(
    {
      ...thatBehaves({ crossesLastCommitMs: 300 }),
      options: { commitStrategy: 'vad' },
    },
    { words: ['the', 'quick', 'brown', 'fox', 'jumps', 'over'] },
  );
  assert.equal(trace.failure, null);
  assertTraceHolds(trace);
  assertText(trace, 'the quick brown fox jumps over');
});

test('without times the text alone ends the session', async () => {
  const options = { timestamps: false, previousText: 'once upon a time', commitStrategy: 'vad' };
  const { trace, server } = await runAgainst({ ...described, options });
  assert.equal(trace.failure, null);
  assert.deepEqual(server.violations, []);
  assertText(trace, 'the quick brown fox');
});

test('parameters that the service does not take are refused', async () => {
  const options = { query: { audio_format: 'mp3' } };
  const { trace } = await runAgainst({ ...described, options });
  assert.equal(trace.failure?.code, 'invalid_request');
  assertTraceHolds(trace);
});
