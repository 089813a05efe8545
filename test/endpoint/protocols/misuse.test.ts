// What goes wrong, in each protocol that the embedded endpoint speaks beside vLLM's.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { loadPcm } from '../../../src/audio/loadPcm.ts';
import { RunningEndpoint } from '../support/runningEndpoint.ts';
import { appendEvent, bytesOf, wavFile, WireClient } from '../support/wireClient.ts';
import type { Message } from '../support/wireClient.ts';

const speechFile = path.join(import.meta.dirname, '../../../samples/speech/kitchen-lights.flac');
const expected = /lights in the kitchen/i;
const commit = { type: 'input_audio_buffer.commit' };
const maxSessions = 2;

function update(input: object): Message {
  return { type: 'session.update', session: { type: 'transcription', audio: { input } } };
}

describe('embedded endpoint: misuse of its protocols', () => {
  let endpoint: RunningEndpoint;
  let speech: Int16Array;
  let speech24: Int16Array;

  before(async () => {
    ({ samples: speech } = await loadPcm(speechFile, 16_000));
    ({ samples: speech24 } = await loadPcm(speechFile, 24_000));
    endpoint = await RunningEndpoint.start(maxSessions);
  });
  after(() => endpoint.stop());

  async function withClient(
    protocol: 'openai' | 'sglang' | 'sglangM1' | 'vosk',
    use: (client: WireClient) => Promise<void>,
  ): Promise<void> {
    const client = await WireClient.connect(endpoint.urls[protocol]);
    try {
      await use(client);
    } finally {
      client.vanish();
    }
    await endpoint.sessions(0);
  }

  interface Upload {
    fields?: Record<string, string>;
    file?: Uint8Array | null;
    signal?: AbortSignal;
  }

  function upload({ fields = {}, file, signal }: Upload = {}): Promise<Response> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const bytes = file === undefined ? wavFile(speech, 16_000) : file;
    if (bytes !== null) form.append('file', new Blob([Uint8Array.from(bytes)]), 'speech.wav');
    return fetch(endpoint.urls.upload, { method: 'POST', body: form, signal: signal ?? null });
  }

  it('OpenAI: answers errors in its envelope, and transcribes after them', async () => {
    await withClient('openai', async (client) => {
      await client.nextOf('session.created');
      const cases: [Message | string, string][] = [
        ['{', 'invalid_json'],
        [{ type: 'response.create' }, 'invalid_value'],
        [commit, 'input_audio_buffer_commit_empty'],
        [{ type: 'input_audio_buffer.append', audio: 'AAAA' }, 'invalid_value'],
        [update({ transcription: { model: 'gpt-transcribe' } }), 'model_not_found'],
        [update({ format: { type: 'audio/pcm', rate: 16_000 } }), 'invalid_value'],
      ];
      for (const [message, code] of cases) {
        client.send(message);
        assert.equal((await client.error()).code, code);
      }
      client.send(update({ turn_detection: null }), appendEvent(speech24), commit);
      const done = await client.nextOf('conversation.item.input_audio_transcription.completed');
      assert.match(String(done.transcript), expected);
    });
  });

  it('OpenAI: makes an item of each turn', async () => {
    await withClient('openai', async (client) => {
      const silence = new Int16Array(24_000);
      client.send(...[speech24, silence, speech24, silence].map(appendEvent));
      const ids: unknown[] = [];
      for (let count = 0; count < 2; count += 1) {
        const started = await client.nextOf('input_audio_buffer.speech_started');
        const done = await client.nextOf('conversation.item.input_audio_transcription.completed');
        assert.match(String(done.transcript), expected);
        ids.push(started.item_id, done.item_id);
      }
      const committed = client.messages.filter(
        ({ type }) => type === 'input_audio_buffer.committed',
      );
      assert.deepEqual(
        ids.toSorted(),
        committed.flatMap((one) => [one.item_id, one.item_id]).toSorted(),
      );
      assert.equal(committed[1]?.previous_item_id, committed[0]?.item_id);
    });
  });

  it('SGLang: wants its configuration first, and closes on a minute of audio', async () => {
    await withClient('sglang', async (client) => {
      client.send(appendEvent(speech), commit, update({ transcription: { model: 'other' } }));
      client.send(update({ turn_detection: { type: 'server_vad' } }), Buffer.alloc(2));
      for (const code of [
        'invalid_state',
        'invalid_state',
        'model_not_found',
        'not_supported',
        'invalid_payload',
      ]) {
        assert.equal((await client.error()).code, code);
      }
      client.send(update({ format: { type: 'audio/pcm', rate: 16_000 } }));
      client.send(appendEvent(speech), commit, appendEvent(new Int16Array(61 * 16_000)));
      const done = await client.nextOf('conversation.item.input_audio_transcription.completed');
      assert.match(String(done.transcript), expected);
      assert.equal((await client.error()).code, 'buffer_overflow');
      assert.equal((await client.closed()).code, 1009);
    });
  });

  it('SGLang M1: names what is out of order, and closes after the final text', async () => {
    await withClient('sglangM1', async (client) => {
      client.send(bytesOf(speech), { type: 'session.start' }, Buffer.alloc(3), { type: 'x' });
      for (const code of ['invalid_state', 'invalid_audio_format', 'unknown_message']) {
        assert.equal((await client.error()).code, code);
      }
      client.send(bytesOf(speech), { type: 'session.end' });
      assert.match(String((await client.nextOf('transcript.final')).text), expected);
      assert.equal((await client.closed()).code, 1000);
    });
    await withClient('sglangM1', async (client) => {
      client.send({ type: 'session.end' });
      assert.equal((await client.error()).code, 'invalid_state');
      await client.closed();
    });
  });

  it('Vosk: replies once a message and closes after the end, or on nonsense', async () => {
    await withClient('vosk', async (client) => {
      client.send({ config: { sample_rate: 16_000 } });
      const size = 3200;
      let texts = '';
      for (let start = 0; start < speech.length; start += size) {
        client.send(bytesOf(speech.subarray(start, start + size)));
        const reply = await client.next();
        assert.ok('partial' in reply || 'text' in reply);
        texts += 'text' in reply ? `${String(reply.text)} ` : '';
      }
      client.send('{"eof" : 1}');
      texts += String((await client.next()).text);
      assert.match(texts, expected);
      assert.equal((await client.closed()).code, 1000);
      const chunks = Math.ceil(speech.length / size);
      assert.equal(client.messages.length, chunks + 1);
    });
    for (const nonsense of ['{"eof":1}', '{"config": {"model": "other"}}', '{"config']) {
      await withClient('vosk', async (client) => {
        client.send(nonsense);
        assert.equal((await client.closed()).code, 1011);
      });
    }
  });

  it('upload: takes other rates and containers, and gives plain text', async () => {
    const telephone = await loadPcm(speechFile, 8000);
    const wav = await upload({ file: wavFile(telephone.samples, 8000) });
    const { text, usage } = (await wav.json()) as { text: string; usage: unknown };
    assert.match(text, /lights|kitchen/i);
    assert.deepEqual(usage, {
      type: 'duration',
      seconds: Math.ceil(telephone.samples.length / 8000),
    });
    const flac = await upload({
      file: await readFile(speechFile),
      fields: { model: endpoint.model, response_format: 'text' },
    });
    assert.match(flac.headers.get('content-type') ?? '', /^text\/plain/);
    assert.match(await flac.text(), expected);
  });

  it('upload: refuses what it cannot use as vLLM does', async () => {
    const cases: [Upload, number, string][] = [
      [{ fields: { model: 'other' } }, 404, 'NotFoundError'],
      [{ fields: { stream_include_usage: 'true' } }, 400, 'BadRequestError'],
      [{ fields: { stream: 'maybe' } }, 400, 'BadRequestError'],
      [{ fields: { response_format: 'srt' } }, 400, 'BadRequestError'],
      [{ file: null, fields: { file: 'text' } }, 400, 'BadRequestError'],
      [{ file: null }, 400, 'BadRequestError'],
      [{ file: Buffer.from('this is no audio at all') }, 400, 'BadRequestError'],
      [{ file: wavFile(new Int16Array(0), 16_000) }, 400, 'BadRequestError'],
      [{ file: Buffer.alloc(26 * 1024 * 1024 + 1) }, 400, 'BadRequestError'],
    ];
    for (const [request, status, type] of cases) {
      const response = await upload(request);
      assert.equal(response.status, status);
      const { error } = (await response.json()) as { error: Record<string, unknown> };
      assert.equal(error.type, type);
      assert.equal(error.code, status);
    }
    const got = await fetch(endpoint.urls.upload);
    assert.equal(got.status, 405);
    assert.equal(got.headers.get('allow'), 'POST');
    const json = await fetch(endpoint.urls.upload, { method: 'POST', body: '{}' });
    assert.equal(json.status, 400);
    await endpoint.sessions(0);
  });

  it('counts sessions of all kinds together', async () => {
    const vosk = await WireClient.connect(endpoint.urls.vosk);
    const m1 = await WireClient.connect(endpoint.urls.sglangM1);
    await endpoint.sessions(2);
    const refused = await upload();
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get('retry-after'), '1');
    assert.match(await refused.text(), /too_many_sessions/);
    for (const url of [endpoint.urls.openai, endpoint.urls.vllm, endpoint.urls.sglang]) {
      const socket = new WebSocket(url);
      socket.on('error', () => undefined);
      const [, response] = (await once(socket, 'unexpected-response')) as [
        unknown,
        { statusCode: number; headers: Record<string, string> },
      ];
      assert.equal(response.statusCode, 503);
      assert.equal(response.headers['retry-after'], '1');
      socket.terminate();
    }
    await m1.close();
    const taken = await upload();
    assert.match(((await taken.json()) as { text: string }).text, expected);
    await vosk.close();
    await endpoint.sessions(0);
  });

  it('frees the session of a client that vanishes half-way', async () => {
    const begun: Record<'openai' | 'sglang' | 'sglangM1' | 'vosk', (Message | Uint8Array)[]> = {
      openai: [appendEvent(speech24), commit],
      sglang: [update({}), appendEvent(speech24), commit],
      sglangM1: [{ type: 'session.start' }, bytesOf(speech), { type: 'session.end' }],
      vosk: [bytesOf(speech)],
    };
    for (const [protocol, messages] of Object.entries(begun)) {
      await withClient(protocol as keyof typeof begun, async (client) => {
        client.send(...messages);
        await sleep(50);
      });
    }
    const cancel = new AbortController();
    const cancelled = upload({ fields: { stream: 'true' }, signal: cancel.signal });
    await endpoint.sessions(1);
    cancel.abort();
    await assert.rejects(cancelled);
    await endpoint.sessions(0);
    // The recogniser has nothing left of them to do.
    const again = await upload();
    assert.match(((await again.json()) as { text: string }).text, expected);
  });
});
