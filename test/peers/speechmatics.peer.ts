// The official client of Speechmatics and the package that gets its temporary keys, against the
// scripted server, and what they say compared with what RTBench says.
import assert from 'node:assert/strict';
import { json } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { createSpeechmaticsJWT } from '@speechmatics/auth';
import { RealtimeClient } from '@speechmatics/real-time-client';
import { speechmatics } from '../../src/dialects/protocols/speechmatics.ts';
import { clientMessages } from '../support/dialects/clientMessages.ts';
import { runAgainst } from '../support/dialects/describeDialect.ts';
import { startDialectServer } from '../support/dialects/dialectServer.ts';
import type { DialectServerKind, RunningDialectServer } from '../support/dialects/dialectServer.ts';
import { speechmaticsServer } from '../support/dialects/speechmaticsServer.ts';
import { testAudio } from '../support/testSession.ts';

const apiKey = 'sm-peer-0123456789';
const text = 'the quick brown fox';
const { samples } = testAudio(500);
const pcm = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
const chunkBytes = 3200;

async function transcribe(server: RunningDialectServer): Promise<string> {
  const managementPlatformURL = `${server.url.replace('ws', 'http')}/v1`;
  const jwt = await createSpeechmaticsJWT({ type: 'rt', apiKey, managementPlatformURL });
  // The client never takes its timers back, and the process waits for them.
  const client = new RealtimeClient({ url: `${server.url}/v2`, connectionTimeout: 2000 });
  let transcript = '';
  client.addEventListener('receiveMessage', ({ data }) => {
    if (data.message === 'AddTranscript') transcript += data.metadata.transcript;
  });
  const allAcknowledged = new Promise<void>((resolve) => {
    client.addEventListener('receiveMessage', ({ data }) => {
      if (data.message === 'AudioAdded' && data.seq_no === pcm.length / chunkBytes) resolve();
    });
  });
  await client.start(jwt, {
    audio_format: { type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000 },
    transcription_config: { language: 'en', model: 'enhanced', enable_partials: true },
  });
  for (let at = 0; at < pcm.length; at += chunkBytes) {
    client.sendAudio(pcm.subarray(at, at + chunkBytes));
  }
  // The client counts the messages it knows to have arrived, RTBench those it sent.
  await allAcknowledged;
  await client.stopRecognition();
  return transcript;
}

/** Ours, with a temporary key got as the package gets it. */
async function ours() {
  const { trace, server } = await runAgainst(
    {
      dialect: speechmatics,
      start: (script) => startDialectServer(speechmaticsServer, script),
      model: 'enhanced',
      options: { auth: 'exchange', tokenUrl: '/v1/api_keys?type=rt' },
      hasKey: true,
    },
    { apiKey, session: { apiKey } },
  );
  assert.equal(trace.failure, null);
  assert.deepEqual(server.violations, []);
  return server;
}

function addresses({ requests }: RunningDialectServer): string[] {
  return requests.map(({ method, url, headers }) => {
    return `${method} ${url} ${headers['content-type'] ?? ''} ${headers.authorization ?? ''}`;
  });
}

describe('the packages of Speechmatics', () => {
  test('are understood by the scripted server, and say what RTBench says', async () => {
    const server = await startDialectServer(speechmaticsServer, { apiKey });
    try {
      assert.equal((await transcribe(server)).trim(), text);
      assert.deepEqual(server.violations, []);
      assert.deepEqual(server.pcm(), pcm);
      const own = await ours();
      assert.deepEqual(clientMessages(server.wire[0] ?? []), clientMessages(own.wire[0] ?? []));
      assert.deepEqual(addresses(server), addresses(own));
    } finally {
      await server.close();
    }
  });

  test('ask for a temporary key in the same words', async () => {
    const bodies: unknown[] = [];
    const asked: DialectServerKind = {
      ...speechmaticsServer,
      http(request, response) {
        void json(request).then((body) => {
          bodies.push(body);
          response.writeHead(201).end('{"key_value":"a.b.c"}');
        });
        return true;
      },
    };
    const server = await startDialectServer(asked);
    try {
      const url = `${server.url}/v2`;
      const options = { auth: 'exchange', tokenUrl: '/v1/api_keys?type=rt' };
      const settings = { url, model: null, language: null, options };
      const request = speechmatics.request(settings, apiKey);
      assert.ok(request.transport === 'exchange');
      bodies.push(JSON.parse(request.body));
      const managementPlatformURL = `${server.url.replace('ws', 'http')}/v1`;
      const jwt = await createSpeechmaticsJWT({ type: 'rt', apiKey, managementPlatformURL });
      assert.equal(jwt, 'a.b.c');
      assert.deepEqual(bodies[1], bodies[0]);
    } finally {
      await server.close();
    }
  });

  test('are told that the key is wrong', async () => {
    const server = await startDialectServer(speechmaticsServer, { apiKey: 'another' });
    try {
      await assert.rejects(transcribe(server), { type: 'Unauthorized' });
    } finally {
      await server.close();
    }
  });
});
