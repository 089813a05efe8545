// The official client of Deepgram, for both its protocols, against the scripted servers, and what it
// says compared with what RTBench says.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DeepgramClient } from '@deepgram/sdk';
import type { Dialect } from '../../src/dialects/dialect.ts';
import { deepgram } from '../../src/dialects/protocols/deepgram.ts';
import { deepgramFlux } from '../../src/dialects/protocols/deepgramFlux.ts';
import { clientMessages } from '../support/dialects/clientMessages.ts';
import { deepgramFluxServer } from '../support/dialects/deepgramFluxServer.ts';
import { deepgramServer } from '../support/dialects/deepgramServer.ts';
import { runAgainst } from '../support/dialects/describeDialect.ts';
import { startDialectServer } from '../support/dialects/dialectServer.ts';
import type { DialectServerKind, RunningDialectServer } from '../support/dialects/dialectServer.ts';
import { requestParameters } from '../support/dialects/requestParameters.ts';
import { testAudio } from '../support/testSession.ts';

const apiKey = 'dg-peer-0123456789';
const text = 'the quick brown fox';
const { samples } = testAudio(500);
const pcm = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);

interface Heard {
  finals: string[];
  /** The code that the connection was closed with. */
  code: number;
}

/** What the sockets of both protocols have in common. */
interface Socket {
  sendMedia(chunk: Uint8Array): void;
  sendCloseStream(message: { type: 'CloseStream' }): void;
}

function speak(socket: Socket, chunkBytes: number): void {
  for (let at = 0; at < pcm.length; at += chunkBytes) {
    socket.sendMedia(pcm.subarray(at, at + chunkBytes));
  }
  socket.sendCloseStream({ type: 'CloseStream' });
}

async function transcribe(server: RunningDialectServer, key: string): Promise<Heard> {
  const client = new DeepgramClient({ apiKey: key, baseUrl: server.url });
  const socket = await client.listen.v1.createConnection({
    model: 'nova-3',
    encoding: 'linear16',
    sample_rate: 16_000,
    channels: 1,
    interim_results: 'true',
    vad_events: 'true',
    reconnectAttempts: 0,
  });
  const finals: string[] = [];
  socket.on('message', (message) => {
    if (message.type !== 'Results' || !message.is_final) return;
    const said = message.channel.alternatives[0]?.transcript ?? '';
    if (said !== '') finals.push(said);
  });
  socket.on('open', () => {
    speak(socket, 3200);
  });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', ({ code }) => {
      resolve({ finals, code });
    });
    socket.connect();
  });
}

async function transcribeTurns(server: RunningDialectServer, key: string): Promise<Heard> {
  const client = new DeepgramClient({ apiKey: key, baseUrl: server.url });
  const socket = await client.listen.v2.createConnection({
    model: 'flux-general-en',
    encoding: 'linear16',
    sample_rate: 16_000,
    reconnectAttempts: 0,
  });
  const finals: string[] = [];
  socket.on('message', (message) => {
    if (message.type === 'Connected') speak(socket, 2560);
    if (message.type === 'TurnInfo' && message.event === 'EndOfTurn') {
      finals.push(message.transcript);
    }
  });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', ({ code }) => {
      resolve({ finals, code });
    });
    socket.connect();
  });
}

interface Compared {
  name: string;
  kind: DialectServerKind;
  dialect: Dialect;
  chunkMs: number;
  peer: typeof transcribe;
}

const compared: Compared[] = [
  { name: 'v1', kind: deepgramServer, dialect: deepgram, chunkMs: 100, peer: transcribe },
  {
    name: 'v2',
    kind: deepgramFluxServer,
    dialect: deepgramFlux,
    chunkMs: 80,
    peer: transcribeTurns,
  },
];

for (const { name, kind, dialect, chunkMs, peer } of compared) {
  describe(`the @deepgram/sdk package, listen.${name}`, () => {
    test('is understood by the scripted server, and says what RTBench says', async () => {
      const server = await startDialectServer(kind, { apiKey });
      try {
        const { finals, code } = await peer(server, apiKey);
        assert.equal(finals.join(' '), text);
        assert.equal(code, 1000);
        assert.deepEqual(server.violations, []);
        assert.deepEqual(server.pcm(), pcm);
        const start = () => startDialectServer(kind, { apiKey });
        const { trace, server: own } = await runAgainst(
          { dialect, start, chunkMs, hasKey: true },
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

    // It does not say so, but closes its connection that never was.
    test('hears nothing with a wrong key', async () => {
      const server = await startDialectServer(kind, { apiKey: 'another' });
      try {
        const { finals } = await peer(server, apiKey);
        assert.deepEqual(finals, []);
        assert.deepEqual([server.requests.length, server.wire.length], [1, 0]);
      } finally {
        await server.close();
      }
    });
  });
}
