import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wavHead } from '../../../src/dialects/protocols/wavHead.ts';
import { whisperLiveKit } from '../../../src/dialects/protocols/whisperLiveKit.ts';
import { replayTranscript } from '../../../src/metrics/transcriptReplay.ts';
import {
  assertTraceHolds,
  describeDialect,
  runAgainst,
} from '../../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../../support/dialects/describeDialect.ts';
import { startDialectServer } from '../../support/dialects/dialectServer.ts';
import {
  whisperLiveKitServer,
  whisperLiveKitServerThat,
} from '../../support/dialects/whisperLiveKitServer.ts';
import type { WhisperLiveKitBehaviour } from '../../support/dialects/whisperLiveKitServer.ts';

const described: DescribedDialect = {
  dialect: whisperLiveKit,
  start: (script) => startDialectServer(whisperLiveKitServer, script),
  hasKey: true,
};

function thatBehaves(behaviour: WhisperLiveKitBehaviour): DescribedDialect {
  const kind = whisperLiveKitServerThat(behaviour);
  return { ...described, start: (script) => startDialectServer(kind, script) };
}

const inDiffMode = { options: { mode: 'diff' } };
const manyWords = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

describeDialect(described);

test('the same texts are shown in both modes', async () => {
  const script = { words: manyWords, messagesPerWord: 1 };
  const pacing = { mode: 'capture', speed: 1, chunkMs: 50 } as const;
  const full = await runAgainst(described, { ...script, session: { pacing } });
  const diff = await runAgainst(
    { ...described, ...inDiffMode },
    { ...script, session: { pacing } },
  );
  const shown = [full, diff].map(({ trace, server }) => {
    assert.equal(trace.failure, null);
    assert.deepEqual(server.violations, []);
    assertTraceHolds(trace);
    const events = trace.received.flatMap((message) => message.events);
    return events.flatMap((event) => (event.type === 'text' ? [event.text] : []));
  });
  assert.deepEqual(shown[0], shown[1]);
  assert.equal(shown[0]?.at(-1), manyWords.join(' '));
});

test('lines that the server forgets in diff mode remain in the text', async () => {
  const { trace, server } = await runAgainst(
    { ...thatBehaves({ keepsLines: 2 }), ...inDiffMode },
    { words: manyWords, session: { pacing: { mode: 'capture', speed: 1, chunkMs: 50 } } },
  );
  assert.equal(trace.failure, null);
  assert.deepEqual(server.violations, []);
  assertTraceHolds(trace);
  assert.equal(replayTranscript(trace.received).text, manyWords.join(' '));
});

test('a server that decodes a file gets one', async () => {
  const { trace, server, audio } = await runAgainst(thatBehaves({ takesFile: true }));
  assert.equal(trace.failure, null);
  assert.deepEqual(server.violations, []);
  const head = server.wire[0]?.find(({ from }) => from === 'client')?.data;
  assert.deepEqual(head, Buffer.from(wavHead(16_000, audio.samples.length)));
  assert.equal(server.pcm().length, audio.samples.length * 2);
});

test('a server that cannot decode files says so', async () => {
  const { trace } = await runAgainst(thatBehaves({ takesFile: true, lacksDecoder: true }));
  assert.equal(trace.failure?.reason, 'server_error');
  assert.match(trace.failure.message, /FFmpeg failed to start/);
  assertTraceHolds(trace);
});

test('a language that the server does not know is refused', async () => {
  const options = { query: { language: 'xx' } };
  const { trace } = await runAgainst({ ...described, options });
  assert.equal(trace.failure?.reason, 'server_error');
  assert.match(trace.failure.message, /Unsupported language: xx/);
  assertTraceHolds(trace);
});
