// The official client of AssemblyAI against the scripted server, and what it says compared with what
// RTBench says. The client speaks TLS only, so a TLS server stands before the scripted one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { Server } from 'node:tls';
import { AssemblyAI } from 'assemblyai';
import { assemblyAi } from '../../src/dialects/protocols/assemblyAi.ts';
import { assemblyAiServer } from '../support/dialects/assemblyAiServer.ts';
import { clientMessages } from '../support/dialects/clientMessages.ts';
import { runAgainst } from '../support/dialects/describeDialect.ts';
import { startDialectServer } from '../support/dialects/dialectServer.ts';
import type { RunningDialectServer } from '../support/dialects/dialectServer.ts';
import { requestParameters } from '../support/dialects/requestParameters.ts';
import { testAudio } from '../support/testSession.ts';

const apiKey = 'aai-peer-0123456789';
const { samples } = testAudio(500);
const pcm = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
const chunkBytes = 3200;

function pemOf(name: string): string {
  return readFileSync(path.join(import.meta.dirname, '..', 'fixtures', 'tls', name), 'utf8');
}

const cert = pemOf('selfSigned.cert.pem');
const key = pemOf('selfSigned.key.pem');
const ownCertificates = getCACertificates();

before(() => {
  setDefaultCACertificates([...ownCertificates, cert]);
});
after(() => {
  setDefaultCACertificates(ownCertificates);
});

/** Passes what comes over TLS on to the server. */
async function startTls(server: RunningDialectServer): Promise<{ front: Server; url: string }> {
  const port = Number(new URL(server.url).port);
  const front = createServer({ cert, key }, (outer) => {
    const inner = connect(port, '127.0.0.1');
    outer.pipe(inner).pipe(outer);
    for (const [one, other] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      one.on('error', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => {
    front.listen(0, '127.0.0.1', resolve);
  });
  return { front, url: `wss://127.0.0.1:${(front.address() as AddressInfo).port}/v3/ws` };
}

/** The formatted turns that the client hears. */
async function transcribe(server: RunningDialectServer): Promise<string[]> {
  const { front, url } = await startTls(server);
  try {
    const client = new AssemblyAI({ apiKey });
    const transcriber = client.streaming.transcriber({
      websocketBaseUrl: url,
      sampleRate: 16_000,
      encoding: 'pcm_s16le',
      speechModel: 'universal-streaming-english',
      formatTurns: true,
      maxConnectionRetries: 0,
      connectTimeout: 5000,
    });
    const turns: string[] = [];
    transcriber.on('turn', ({ end_of_turn, turn_is_formatted, transcript }) => {
      if (end_of_turn && turn_is_formatted) turns.push(transcript);
    });
    await transcriber.connect();
    for (let at = 0; at < pcm.length; at += chunkBytes) {
      transcriber.sendAudio(Uint8Array.from(pcm.subarray(at, at + chunkBytes)).buffer);
    }
    // Waits for the session's end.
    await transcriber.close();
    return turns;
  } finally {
    front.close();
  }
}

describe('the assemblyai package', () => {
  test('is understood by the scripted server, and says what RTBench says', async () => {
    const server = await startDialectServer(assemblyAiServer, { apiKey });
    try {
      const turns = await transcribe(server);
      assert.deepEqual(turns, ['The quick.', 'Brown fox.']);
      assert.deepEqual(server.violations, []);
      assert.deepEqual(server.pcm(), pcm);
      const start = () => startDialectServer(assemblyAiServer, { apiKey });
      const { trace, server: own } = await runAgainst(
        { dialect: assemblyAi, start, hasKey: true },
        { session: { apiKey } },
      );
      assert.equal(trace.failure, null);
      assert.deepEqual(own.violations, []);
      assert.deepEqual(clientMessages(server.wire[0] ?? []), clientMessages(own.wire[0] ?? []));
      const [theirs, ours] = [server.requests[0]!, own.requests[0]!];
      assert.deepEqual(requestParameters(theirs), requestParameters(ours));
      assert.equal(theirs.headers.authorization, ours.headers.authorization);
    } finally {
      await server.close();
    }
  });

  test('is told that the key is wrong', async () => {
    const server = await startDialectServer(assemblyAiServer, { apiKey: 'another' });
    try {
      await assert.rejects(transcribe(server), /401/);
    } finally {
      await server.close();
    }
  });
});
