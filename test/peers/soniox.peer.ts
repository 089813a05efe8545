// The official client of Soniox against the scripted server, and what it says compared with what
// RTBench says. The client still has its key in the first message, which RTBench does if told to.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SonioxNodeClient } from '@soniox/node';
import { soniox } from '../../src/dialects/protocols/soniox.ts';
import { clientMessages } from '../support/dialects/clientMessages.ts';
import { runAgainst } from '../support/dialects/describeDialect.ts';
import { startDialectServer } from '../support/dialects/dialectServer.ts';
import type { RunningDialectServer } from '../support/dialects/dialectServer.ts';
import { sonioxServerWithKeyInConfig } from '../support/dialects/sonioxServer.ts';
import { testAudio } from '../support/testSession.ts';

const apiKey = 'sn-peer-0123456789';
const { samples } = testAudio(500);
const pcm = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
const chunkBytes = 3200;
const kind = sonioxServerWithKeyInConfig(apiKey);

interface Heard {
  text: string;
  endpoints: number;
}

async function transcribe(server: RunningDialectServer, key: string): Promise<Heard> {
  const ws_base_url = `${server.url}/transcribe-websocket`;
  const client = new SonioxNodeClient({ api_key: key, realtime: { ws_base_url } });
  const session = client.realtime.stt({
    model: 'stt-rt-v5',
    audio_format: 'pcm_s16le',
    sample_rate: 16_000,
    num_channels: 1,
    enable_endpoint_detection: true,
  });
  const heard = { text: '', endpoints: 0 };
  session.on('result', ({ tokens }) => {
    for (const { text, is_final } of tokens) if (is_final) heard.text += text;
  });
  session.on('endpoint', () => {
    heard.endpoints += 1;
  });
  // Without a listener the client throws its errors where nobody can catch them.
  session.on('error', () => undefined);
  await session.connect();
  for (let at = 0; at < pcm.length; at += chunkBytes) {
    session.sendAudio(pcm.subarray(at, at + chunkBytes));
  }
  await session.finish();
  return heard;
}

describe('the @soniox/node package', () => {
  test('is understood by the scripted server, and says what RTBench says', async () => {
    const server = await startDialectServer(kind);
    try {
      const heard = await transcribe(server, apiKey);
      assert.deepEqual(heard, { text: ' the quick brown fox', endpoints: 1 });
      assert.deepEqual(server.violations, []);
      assert.deepEqual(server.pcm(), pcm);
      const { trace, server: own } = await runAgainst(
        {
          dialect: soniox,
          start: (script) => startDialectServer(kind, script),
          options: { keyIn: 'config' },
          hasKey: true,
        },
        { session: { apiKey } },
      );
      assert.equal(trace.failure, null);
      assert.deepEqual(own.violations, []);
      assert.deepEqual(clientMessages(server.wire[0] ?? []), clientMessages(own.wire[0] ?? []));
    } finally {
      await server.close();
    }
  });

  test('is told that the key is wrong', async () => {
    const server = await startDialectServer(kind);
    try {
      await assert.rejects(transcribe(server, 'sn-wrong'), /Incorrect API key/);
    } finally {
      await server.close();
    }
  });
});
