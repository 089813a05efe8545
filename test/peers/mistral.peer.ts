// Mistral's official client against the scripted server of its realtime transcription, and what it
// says compared with what RTBench says.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AudioEncoding, RealtimeTranscription } from '@mistralai/mistralai/extra/realtime';
import { mistral } from '../../src/dialects/protocols/mistral.ts';
import { clientMessages } from '../support/dialects/clientMessages.ts';
import { runAgainst } from '../support/dialects/describeDialect.ts';
import { startDialectServer } from '../support/dialects/dialectServer.ts';
import type { DialectServerKind, RunningDialectServer } from '../support/dialects/dialectServer.ts';
import { mistralServer, mistralServerThat } from '../support/dialects/mistralServer.ts';
import { testAudio } from '../support/testSession.ts';

const apiKey = 'sk-peer-0123456789';
const model = 'voxtral-mini-transcribe-realtime-2602';
const text = ' the quick brown fox';
const chunkBytes = 3_200;
const audio = testAudio(500);
const pcm = Buffer.from(audio.samples.buffer, audio.samples.byteOffset, audio.samples.byteLength);

async function* chunks(): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < pcm.length; at += chunkBytes) {
    yield await Promise.resolve(pcm.subarray(at, at + chunkBytes));
  }
}

interface Heard {
  deltas: string;
  done: string | null;
  errors: unknown[];
}

async function transcribe(url: string): Promise<Heard> {
  const client = new RealtimeTranscription({ apiKey, serverURL: url });
  const heard: Heard = { deltas: '', done: null, errors: [] };
  const options = { audioFormat: { encoding: AudioEncoding.PcmS16le, sampleRate: 16_000 } };
  for await (const event of client.transcribeStream(chunks(), model, options)) {
    if ('raw' in event) heard.errors.push(event);
    else if (event.type === 'transcription.text.delta') heard.deltas += event.text;
    else if (event.type === 'transcription.done') heard.done = event.text;
    else if (event.type === 'error') heard.errors.push(event.error);
  }
  return heard;
}

async function withServer<Result>(
  kind: DialectServerKind,
  key: string,
  use: (server: RunningDialectServer) => Promise<Result>,
): Promise<Result> {
  const server = await startDialectServer(kind, { apiKey: key });
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

describe("Mistral's client", () => {
  test('gets the text from the scripted server, and says what RTBench says', async () => {
    const theirs = await withServer(mistralServer, apiKey, async (server) => {
      assert.deepEqual(await transcribe(server.url), { deltas: text, done: text, errors: [] });
      assert.deepEqual(server.violations, []);
      assert.deepEqual(server.pcm(), pcm);
      return server;
    });
    const start = () => startDialectServer(mistralServer, { apiKey });
    const described = { dialect: mistral, start, model, hasKey: true };
    const { trace, server: our } = await runAgainst(described, { session: { apiKey } });
    assert.equal(trace.failure, null);
    assert.equal(our.requests[0]?.url, theirs.requests[0]?.url);
    assert.deepEqual(clientMessages(our.wire[0] ?? []), clientMessages(theirs.wire[0] ?? []));
  });

  test('understands the errors of the scripted server', async () => {
    const refuses = { message: { detail: 'model not found' }, code: 404 };
    await withServer(mistralServerThat({ refuses }), apiKey, async ({ url }) => {
      await assert.rejects(transcribe(url), /model not found/);
    });
  });

  test('is not let in with a wrong key', async () => {
    await withServer(mistralServer, 'another', async ({ url }) => {
      await assert.rejects(transcribe(url));
    });
  });
});
