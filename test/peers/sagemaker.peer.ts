// AWS's own client against the scripted server of SageMaker's bidirectional stream. The package
// with SageMaker's operation is not on npm, so the operation is described here to the client of
// Transcribe's stream: signing, events and HTTP/2 are the same code in every client of AWS.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TranscribeStreamingClient } from '@aws-sdk/client-transcribe-streaming';
import { getEventStreamPlugin } from '@aws-sdk/middleware-eventstream';
import { Command } from '@smithy/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import type {
  EndpointParameterInstructions,
  StaticOperationSchema,
  StaticStructureSchema,
  StaticUnionSchema,
} from '@smithy/types';
import { dialectById } from '../../src/dialects/registry.ts';
import { clientMessages } from '../support/dialects/clientMessages.ts';
import { runAgainst } from '../support/dialects/describeDialect.ts';
import {
  startSagemaker,
  testCredentials,
  testRegion,
  useTestCredentials,
} from '../support/dialects/sagemakerServer.ts';
import type { RunningSagemaker, SagemakerOptions } from '../support/dialects/sagemakerServer.ts';
import { testAudio } from '../support/testSession.ts';

useTestCredentials();

const space = 'com.amazonaws.sagemakerruntimehttp2';
const inHeader = (httpHeader: string): [0, { httpHeader: string }] => [0, { httpHeader }];
const inEventHeader: [0, { eventHeader: 1 }] = [0, { eventHeader: 1 }];
const part: StaticStructureSchema = [
  3,
  space,
  'PayloadPart',
  0,
  ['Bytes', 'DataType', 'CompletionState'],
  [[21, { eventPayload: 1 }], inEventHeader, inEventHeader],
];
const events: StaticUnionSchema = [
  4,
  space,
  'StreamEvent',
  { streaming: 1 },
  ['PayloadPart'],
  [() => part],
];
const input: StaticStructureSchema = [
  3,
  space,
  'Input',
  0,
  ['EndpointName', 'Body', 'TargetVariant', 'ModelQueryString'],
  [
    [0, 1],
    [() => events, 16],
    inHeader('X-Amzn-SageMaker-Target-Variant'),
    inHeader('X-Amzn-SageMaker-Model-Query-String'),
  ],
];
const output: StaticStructureSchema = [
  3,
  space,
  'Output',
  0,
  ['Body', 'InvokedProductionVariant'],
  [[() => events, 16], inHeader('X-Amzn-Invoked-Production-Variant')],
];
const operation: StaticOperationSchema = [
  9,
  space,
  'InvokeEndpointWithBidirectionalStream',
  { http: ['POST', '/endpoints/{EndpointName}/invocations-bidirectional-stream', 200] },
  () => input,
  () => output,
];

interface StreamEvent {
  PayloadPart?: { Bytes: Uint8Array; DataType?: string };
}

interface StreamInput {
  EndpointName: string;
  Body: AsyncIterable<StreamEvent>;
  TargetVariant: string;
  ModelQueryString: string;
}

interface StreamOutput {
  Body: AsyncIterable<StreamEvent>;
  InvokedProductionVariant: string;
}

const endpointParameters: EndpointParameterInstructions = {
  Region: { type: 'builtInParams', name: 'region' },
  Endpoint: { type: 'builtInParams', name: 'endpoint' },
};

const Invoke = Command.classBuilder()
  .ep(endpointParameters)
  .m((_command, _stack, config: Parameters<typeof getEventStreamPlugin>[0]) => [
    getEndpointPlugin(config as never, endpointParameters),
    getEventStreamPlugin(config),
  ])
  .s('AmazonSageMakerRuntimeHttp2', operation[2], { eventStream: { input: true, output: true } })
  .n('SageMakerRuntimeHTTP2Client', 'InvokeCommand')
  .sc(operation)
  .build();

function clientOf({ url }: RunningSagemaker): TranscribeStreamingClient {
  const signing = { signingName: 'sagemaker' };
  const endpoint = new URL(url).origin;
  return new TranscribeStreamingClient({
    endpoint,
    region: testRegion,
    maxAttempts: 1,
    ...signing,
  });
}

const audio = testAudio(500);
const pcm = Buffer.from(audio.samples.buffer, audio.samples.byteOffset, audio.samples.byteLength);
const chunkBytes = 3_200;

function message(value: object): StreamEvent {
  return { PayloadPart: { Bytes: Buffer.from(JSON.stringify(value)), DataType: 'UTF8' } };
}

