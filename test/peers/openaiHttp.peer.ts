// The official client of OpenAI against the scripted server of `POST /v1/audio/transcriptions`, and
// what it says compared with what RTBench says.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import OpenAI, { toFile } from 'openai';
import { openaiHttp } from '../../src/dialects/protocols/openaiHttp.ts';
import { vllmHttp } from '../../src/dialects/protocols/vllmHttp.ts';
import { wavHead } from '../../src/dialects/protocols/wavHead.ts';
import type { Dialect, DialectOptions } from '../../src/dialects/dialect.ts';
import { clientMessages } from '../support/dialects/clientMessages.ts';
import { runAgainst } from '../support/dialects/describeDialect.ts';
import type { RunningDialectServer } from '../support/dialects/dialectServer.ts';
import { testAudio } from '../support/testSession.ts';
import {
  openaiFields,
  startTranscriptionHttpServer,
  vllmFields,
} from '../support/dialects/transcriptionHttpServer.ts';
import type { TranscriptionHttpKind } from '../support/dialects/transcriptionHttpServer.ts';

const model = 'gpt-transcribe';
const text = 'the quick brown fox';
const audio = testAudio(500);
const pcm = Buffer.from(audio.samples.buffer, audio.samples.byteOffset, audio.samples.byteLength);
const typed: TranscriptionHttpKind = { fields: openaiFields, answer: { form: 'typed' } };
const chunks: TranscriptionHttpKind = { fields: vllmFields, answer: { form: 'chunks' } };

async function withServer<Result>(
  kind: TranscriptionHttpKind,
  use: (client: OpenAI, server: RunningDialectServer) => Promise<Result>,
): Promise<Result> {
  const server = await startTranscriptionHttpServer(kind, { apiKey: 'sk-peer' });
  try {
    const client = new OpenAI({ apiKey: 'sk-peer', baseURL: `${server.url}/v1`, maxRetries: 0 });
    return await use(client, server);
  } finally {
    await server.close();
  }
}

async function file() {
  const wav = Buffer.concat([wavHead(audio.sampleRateHz, audio.samples.length), pcm]);
  return toFile(wav, 'speech.wav', { type: 'audio/wav' });
}

/** The order of the parts of a form has no meaning, nor have the pieces that the file comes in. */
function parts(server: RunningDialectServer): string[] {
  return clientMessages(server.wire[0] ?? [])
    .map((message) => JSON.stringify(message))
    .toSorted();
}

async function ourParts(
  dialect: Dialect,
  kind: TranscriptionHttpKind,
  options: DialectOptions,
): Promise<string[]> {
  const described = {
    dialect,
    start: () => startTranscriptionHttpServer(kind),
    model,
    options,
    hasKey: true,
  };
  const { trace, server } = await runAgainst(described);
  assert.equal(trace.failure, null);
  assert.deepEqual(server.violations, []);
  assert.deepEqual(server.pcm(), pcm);
  return parts(server);
}

describe('the openai package', () => {
  test('streams from the scripted server, and says what RTBench says', async () => {
    await withServer(typed, async (client, server) => {
      const stream = await client.audio.transcriptions.create({
        file: await file(),
        model,
        stream: true,
      });
      const events = [];
      for await (const event of stream) events.push(event);
      const done = events.at(-1);
      assert.equal(events.length, 5);
      assert.ok(done?.type === 'transcript.text.done');
      assert.equal(done.text, text);
      assert.equal(done.usage?.output_tokens, 45);
      assert.deepEqual(server.violations, []);
      assert.deepEqual(server.pcm(), pcm);
      assert.deepEqual(parts(server), await ourParts(openaiHttp, typed, {}));
    });
  });

  test('gets a whole text and words with times', async () => {
    await withServer(typed, async (client, server) => {
      const answer = await client.audio.transcriptions.create({
        file: await file(),
        model,
        response_format: 'verbose_json',
        timestamp_granularities: ['word', 'segment'],
        prompt: 'Zoë, "fox"',
        temperature: 0.2,
      });
      assert.equal(answer.text, text);
      assert.deepEqual(answer.words?.[1], { word: 'quick', start: 0.1, end: 0.2 });
      assert.deepEqual(server.violations, []);
      const options = {
        response_format: 'verbose_json',
        timestamp_granularities: ['word', 'segment'],
        prompt: 'Zoë, "fox"',
        temperature: 0.2,
      };
      assert.deepEqual(parts(server), await ourParts(openaiHttp, typed, options));
    });
  });

  test('reads chunks as vLLM streams them, and says what RTBench says', async () => {
    await withServer(chunks, async (client, server) => {
      // The package has no types for what vLLM adds to the request and for its chunks.
      const request = { file: await file(), model, stream: true, stream_include_usage: true };
      const stream = (await client.audio.transcriptions.create(
        request as unknown as Parameters<typeof client.audio.transcriptions.create>[0],
      )) as unknown as AsyncIterable<{ choices: { delta: { content: string } }[] }>;
      let heard = '';
      for await (const chunk of stream) heard += chunk.choices[0]?.delta.content ?? '';
      assert.equal(heard.trim(), text);
      assert.deepEqual(server.violations, []);
      assert.deepEqual(parts(server), await ourParts(vllmHttp, chunks, {}));
    });
  });

  test('is turned away with the same status', async () => {
    await withServer(typed, async (client, server) => {
      const stranger = client.withOptions({ apiKey: 'sk-wrong' });
      const attempt = stranger.audio.transcriptions.create({ file: await file(), model });
      await assert.rejects(attempt, { status: 401 });
      assert.deepEqual(server.violations, []);
    });
  });
});
