// The scripted servers refuse what real ones refuse: a test with a server that takes everything
// would prove nothing.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EventSigner } from '../../src/transport/eventStream/eventSigner.ts';
import { payloadPart } from '../../src/transport/eventStream/messages.ts';
import { assemblyAiServer } from '../support/dialects/assemblyAiServer.ts';
import { deepgramServer } from '../support/dialects/deepgramServer.ts';
import { startDialectServer } from '../support/dialects/dialectServer.ts';
import type { DialectServerKind } from '../support/dialects/dialectServer.ts';
import { openaiRealtimeServer } from '../support/dialects/openaiRealtimeServer.ts';
import { connectRaw } from '../support/dialects/rawClient.ts';
import type { RawClient } from '../support/dialects/rawClient.ts';
import { testCredentials, testRegion } from '../support/dialects/sagemakerServer.ts';
import { sglangM1Server } from '../support/dialects/sglangM1Server.ts';
import { sglangRealtimeServer } from '../support/dialects/sglangRealtimeServer.ts';
import { sherpaOnnxServer } from '../support/dialects/sherpaOnnxServer.ts';
import { SignedStream } from '../support/dialects/signedStream.ts';
import { sonioxServer } from '../support/dialects/sonioxServer.ts';
import { voskServer } from '../support/dialects/voskServer.ts';
import { whisperLiveKitServer } from '../support/dialects/whisperLiveKitServer.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import type { ScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import type { VllmScript } from '../support/vllmScript.ts';

const json = (message: object): string => JSON.stringify(message);
const pcm = (byte: number): Buffer => Buffer.alloc(3200, byte);
const append = (byte: number): string =>
  json({ type: 'input_audio_buffer.append', audio: pcm(byte).toString('base64') });
const commit = (final?: boolean): string => json({ type: 'input_audio_buffer.commit', final });
const update = json({ type: 'session.update', model: 'test-model' });

describe('a scripted vLLM server', { concurrency: 4 }, () => {
  async function withClient(
    script: Partial<VllmScript>,
    act: (client: RawClient, server: ScriptedVllmServer) => Promise<void>,
  ): Promise<void> {
    const server = await startScriptedVllmServer(script);
    const client = await connectRaw(`${server.url}/v1/realtime`);
    try {
      await client.heard(/session\.created/);
      await act(client, server);
    } finally {
      client.close();
      await server.close();
    }
  }

  /** What it says to it comes after all that it says to what was sent before. */
  async function fence(client: RawClient): Promise<void> {
    client.send('{"type":"fence"}');
    await client.heard(/unknown_event/);
  }

  test('ignores a final commit without a start', async () => {
    await withClient({}, async (client, server) => {
      client.send(update);
      client.send(commit(true));
      await fence(client);
      assert.equal(client.said.length, 2);
      assert.equal(server.violations[0], 'the final commit came before the start commit');
    });
  });

  test('drops audio that comes between the final commit and done', async () => {
    await withClient({ finalDelayMs: 50 }, async (client, server) => {
      for (const message of [update, commit(), append(1), commit(true), append(2)]) {
        client.send(message);
      }
      await client.heard(/transcription\.done/);
      assert.deepEqual(Buffer.concat(server.connections[0]!.pcm), pcm(1));
      assert.deepEqual(server.violations, ['audio came after the final commit']);
    });
  });

  test('knows no nested session.update, and wants one', async () => {
    await withClient({}, async (client, server) => {
      client.send(json({ type: 'session.update', session: { model: 'test-model' } }));
      client.send(commit());
      await client.heard(/model_not_validated/);
      assert.match(client.said[1] ?? '', /unknown_event/);
      assert.equal(server.violations.length, 1);
    });
  });

  test('starts once, and not for audio', async () => {
    await withClient({}, async (client, server) => {
      for (const message of [update, append(1), commit(), commit()]) client.send(message);
      await fence(client);
      assert.deepEqual(server.violations.slice(0, 2), [
        'audio came before the start commit',
        'the start commit came twice',
      ]);
    });
  });
});

interface Refusal {
  name: string;
  kind: DialectServerKind;
  /** Path and query. */
  at: string;
  says: (string | Uint8Array)[];
  violation: RegExp;
  /** What the server says to it, where it says anything. */
  answer?: RegExp;
  closes?: number;
}

const assemblyAiQuery = new URLSearchParams({
  sample_rate: '16000',
  speech_model: 'universal-streaming-english',
});

