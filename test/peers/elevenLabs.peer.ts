// ElevenLabs' official client against the scripted server of its realtime speech to text, and what
// it says compared with what RTBench says.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AudioFormat,
  CommitStrategy,
  ElevenLabsClient,
  RealtimeEvents,
} from '@elevenlabs/elevenlabs-js';
import type { RealtimeConnection } from '@elevenlabs/elevenlabs-js';
import { elevenLabs } from '../../src/dialects/protocols/elevenLabs.ts';
import type { DialectOptions } from '../../src/dialects/dialect.ts';
import { clientMessages } from '../support/dialects/clientMessages.ts';
import { runAgainst } from '../support/dialects/describeDialect.ts';
import { startDialectServer } from '../support/dialects/dialectServer.ts';
import type { RunningDialectServer } from '../support/dialects/dialectServer.ts';
import { elevenLabsServer } from '../support/dialects/elevenLabsServer.ts';
import { testAudio } from '../support/testSession.ts';

const apiKey = 'sk-peer-0123456789';
const text = 'the quick brown fox';
const chunkBytes = 3_200;
const audio = testAudio(500);
const pcm = Buffer.from(audio.samples.buffer, audio.samples.byteOffset, audio.samples.byteLength);

function heard(connection: RealtimeConnection, event: RealtimeEvents): Promise<unknown> {
  return new Promise((resolve) => {
    connection.on(event, resolve);
  });
}

/** Says the audio as the client's own documentation does it; the last event of the session. */
async function transcribe(server: RunningDialectServer, isTimed: boolean): Promise<unknown> {
  const client = new ElevenLabsClient({ apiKey, baseUrl: server.url });
  const connection = await client.speechToText.realtime.connect({
    modelId: 'scribe_v2_realtime',
    audioFormat: AudioFormat.PCM_16000,
    sampleRate: 16_000,
    commitStrategy: CommitStrategy.MANUAL,
    ...(isTimed ? { includeTimestamps: true } : {}),
  });
  const last = isTimed
    ? RealtimeEvents.COMMITTED_TRANSCRIPT_WITH_TIMESTAMPS
    : RealtimeEvents.COMMITTED_TRANSCRIPT;
  const failed = heard(connection, RealtimeEvents.ERROR).then((error) => {
    throw new Error(JSON.stringify(error));
  });
  const closed = heard(connection, RealtimeEvents.CLOSE);
  const committed = heard(connection, last);
  await Promise.race([failed, heard(connection, RealtimeEvents.SESSION_STARTED)]);
  for (let at = 0; at < pcm.length; at += chunkBytes) {
    connection.send({ audioBase64: pcm.subarray(at, at + chunkBytes).toString('base64') });
  }
  connection.commit();
  const message = await Promise.race([failed, committed]);
  connection.close();
  await closed;
  return message;
}

function parameters({ requests }: RunningDialectServer): [string, string][] {
  const { searchParams } = new URL(requests[0]?.url ?? '', 'ws://host');
  return [...searchParams].toSorted();
}

async function ours(options: DialectOptions): Promise<RunningDialectServer> {
  const start = () => startDialectServer(elevenLabsServer, { apiKey });
  const described = { dialect: elevenLabs, start, options, hasKey: true };
  const { trace, server } = await runAgainst(described, { session: { apiKey } });
  assert.equal(trace.failure, null);
  assert.deepEqual(server.violations, []);
  return server;
}

describe("ElevenLabs' client", { concurrency: 2 }, () => {
  for (const isTimed of [true, false]) {
    const what = isTimed ? 'words with times' : 'text alone';
    test(`gets ${what} from the scripted server, and says what RTBench says`, async () => {
      const server = await startDialectServer(elevenLabsServer, { apiKey });
      try {
        const message = (await transcribe(server, isTimed)) as { text: string; words?: unknown[] };
        assert.equal(message.text, text);
        assert.equal(message.words?.length, isTimed ? 7 : undefined);
        assert.deepEqual(server.violations, []);
        assert.deepEqual(server.pcm(), pcm);
      } finally {
        await server.close();
      }
      const our = await ours({ timestamps: isTimed });
      assert.deepEqual(parameters(our), parameters(server));
      assert.deepEqual(clientMessages(our.wire[0] ?? []), clientMessages(server.wire[0] ?? []));
    });
  }

  test('is not let in with a wrong key', async () => {
    const server = await startDialectServer(elevenLabsServer, { apiKey: 'another' });
    try {
      await assert.rejects(transcribe(server, false));
    } finally {
      await server.close();
    }
  });
});