/** One utterance as vLLM wants it, once it has greeted; the stream ends once the text is there. */
async function* utterance(greeted: Promise<unknown>, finished: Promise<unknown>) {
  await greeted;
  yield message({ type: 'session.update', model: 'voxtral' });
  yield message({ type: 'input_audio_buffer.commit' });
  for (let at = 0; at < pcm.length; at += chunkBytes) {
    const chunk = pcm.subarray(at, at + chunkBytes).toString('base64');
    yield message({ type: 'input_audio_buffer.append', audio: chunk });
  }
  yield message({ type: 'input_audio_buffer.commit', final: true });
  await finished;
}

function flag(): { raised: Promise<void>; raise: () => void } {
  let raise!: () => void;
  const raised = new Promise<void>((resolve) => {
    raise = resolve;
  });
  return { raised, raise };
}

interface Heard {
  text: string;
  variant: string;
}

async function transcribe(server: RunningSagemaker): Promise<Heard> {
  const client = clientOf(server);
  const greeted = flag();
  const finished = flag();
  const streamInput: StreamInput = {
    EndpointName: 'my-endpoint',
    Body: utterance(greeted.raised, finished.raised),
    TargetVariant: 'AllTraffic',
    ModelQueryString: 'a=b',
  };
  const send = client.send.bind(client) as unknown as (command: object) => Promise<StreamOutput>;
  const { Body, InvokedProductionVariant } = await send(new Invoke(streamInput));
  let text = '';
  for await (const { PayloadPart } of Body) {
    if (!PayloadPart) continue;
    const said = JSON.parse(Buffer.from(PayloadPart.Bytes).toString()) as Record<string, string>;
    if (said.type === 'session.created') greeted.raise();
    if (said.type !== 'transcription.done') continue;
    text = said.text ?? '';
    finished.raise();
  }
  client.destroy();
  return { text, variant: InvokedProductionVariant };
}

/** What the client says of itself and of its tries, and what time and key make of it. */
const own = /^(user-agent|x-amz-user-agent|amz-sdk-.*|authorization|x-amz-date|:authority)$/;

function headersOf({ streams }: RunningSagemaker): [string, unknown][] {
  return Object.entries(streams[0]!.headers)
    .filter(([name]) => !own.test(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function signedHeadersOf({ streams }: RunningSagemaker): string[] {
  const signed = /SignedHeaders=([^,]+)/.exec(String(streams[0]!.headers.authorization))?.[1] ?? '';
  return signed.split(';').filter((name) => name === ':authority' || !own.test(name));
}

async function run(changes: Partial<SagemakerOptions>): Promise<void> {
  const server = await startSagemaker({}, changes);
  const heard = await transcribe(server).finally(() => server.close());
  assert.deepEqual(server.violations, []);
  assert.equal(heard.text.trim(), 'the quick brown fox');
  assert.equal(heard.variant, 'AllTraffic');
  assert.deepEqual(server.pcm(), pcm);
  assert.deepEqual(server.endings, [true]);
  const ours = await runAgainst({
    dialect: dialectById('sagemaker'),
    start: (script) => startSagemaker(script, changes),
    model: 'voxtral',
    options: { region: testRegion, targetVariant: 'AllTraffic', queryString: 'a=b' },
    hasKey: false,
  });
  assert.equal(ours.trace.failure, null);
  assert.deepEqual(ours.server.violations, []);
  const our = ours.server as RunningSagemaker;
  assert.deepEqual(clientMessages(our.wire[0]!), clientMessages(server.wire[0]!));
  assert.deepEqual(our.streams[0]!.events, server.streams[0]!.events);
  assert.deepEqual(headersOf(our), headersOf(server));
  const signed = signedHeadersOf(server);
  assert.equal(signed[0], ':authority');
  assert.deepEqual(signedHeadersOf(our), signed);
}

describe("AWS's client", () => {
  test('gets its text through a stream, and sends what RTBench sends', () => run({}));

  test('the same in pieces of one byte', () => run({ pieceBytes: [1] }));

  test('with temporary credentials', async () => {
    process.env.AWS_SESSION_TOKEN = 'TEMPORARY/TOKEN==';
    const accessKeys = new Map([[testCredentials.accessKeyId, testCredentials.secretAccessKey]]);
    const sessionToken = 'TEMPORARY/TOKEN==';
    await run({ stream: { service: 'sagemaker', region: testRegion, accessKeys, sessionToken } });
  });
});
