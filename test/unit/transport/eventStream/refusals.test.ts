import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brokenStream } from '../../../../src/transport/eventStream/brokenStream.ts';
import type { Breakage } from '../../../../src/transport/eventStream/brokenStream.ts';
import { refusalError } from '../../../../src/transport/eventStream/streamError.ts';

function refused(status: number, errorType: string | null, body: object | string): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { reason, code, message } = refusalError('host:8443', { status, errorType, body: text });
  assert.equal(reason, 'upgrade_refused');
  assert.equal(code, String(status));
  return message;
}

describe('a stream that is refused', () => {
  test('for what was asked', () => {
    assert.equal(
      refused(400, 'InputValidationError:http://internal/coral/', {
        Message: 'Endpoint x of account 1 not found.',
      }),
      'host:8443 refused the stream (HTTP 400 InputValidationError): Endpoint x of account 1 not' +
        ' found. Check the name of the endpoint, the region and the options.',
    );
  });

  test('by the model', () => {
    const message = refused(424, 'ModelError', {
      Message: 'Received server error (503) from model',
      ErrorCode: 'MODEL',
      OriginalStatusCode: 503,
      OriginalMessage: 'loading',
      LogStreamArn: 'arn:aws:logs:us-east-1:1:log-group:/aws/sagemaker/Endpoints/x',
    });
    assert.equal(
      message,
      'The model behind host:8443 failed (HTTP 424 ModelError): MODEL: Received server error (503)' +
        " from model: the container answered HTTP 503: loading. See the container's log:" +
        ' arn:aws:logs:us-east-1:1:log-group:/aws/sagemaker/Endpoints/x.',
    );
    assert.match(refused(424, null, '{}'), /See the container's log in CloudWatch/);
  });

  test('by the platform', () => {
    assert.match(refused(500, 'InternalServerError', { Message: 'x' }), /not of the model/);
    assert.match(refused(503, null, ''), /HTTP 503\): no message given\. The endpoint has no free/);
    assert.match(refused(429, 'ThrottlingException', {}), /lower the concurrency/);
    assert.match(refused(302, null, '<html>'), /HTTP 302\): <html>\. Check the address/);
  });

  const credentials: [number, string, string, RegExp][] = [
    [
      403,
      'ExpiredTokenException',
      'The security token included in the request is expired',
      /aws sso login/,
    ],
    [400, 'com.amazon#ExpiredToken', 'x', /HTTP 400 ExpiredToken.*aws sso login/],
    [403, 'InvalidSignatureException', 'Signature expired: 20260102T0 is now earlier', /clock/],
    [
      403,
      'InvalidSignatureException',
      'The request signature we calculated does not match',
      /secret/,
    ],
    [403, 'UnrecognizedClientException', 'The security token is invalid.', /does not know these/],
    [403, 'AccessDeniedException', 'User x is not authorized to perform', /Allow sagemaker:Invoke/],
    [403, 'SomethingElse', 'no', /Check the AWS credentials, the region and their permissions/],
  ];
  for (const [status, type, said, remedy] of credentials) {
    test(`for its credentials: ${type}, ${said.slice(0, 30)}`, () => {
      assert.match(refused(status, type, { message: said }), remedy);
    });
  }
});

function broken(change: Partial<Breakage>): string {
  const usual = { wasOpen: true, error: null, resetCode: 0, goaway: null };
  const { reason, code, message } = brokenStream('host', { ...usual, ...change });
  return `${reason} ${code ?? 'null'} ${message}`;
}

describe('a stream that breaks', () => {
  test('says how', () => {
    const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    const http2 = Object.assign(new Error('Protocol error'), { code: 'ERR_HTTP2_ERROR' });
    assert.match(broken({ resetCode: 8 }), /^closed_early CANCEL The stream from host was cut/);
    assert.match(broken({ resetCode: 99 }), /was cut \(HTTP\/2 code 99\)/);
    assert.match(broken({ error: reset, resetCode: 8 }), /^closed_early ECONNRESET .* broke: read/);
    assert.match(broken({ error: reset, wasOpen: false }), /^upgrade_refused ECONNRESET host cut/);
    assert.match(
      broken({ error: http2, wasOpen: false }),
      /^upgrade_refused null host did not answer in HTTP\/2/,
    );
    const alpn = { code: 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL' };
    assert.match(
      broken({ error: Object.assign(new Error('alert 120'), alpn), wasOpen: false }),
      /^upgrade_refused null host did not answer in HTTP\/2 \(alert 120\)/,
    );
    assert.match(broken({ wasOpen: false }), /it closed the connection/);
    assert.match(
      broken({ goaway: { code: 11, text: 'too_many' } }),
      /^closed_early ENHANCE_YOUR_CALM .*\(ENHANCE_YOUR_CALM: too_many\)\. Lower the concurrency/,
    );
    assert.match(broken({ goaway: { code: 0, text: '' } }), /\(NO_ERROR\)\. The platform did this/);
  });
});
