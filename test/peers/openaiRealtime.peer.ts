// The official client of OpenAI's realtime protocol against the scripted servers of OpenAI's realtime
// transcription and of SGLang's, and what it says compared with what RTBench says.
import assert from 'node:assert/strict';
import { Agent } from 'node:https';
import { connect, type Socket } from 'node:net';
import { describe, test } from 'node:test';
import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import type { RealtimeTranscriptionSessionCreateRequest } from 'openai/resources/realtime/realtime';
import { openaiRealtime } from '../../src/dialects/protocols/openaiRealtime.ts';
import { sglangRealtime } from '../../src/dialects/protocols/sglangRealtime.ts';
import { clientMessages } from '../support/dialects/clientMessages.ts';
import { runAgainst } from '../support/dialects/describeDialect.ts';
import type { DescribedDialect } from '../support/dialects/describeDialect.ts';
import { startDialectServer } from '../support/dialects/dialectServer.ts';
import type { DialectServerKind, RunningDialectServer } from '../support/dialects/dialectServer.ts';
import {
  openaiRealtimeServer,
  openaiRealtimeServerThat,
} from '../support/dialects/openaiRealtimeServer.ts';
import { sglangRealtimeServer } from '../support/dialects/sglangRealtimeServer.ts';
import { testAudio } from '../support/testSession.ts';

const apiKey = 'sk-peer-0123456789';
const text = 'the quick brown fox';
const audio = testAudio(500, 24_000);
const pcm = Buffer.from(audio.samples.buffer, audio.samples.byteOffset, audio.samples.byteLength);
const chunkBytes = 4_800;

type Session = RealtimeTranscriptionSessionCreateRequest;
type Input = NonNullable<NonNullable<Session['audio']>['input']>;

function sessionWith(input: Input, more: Partial<Session> = {}): Session {
  const format = { type: 'audio/pcm', rate: 24_000 } as const;
  return { type: 'transcription', audio: { input: { format, ...input } }, ...more };
}

/** The client connects with TLS only, whatever its base address says: here that is left out. */
class PlainAgent extends Agent {
  override createConnection({ host, port }: { host?: string; port?: number }): Socket {
    return connect(port ?? 0, host ?? '127.0.0.1');
  }
}

interface Heard {
  deltas: string;
  completed: string[];
}

async function transcribe(server: RunningDialectServer, session: Session): Promise<Heard> {
  const baseURL = `${server.url.replace('ws:', 'http:')}/v1`;
  const agent = new PlainAgent();
  const client = new OpenAIRealtimeWS(
    { intent: 'transcription', options: { agent } },
    new OpenAI({ apiKey, baseURL }),
  );
  const heard: Heard = { deltas: '', completed: [] };
  try {
    await new Promise<void>((resolve, reject) => {
      client.on('error', reject);
      client.on('session.created', () => {
        client.send({ type: 'session.update', session });
      });
      client.on('session.updated', () => {
        for (let at = 0; at < pcm.length; at += chunkBytes) {
          const chunk = pcm.subarray(at, at + chunkBytes).toString('base64');
          client.send({ type: 'input_audio_buffer.append', audio: chunk });
        }
        client.send({ type: 'input_audio_buffer.commit' });
      });
      client.on('conversation.item.input_audio_transcription.delta', ({ delta }) => {
        heard.deltas += delta ?? '';
      });
      client.on('conversation.item.input_audio_transcription.completed', ({ transcript }) => {
        heard.completed.push(transcript);
        if (heard.completed.join(' ').trim() === text) resolve();
      });
    });
    return heard;
  } finally {
    client.close();
  }
}

async function withServer<Result>(
  kind: DialectServerKind,
  use: (server: RunningDialectServer) => Promise<Result>,
): Promise<Result> {
  const server = await startDialectServer(kind, { apiKey });
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

/** What the client and the server said; nobody broke the protocol. */
async function theirs(kind: DialectServerKind, session: Session, expected: Heard) {
  return withServer(kind, async (server) => {
    assert.deepEqual(await transcribe(server, session), expected);
    assert.deepEqual(server.violations, []);
    assert.deepEqual(server.pcm(), pcm);
    return { url: server.requests[0]?.url, said: clientMessages(server.wire[0] ?? []) };
  });
}

async function ours(
  described: Omit<DescribedDialect, 'start' | 'hasKey'>,
  kind: DialectServerKind,
) {
  const start = () => startDialectServer(kind, { apiKey });
  const { trace, server } = await runAgainst(
    { ...described, start, hasKey: true },
    { session: { apiKey } },
  );
  assert.equal(trace.failure, null);
  assert.deepEqual(server.pcm(), pcm);
  return { url: server.requests[0]?.url, said: clientMessages(server.wire[0] ?? []) };
}

describe("OpenAI's realtime client", () => {
  test('gets the text from the scripted server, and says what RTBench says', async () => {
    const model = 'gpt-live-transcribe';
    const input: Input = {
      transcription: { model, keywords: ['RTBench'] },
      turn_detection: null,
      noise_reduction: { type: 'far_field' },
    };
    const include: Session['include'] = ['item.input_audio_transcription.logprobs'];
    const expected = { deltas: text, completed: [text] };
    const options = {
      keywords: ['RTBench'],
      noise_reduction: 'far_field',
      include_logprobs: true,
    };
    assert.deepEqual(
      await ours({ dialect: openaiRealtime, model, options }, openaiRealtimeServer),
      await theirs(openaiRealtimeServer, sessionWith(input, { include }), expected),
    );
  });

  test('says the same with turn detection by the server', async () => {
    const model = 'gpt-transcribe';
    const turns = openaiRealtimeServerThat({ messagesPerTurn: 3 });
    const input: Input = {
      transcription: { model, prompt: 'animals' },
      turn_detection: { type: 'server_vad', silence_duration_ms: 300 },
      noise_reduction: { type: 'near_field' },
    };
    const config = { audio: { input: { turn_detection: { silence_duration_ms: 300 } } } };
    const options = { vad: 'server_vad', prompt: 'animals', noise_reduction: 'near_field', config };
    const expected = { deltas: 'the quick brownfox', completed: ['the quick brown', 'fox'] };
    assert.deepEqual(
      await ours({ dialect: openaiRealtime, model, options }, turns),
      await theirs(turns, sessionWith(input), expected),
    );
  });

  test("gets the text from SGLang's scripted server, and says what RTBench says", async () => {
    const model = 'qwen3-asr';
    const input: Input = { transcription: { model }, turn_detection: null };
    const expected = { deltas: text, completed: [text] };
    const their = await theirs(sglangRealtimeServer, sessionWith(input), expected);
    // The client's types have no null for noise reduction, which is the default here.
    const config = { audio: { input: { noise_reduction: null } } };
    const options = { rate: 24_000, config };
    const our = await ours({ dialect: sglangRealtime, model, options }, sglangRealtimeServer);
    assert.deepEqual(our.said, their.said);
    // SGLang has one purpose only and ignores it.
    assert.equal(`${our.url}?intent=transcription`, their.url);
  });

  test('reports the errors of the scripted server', async () => {
    const refusing = openaiRealtimeServerThat({ refusal: 'model_not_found' });
    const input: Input = { transcription: { model: 'none' }, turn_detection: null };
    await withServer(refusing, async (server) => {
      await assert.rejects(transcribe(server, sessionWith(input)), /code=model_not_found/);
    });
  });
});
