// The official client of OpenAI against the embedded endpoint: a real recogniser behind OpenAI's
// realtime transcription and behind the upload of files.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import OpenAI, { toFile } from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import type {
  RealtimeServerEvent,
  RealtimeTranscriptionSessionAudioInput,
} from 'openai/resources/realtime/realtime';
import { loadPcm } from '../../src/audio/loadPcm.ts';
import { scorePair } from '../../src/metrics/text/scorePair.ts';
import { textProfile } from '../../src/metrics/text/textProfiles.ts';
import { startEmbeddedEndpoint } from '../../src/endpoint/startEmbeddedEndpoint.ts';
import type { EmbeddedEndpoint } from '../../src/endpoint/startEmbeddedEndpoint.ts';

const speechFile = path.join(import.meta.dirname, '../../samples/speech/kitchen-lights.flac');
const reference = 'Please turn off the lights in the kitchen and close the window.';
const werBound = 0.2;
const chunkBytes = 4800;

/** The client connects with TLS only, whatever its base address says: here that is left out. */
class PlainAgent extends Agent {
  override createConnection({ host, port }: { host?: string; port?: number }): Socket {
    return connect(port ?? 0, host ?? '127.0.0.1');
  }
}

function assertHeard(text: string): void {
  const { wer } = scorePair(reference, text, textProfile('en-whisper@1')).rates;
  assert.ok((wer ?? 1) <= werBound, text);
}

describe('the openai package and the embedded endpoint', () => {
  let endpoint: EmbeddedEndpoint;
  let client: OpenAI;
  let pcm: Buffer;

  before(async () => {
    const { samples } = await loadPcm(speechFile, 24_000);
    pcm = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
    endpoint = await startEmbeddedEndpoint({ runtime: 'wasm', maxSessions: 1 });
    const baseURL = endpoint.url.replace('ws:', 'http:').replace('/realtime', '');
    client = new OpenAI({ apiKey: 'none', baseURL, maxRetries: 0 });
  });
  after(() => endpoint.stop());

  /** Every event of a session in which `send` follows the configuration, up to `last`. */
  async function transcribe(
    input: RealtimeTranscriptionSessionAudioInput,
    send: (realtime: OpenAIRealtimeWS) => void,
    last: RealtimeServerEvent['type'],
  ): Promise<RealtimeServerEvent[]> {
    const agent = new PlainAgent();
    const realtime = new OpenAIRealtimeWS({ intent: 'transcription', options: { agent } }, client);
    const events: RealtimeServerEvent[] = [];
    const closed = new Promise((resolve) => realtime.socket.once('close', resolve));
    try {
      await new Promise<void>((resolve, reject) => {
        realtime.on('error', reject);
        realtime.on('event', (event) => {
          events.push(event);
          if (event.type === 'session.created') {
            const session = { type: 'transcription', audio: { input } } as const;
            realtime.send({ type: 'session.update', session });
          } else if (event.type === 'session.updated') {
            send(realtime);
          }
          if (event.type === last) resolve();
        });
      });
      return events;
    } finally {
      realtime.close();
      await closed;
    }
  }

  function sendSpeech(realtime: OpenAIRealtimeWS, trailingMs: number): void {
    const all = Buffer.concat([pcm, Buffer.alloc(48 * trailingMs)]);
    for (let at = 0; at < all.length; at += chunkBytes) {
      const audio = all.subarray(at, at + chunkBytes).toString('base64');
      realtime.send({ type: 'input_audio_buffer.append', audio });
    }
  }

  const completed = 'conversation.item.input_audio_transcription.completed';

  function completedOf(events: RealtimeServerEvent[]) {
    const event = events.find(({ type }) => type === completed);
    assert.ok(event?.type === completed);
    return event;
  }

  test('transcribes what the client commits', async () => {
    const events = await transcribe(
      {
        format: { type: 'audio/pcm', rate: 24_000 },
        transcription: { model: endpoint.model, language: 'en' },
        turn_detection: null,
      },
      (realtime) => {
        sendSpeech(realtime, 0);
        realtime.send({ type: 'input_audio_buffer.commit' });
      },
      completed,
    );
    const { item_id, transcript, usage } = completedOf(events);
    assertHeard(transcript);
    assert.ok(usage.type === 'tokens' && usage.output_tokens > 5);
    const deltas = events.flatMap((event) =>
      event.type === 'conversation.item.input_audio_transcription.delta' ? [event] : [],
    );
    assert.equal(deltas.map(({ delta }) => delta).join(''), transcript);
    assert.ok(deltas.every((delta) => delta.item_id === item_id));
    const committed = events.find(({ type }) => type === 'input_audio_buffer.committed');
    assert.ok(committed?.type === 'input_audio_buffer.committed');
    assert.equal(committed.item_id, item_id);
  });

  test('transcribes the turn that the server detects', async () => {
    const events = await transcribe(
      { transcription: { model: endpoint.model }, turn_detection: { type: 'server_vad' } },
      (realtime) => {
        sendSpeech(realtime, 1000);
      },
      completed,
    );
    assertHeard(completedOf(events).transcript);
    const order = events
      .map(({ type }) => type)
      .filter((type) => type.startsWith('input_audio_buffer.') || type === completed);
    assert.deepEqual(order, [
      'input_audio_buffer.speech_started',
      'input_audio_buffer.speech_stopped',
      'input_audio_buffer.committed',
      completed,
    ]);
  });

  test('raises what the server refuses', async () => {
    const attempt = transcribe(
      { transcription: { model: 'gpt-live-transcribe' }, turn_detection: null },
      () => undefined,
      'session.updated',
    );
    await assert.rejects(attempt, /gpt-live-transcribe.*does not exist/);
  });

  test('uploads a file, and gets the text whole or in pieces', async () => {
    const file = () => readFile(speechFile).then((bytes) => toFile(bytes, 'speech.flac'));
    const model = endpoint.model;
    const answer = await client.audio.transcriptions.create({ file: await file(), model });
    assertHeard(answer.text);
    // The package has no types for what vLLM adds to the request and for its chunks.
    const request = { file: await file(), model, stream: true, stream_include_usage: true };
    const stream = (await client.audio.transcriptions.create(
      request as unknown as Parameters<typeof client.audio.transcriptions.create>[0],
    )) as unknown as AsyncIterable<{
      choices: { delta: { content: string } }[];
      usage?: { completion_tokens: number };
    }>;
    let heard = '';
    let tokens = 0;
    for await (const { choices, usage } of stream) {
      heard += choices[0]?.delta.content ?? '';
      tokens = usage?.completion_tokens ?? tokens;
    }
    assert.equal(heard, answer.text);
    assert.ok(tokens > 5);
    const unknown = client.audio.transcriptions.create({ file: await file(), model: 'whisper-1' });
    await assert.rejects(unknown, { status: 404 });
  });
});