const refusals: Refusal[] = [
  {
    name: 'OpenAI: audio before the configuration',
    kind: openaiRealtimeServer,
    at: '/v1/realtime?intent=transcription',
    says: [append(0)],
    violation: /audio before the configuration was taken/,
    answer: /"type":"error"/,
  },
  {
    name: 'OpenAI: a flat configuration',
    kind: openaiRealtimeServer,
    at: '/v1/realtime?intent=transcription',
    says: [update],
    violation: /session/,
    answer: /"type":"error"/,
  },
  {
    name: 'SGLang: audio before the configuration',
    kind: sglangRealtimeServer,
    at: '/v1/realtime',
    says: [append(0)],
    violation: /input_audio_buffer\.append too early/,
    answer: /invalid_state/,
  },
  {
    name: 'SGLang: a flat configuration',
    kind: sglangRealtimeServer,
    at: '/v1/realtime',
    says: [update],
    violation: /session/,
    answer: /invalid_value/,
  },
  {
    name: "SGLang's first protocol: audio before the start",
    kind: sglangM1Server(),
    at: '/v1/audio/transcriptions/stream',
    says: [pcm(0)],
    violation: /audio outside a session/,
  },
  {
    name: 'Deepgram: an empty message ends the audio',
    kind: deepgramServer,
    at: '/v1/listen?model=nova-3&encoding=linear16&sample_rate=16000',
    says: [new Uint8Array()],
    violation: /an empty audio message/,
    answer: /"Metadata"/,
    closes: 1000,
  },
  {
    name: 'Vosk: an end that is written otherwise is audio',
    kind: voskServer(),
    at: '/',
    says: ['{"config":{"sample_rate":16000}}', '{"eof":1}', '{"eof" : 1}'],
    violation: /a text that is taken for audio: \{"eof":1\}/,
    closes: 1000,
  },
  {
    name: 'Soniox: audio before the configuration',
    kind: sonioxServer,
    at: '/transcribe-websocket',
    says: [pcm(0)],
    violation: /audio, though new/,
  },
  {
    name: 'sherpa-onnx: samples of 16 bits',
    kind: sherpaOnnxServer(),
    at: '/',
    says: [Buffer.alloc(3200, 0x3f), 'Done'],
    violation: /the sample /,
    answer: /^Done!$/,
  },
  {
    name: 'sherpa-onnx: an end that is written otherwise',
    kind: sherpaOnnxServer(),
    at: '/',
    says: ['done', 'Done'],
    violation: /a text that it ignores: done/,
  },
  {
    name: 'AssemblyAI: a chunk that is too short',
    kind: assemblyAiServer,
    at: `/v3/ws?${assemblyAiQuery.toString()}`,
    says: [Buffer.alloc(640)],
    violation: /20 ms of audio/,
    answer: /Input duration violation/,
    closes: 3007,
  },
  {
    name: 'WhisperLiveKit: a text frame',
    kind: whisperLiveKitServer,
    at: '/asr',
    says: ['stop'],
    violation: /a text frame/,
    closes: 1011,
  },
];

describe('a scripted server notes what it is not told', { concurrency: 4 }, () => {
  for (const { name, kind, at, says, violation, answer, closes } of refusals) {
    test(name, async () => {
      const server = await startDialectServer(kind);
      const client = await connectRaw(server.url + at);
      try {
        for (const message of says) client.send(message);
        if (answer) await client.heard(answer);
        if (closes !== undefined) await client.heard(/(?!)/);
        if (!answer && closes === undefined) await client.pong();
        assert.ok(
          server.violations.some((each) => violation.test(each)),
          server.violations.join('; '),
        );
        if (answer) assert.match(client.said.join('\n'), new RegExp(answer, 'm'));
        if (closes !== undefined) assert.equal(client.closeCode(), closes);
      } finally {
        client.close();
        await server.close();
      }
    });
  }
});

describe('the scripted SageMaker', () => {
  const url = new URL(`http://127.0.0.1:8080/endpoints/e/invocations-bidirectional-stream`);

  /** A stream that the server lets in, with the envelopes of two events and of the end. */
  async function signedStream() {
    const { accessKeyId, secretAccessKey } = testCredentials;
    const signer = new EventSigner(testCredentials, testRegion);
    const violations: string[] = [];
    const accessKeys = new Map([[accessKeyId, secretAccessKey]]);
    const stream = new SignedStream(
      { service: 'sagemaker', region: testRegion, accessKeys, sessionToken: null },
      (what) => violations.push(what),
    );
    assert.equal(stream.deny(await signer.request(url, {}, new Date())), null);
    const envelopes: Buffer[] = [];
    for (const message of [payloadPart('one'), payloadPart('two'), new Uint8Array()]) {
      envelopes.push(Buffer.from(await signer.envelope(message, new Date())));
    }
    return { stream, violations, envelopes };
  }

  test('takes events that are signed one after the other', async () => {
    const { stream, violations, envelopes } = await signedStream();
    const events = stream.push(Buffer.concat(envelopes));
    stream.end();
    assert.deepEqual(
      events.map(({ body }) => body.toString()),
      ['one', 'two'],
    );
    assert.deepEqual(violations, []);
  });

  test('notices events in another order, and one that is left out', async () => {
    for (const order of [
      [1, 0, 2],
      [1, 2],
    ]) {
      const { stream, violations, envelopes } = await signedStream();
      stream.push(Buffer.concat(order.map((at) => envelopes[at]!)));
      assert.equal(violations[0], 'a wrong signature of an event');
    }
  });

  test('notices each bit that is another one', async () => {
    const { envelopes } = await signedStream();
    for (let at = 4; at < envelopes[0]!.length; at++) {
      const { stream, violations, envelopes: own } = await signedStream();
      own[0]![at]! ^= 1;
      stream.push(own[0]!);
      assert.match(violations[0] ?? '', /CRC/, `byte ${at}`);
    }
  });

  test('notices a stream without its empty event, and one that ends inside a frame', async () => {
    const { stream, violations, envelopes } = await signedStream();
    stream.push(envelopes[0]!);
    stream.push(envelopes[1]!.subarray(0, 50));
    stream.end();
    assert.deepEqual(violations, [
      'the stream ended without an empty event',
      'the stream ended inside a frame',
    ]);
  });
});
