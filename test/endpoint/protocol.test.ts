import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { loadPcm } from '../../src/audio/loadPcm.ts';
import { startEmbeddedEndpoint } from '../../src/endpoint/startEmbeddedEndpoint.ts';
import type { EmbeddedEndpoint } from '../../src/endpoint/startEmbeddedEndpoint.ts';
import {
  append,
  finalCommit,
  RealtimeClient,
  selectModel,
  startCommit,
} from './support/realtimeClient.ts';

const maxSessions = 2;
const speechFile = path.join(import.meta.dirname, '../../samples/speech/kitchen-lights.flac');
const silence = new Int16Array(8000);

describe('embedded endpoint: protocol', () => {
  let endpoint: EmbeddedEndpoint;
  let speech: Int16Array;
  const clients: RealtimeClient[] = [];

  before(async () => {
    ({ samples: speech } = await loadPcm(speechFile, 16_000));
    endpoint = await startEmbeddedEndpoint({ maxSessions, runtime: 'wasm' });
  });
  after(() => endpoint.stop());

  async function connect(): Promise<RealtimeClient> {
    const client = await RealtimeClient.connect(endpoint.url);
    clients.push(client);
    await client.next('session.created');
    return client;
  }

  /** A session with its model selected; closed again after `use`. */
  async function withSession(use: (client: RealtimeClient) => Promise<void>): Promise<void> {
    const client = await connect();
    try {
      client.send(selectModel(endpoint.model));
      await use(client);
    } finally {
      await client.close();
    }
  }

  function get(pathName: string): Promise<Response> {
    const url = new URL(pathName, endpoint.url.replace('ws:', 'http:'));
    return fetch(url);
  }

  async function openSessions(): Promise<number> {
    const health = (await (await get('/health')).json()) as { sessions: number };
    return health.sessions;
  }

  async function waitForSessions(count: number): Promise<void> {
    for (let tries = 0; tries < 100 && (await openSessions()) !== count; tries += 1)
      await sleep(20);
    assert.equal(await openSessions(), count);
  }

  it('lists its one model with what it runs on', async () => {
    const models = (await (await get('/v1/models')).json()) as {
      object: string;
      data: Record<string, unknown>[];
    };
    assert.equal(models.object, 'list');
    assert.equal(models.data.length, 1);
    const [model] = models.data;
    assert.equal(model?.id, 'moonshine-tiny-en');
    assert.equal(model.object, 'model');
    assert.equal(model.runtime, 'wasm');
    assert.equal(model.maxSessions, maxSessions);
    assert.match(String(model.modelSha256), /^[0-9a-f]{64}$/);
    assert.ok(Number(model.modelLoadMs) > 0);
  });

  it('answers other requests with a status and a JSON error', async () => {
    for (const [pathName, status] of [
      ['/nothing', 404],
      ['/v1/realtime', 426],
    ] as const) {
      const response = await get(pathName);
      assert.equal(response.status, status);
      const body = (await response.json()) as { error: { message: string; code: string } };
      assert.ok(body.error.message.length > 0 && body.error.code.length > 0);
    }
    const posted = await fetch(endpoint.url.replace('ws:', 'http:').replace('realtime', 'models'), {
      method: 'POST',
    });
    assert.equal(posted.status, 405);
    assert.equal(posted.headers.get('allow'), 'GET');
  });

  it('greets first', async () => {
    const client = await connect();
    const [greeting] = client.events;
    assert.equal(greeting?.type, 'session.created');
    assert.match(String(greeting.id), /^sess-[0-9a-f]+$/);
    assert.ok(Math.abs(Number(greeting.created) - Date.now() / 1000) < 5);
    await client.close();
  });

  it('transcribes, and its done text is what the deltas said', async () => {
    await withSession(async (client) => {
      client.send(startCommit, append(speech), finalCommit);
      const done = await client.next('transcription.done');
      const deltas = client.events.filter((event) => event.type === 'transcription.delta');
      assert.equal(deltas.map((event) => String(event.delta)).join(''), done.text);
      assert.match(String(done.text), /lights in the kitchen/i);
      const usage = done.usage as Record<string, number>;
      assert.ok(usage.completion_tokens! > 5);
      assert.equal(usage.total_tokens, usage.prompt_tokens! + usage.completion_tokens!);
    });
  });

  it('takes audio that came before the start, and the end mark too', async () => {
    await withSession(async (client) => {
      client.send(append(speech), finalCommit, startCommit);
      assert.match(String((await client.next('transcription.done')).text), /kitchen/i);
    });
  });

  it('says nothing to a final commit alone, and answers an empty utterance', async () => {
    await withSession(async (client) => {
      client.send(finalCommit);
      await sleep(300);
      assert.equal(client.events.length, 1);
      client.send(startCommit);
      assert.equal((await client.next('transcription.done')).text, '');
    });
  });

  it('takes several utterances, each with a start of its own', async () => {
    await withSession(async (client) => {
      for (const expected of [/kitchen/i, /^$/, /kitchen/i]) {
        const audio = expected.source === '^$' ? silence : speech;
        client.send(startCommit, append(audio), finalCommit);
        assert.match(String((await client.next('transcription.done')).text), expected);
      }
    });
  });

  it('reports each kind of bad message with its code and goes on', async () => {
    const client = await connect();
    const cases: [object | string, string][] = [
      ['{"type"', 'invalid_json'],
      [{ type: 'response.create' }, 'unknown_event'],
      [{ type: 'session.update', session: { model: endpoint.model } }, 'invalid_event'],
      [selectModel('whisper-1'), 'model_not_found'],
      [startCommit, 'model_not_validated'],
      [finalCommit, 'model_not_validated'],
      [{ type: 'input_audio_buffer.append', audio: '' }, 'invalid_audio'],
      [{ type: 'input_audio_buffer.append', audio: 'AAAA' }, 'invalid_audio'],
      [{ type: 'input_audio_buffer.append', audio: '%%%%' }, 'invalid_audio'],
    ];
    for (const [message, code] of cases) {
      client.send(message);
      const event = await client.next('error');
      assert.equal(event.code, code);
      assert.equal(typeof event.error, 'string');
    }
    client.send(selectModel(endpoint.model), startCommit, append(silence), finalCommit);
    await client.next('transcription.done');
    await client.close();
  });

  it('ends an utterance of more than an hour with processing_error', async () => {
    await withSession(async (client) => {
      client.send(startCommit);
      const fiveMinutes = append(new Int16Array(5 * 60 * 16_000));
      for (let count = 0; count < 12; count += 1) client.send(fiveMinutes);
      client.send(append(silence));
      const event = await client.next('error', 60_000);
      assert.equal(event.code, 'processing_error');
      client.send(startCommit, append(silence), finalCommit);
      await client.next('transcription.done');
    });
  });

  it('closes on a binary frame and on a message over 16 MiB', async () => {
    const binary = await connect();
    binary.sendBinary(Buffer.alloc(4));
    assert.equal(await binary.closed(), 1003);
    const oversize = await connect();
    oversize.send(`"${'x'.repeat(16 * 1024 * 1024)}"`);
    assert.equal(await oversize.closed(), 1009);
  });

  it('refuses sessions over its limit with 503, and takes them once one has gone', async () => {
    await waitForSessions(0);
    const open = await Promise.all(Array.from({ length: maxSessions }, connect));
    const refusal = await refusedUpgrade(endpoint.url);
    assert.equal(refusal.status, 503);
    assert.equal(refusal.retryAfter, '1');
    assert.match(refusal.message, /already serves 2 sessions/);
    await open[0]?.close();
    await waitForSessions(maxSessions - 1);
    await (await connect()).close();
    await open[1]?.close();
  });

  it('has room for the next session as soon as one has said goodbye', async () => {
    await waitForSessions(0);
    const other = await connect();
    for (let count = 0; count < 30; count += 1) await (await connect()).close();
    await other.close();
  });

  it('refuses a WebSocket elsewhere with 404', async () => {
    const refusal = await refusedUpgrade(endpoint.url.replace('realtime', 'other'));
    assert.equal(refusal.status, 404);
  });

  it('forgets the utterance of a client that vanishes', async () => {
    const client = await connect();
    client.send(selectModel(endpoint.model), startCommit, append(speech));
    client.vanish();
    await waitForSessions(0);
    await withSession(async (next) => {
      next.send(startCommit, append(speech), finalCommit);
      assert.match(String((await next.next('transcription.done')).text), /kitchen/i);
    });
  });
});

async function refusedUpgrade(
  url: string,
): Promise<{ status: number; retryAfter: string | undefined; message: string }> {
  const socket = new WebSocket(url);
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [
    ReturnType<typeof request>,
    IncomingMessage,
  ];
  let body = '';
  for await (const part of response) body += String(part);
  const { error } = JSON.parse(body) as { error: { message: string } };
  return {
    status: response.statusCode ?? 0,
    retryAfter: response.headers['retry-after'],
    message: error.message,
  };
}
