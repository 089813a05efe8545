import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EventSigner } from '../../../../src/transport/eventStream/eventSigner.ts';
import { eventCodec, payloadPart } from '../../../../src/transport/eventStream/messages.ts';
import {
  eventSignature,
  parseAuthorization,
  requestSignature,
} from '../../../support/dialects/awsSignature.ts';
import { decodeFrame } from '../../../support/dialects/eventFrames.ts';

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
const key = { ...credentials, region: 'us-east-1', service: 'sagemaker' };
const url = new URL(
  'https://runtime.sagemaker.us-east-1.amazonaws.com:8443' +
    '/endpoints/my-endpoint/invocations-bidirectional-stream',
);
const date = new Date('2026-01-02T03:04:05.678Z');
const requestSigned = '7a6522aaf5c6fec36deff6b6dfa66eb3fef7e360fb5168243b7f7e6d526a58f7';
const eventSigned = 'df7962dd90ebfeb34f82cdadd5530b884639efa07fec4d526465f0efaa5e595c';
const endSigned = '03272efe92594983d2bef502139fd744f1f776ee42aaef3fae2f881888113d01';
const dateBlock = '053a64617465080000019b7ca98f2e';
const inner =
  '0000009e000000693f7a9fe40b3a6576656e742d7479706507000b5061796c6f6164506172740d3a6d6573736167652d747970650700056576656e740d3a636f6e74656e742d747970650700186170706c69636174696f6e2f6f637465742d73747265616d084461746154797065070004555446387b2274797065223a2273657373696f6e2e757064617465222c226d6f64656c223a226d227df70bcb29';
const outer = `000000f100000043ffa3b6ae${dateBlock}103a6368756e6b2d7369676e6174757265060020${eventSigned}${inner}7249a89e`;
const end = `0000005300000043f5447a58${dateBlock}103a6368756e6b2d7369676e6174757265060020${endSigned}c379f9df`;

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

describe('a signed stream', () => {
  test('has the known signatures and bytes', async () => {
    const signer = new EventSigner(credentials, 'us-east-1');
    const headers = await signer.request(url, {}, date);
    const authorization = parseAuthorization(headers.authorization ?? '');
    assert.deepEqual(authorization, {
      accessKeyId: 'AKIDEXAMPLE',
      scope: '20260102/us-east-1/sagemaker/aws4_request',
      signedHeaders: [':authority', 'content-type', 'x-amz-content-sha256', 'x-amz-date'],
      signature: requestSigned,
    });
    assert.equal(headers[':authority'], 'runtime.sagemaker.us-east-1.amazonaws.com:8443');
    assert.equal(headers[':path'], '/endpoints/my-endpoint/invocations-bidirectional-stream');
    assert.equal(headers['x-amz-date'], '20260102T030405Z');
    const part = payloadPart('{"type":"session.update","model":"m"}');
    assert.equal(hex(part), inner);
    assert.equal(hex(await signer.envelope(part, date)), outer);
    assert.equal(hex(await signer.envelope(new Uint8Array(), date)), end);
    const dateHeader = eventCodec.formatHeaders({ ':date': { type: 'timestamp', value: date } });
    assert.equal(hex(dateHeader), dateBlock);
  });

  test('is signed anew each day, also where midnight passes', async () => {
    const signer = new EventSigner(credentials, 'us-east-1');
    await signer.request(url, {}, new Date('2026-01-02T23:59:59Z'));
    const first = decodeFrame(
      Buffer.from(await signer.envelope(payloadPart('a'), new Date('2026-01-02T23:59:59.9Z'))),
    );
    const later = new Date('2026-01-03T00:00:00.1Z');
    const second = decodeFrame(Buffer.from(await signer.envelope(payloadPart('b'), later)));
    assert.equal(
      hex(second.headers.get(':chunk-signature') as Buffer),
      eventSignature(key, {
        date: later,
        encodedDate: second.encodedHeaders.get(':date')!,
        body: second.body,
        prior: hex(first.headers.get(':chunk-signature') as Buffer),
      }),
    );
  });

  test('covers odd names, a query, other headers and a session token', async () => {
    const odd = new URL(
      'http://127.0.0.1:8080/endpoints/a%20b(c)/invocations-bidirectional-stream?z=1&a=%2F%20b',
    );
    const signer = new EventSigner({ ...credentials, sessionToken: 'TOKEN' }, 'us-east-1');
    const extra = { 'x-amzn-sagemaker-model-query-string': 'model=nova-3&x=%20y' };
    const headers = await signer.request(odd, extra, date);
    const authorization = parseAuthorization(headers.authorization ?? '')!;
    assert.equal(headers['x-amz-security-token'], 'TOKEN');
    for (const name of ['x-amz-security-token', 'x-amzn-sagemaker-model-query-string']) {
      assert.ok(authorization.signedHeaders.includes(name), name);
    }
    const request = { method: 'POST', path: headers[':path']!, headers };
    assert.equal(
      authorization.signature,
      requestSignature(key, request, authorization.signedHeaders),
    );
  });
});

describe('the check that the scripted server makes', () => {
  test('knows the signature over `host` as well', () => {
    const headers = {
      'content-type': 'application/vnd.amazon.eventstream',
      host: url.host,
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-EVENTS',
      'x-amz-date': '20260102T030405Z',
    };
    assert.equal(
      requestSignature(key, { method: 'POST', path: url.pathname, headers }, Object.keys(headers)),
      '9ee229cc218bb28d6095bd3c349aa7aa8d629d6f4032a952289c71c2dcbff5a2',
    );
  });

  test('agrees on the known bytes', () => {
    const { headers, encodedHeaders, body } = decodeFrame(Buffer.from(outer, 'hex'));
    const encodedDate = encodedHeaders.get(':date')!;
    assert.equal(hex(encodedDate), dateBlock);
    assert.deepEqual(headers.get(':date'), date);
    assert.equal(
      eventSignature(key, { date, encodedDate, body, prior: requestSigned }),
      eventSigned,
    );
    const last = decodeFrame(Buffer.from(end, 'hex'));
    assert.equal(last.body.length, 0);
    assert.equal(
      eventSignature(key, { date, encodedDate, body: last.body, prior: eventSigned }),
      endSigned,
    );
    assert.equal(decodeFrame(body).body.toString(), '{"type":"session.update","model":"m"}');
  });
});
