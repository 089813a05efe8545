// The official client of Gladia against the scripted server, and what it says compared with what
// RTBench says.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GladiaClient } from '@gladiaio/sdk';
import { gladia } from '../../src/dialects/protocols/gladia.ts';
import { clientMessages } from '../support/dialects/clientMessages.ts';
import { runAgainst } from '../support/dialects/describeDialect.ts';
import { startDialectServer } from '../support/dialects/dialectServer.ts';
import type { RunningDialectServer } from '../support/dialects/dialectServer.ts';
import { gladiaServer, gladiaSessionRequests } from '../support/dialects/gladiaServer.ts';
import { testAudio } from '../support/testSession.ts';

const apiKey = 'gl-peer-0123456789';
const text = 'the quick brown fox';
const { samples } = testAudio(500);
const pcm = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
const chunkBytes = 3200;

interface Heard {
  finals: string[];
  /** The code that the connection was closed with. */
  code: number;
}

function transcribe(server: RunningDialectServer, key: string): Promise<Heard> {
  const client = new GladiaClient({
    apiKey: key,
    apiUrl: server.url.replace('ws', 'http'),
    httpRetry: { maxAttempts: 1 },
  });
  const session = client.liveV2().startSession({
    encoding: 'wav/pcm',
    bit_depth: 16,
    sample_rate: 16_000,
    channels: 1,
    model: 'solaria-1',
    messages_config: {
      receive_partial_transcripts: true,
      receive_final_transcripts: true,
      receive_speech_events: true,
      receive_acknowledgments: true,
      receive_errors: true,
      receive_lifecycle_events: true,
    },
  });
  const finals: string[] = [];
  session.on('message', (message) => {
    if (message.type === 'transcript' && message.data.is_final) {
      finals.push(message.data.utterance.text);
    }
  });
  session.once('connected', () => {
    for (let at = 0; at < pcm.length; at += chunkBytes) {
      session.sendAudio(pcm.subarray(at, at + chunkBytes));
    }
    session.stopRecording();
  });
  return new Promise((resolve, reject) => {
    session.on('error', reject);
    session.once('ended', ({ code }) => {
      resolve({ finals, code });
    });
  });
}

describe('the @gladiaio/sdk package', () => {
  test('is understood by the scripted server, and says what RTBench says', async () => {
    const server = await startDialectServer(gladiaServer, { apiKey });
    try {
      const { finals, code } = await transcribe(server, apiKey);
      assert.equal(finals.join(' '), text);
      assert.equal(code, 1000);
      assert.deepEqual(server.violations, []);
      assert.deepEqual(server.pcm(), pcm);
      const { trace, server: own } = await runAgainst(
        {
          dialect: gladia,
          start: (script) => startDialectServer(gladiaServer, script),
          hasKey: true,
        },
        { apiKey, session: { apiKey } },
      );
      assert.equal(trace.failure, null);
      assert.deepEqual(own.violations, []);
      assert.deepEqual(clientMessages(server.wire[0] ?? []), clientMessages(own.wire[0] ?? []));
      assert.deepEqual(gladiaSessionRequests(server), gladiaSessionRequests(own));
    } finally {
      await server.close();
    }
  });

  test('is told that the key is wrong', async () => {
    const server = await startDialectServer(gladiaServer, { apiKey: 'another' });
    try {
      await assert.rejects(transcribe(server, apiKey), /401/);
    } finally {
      await server.close();
    }
  });
});
