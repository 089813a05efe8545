import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { PayloadReader } from '../../../../src/transport/eventStream/payloadReader.ts';
import type { ReceivedFrame } from '../../../../src/transport/transport.ts';
import { TransportError } from '../../../../src/transport/transportError.ts';
import { encodeFrame } from '../../../support/dialects/eventFrames.ts';

const maxBytes = 4096;

interface Part {
  body: string | Uint8Array;
  dataType?: 'UTF8' | 'BINARY';
  state?: 'PARTIAL' | 'COMPLETE';
}

function part({ body, dataType, state }: Part): Buffer {
  const headers = {
    ':message-type': 'event',
    ':event-type': 'PayloadPart',
    ...(dataType !== undefined && { DataType: dataType }),
    ...(state !== undefined && { CompletionState: state }),
  };
  return encodeFrame(headers, Buffer.from(body));
}

function read(bytes: readonly Uint8Array[], reader = new PayloadReader('host', maxBytes)) {
  const frames: ReceivedFrame[] = [];
  for (const [at, piece] of bytes.entries()) {
    reader.push(piece, at, (frame) => frames.push(frame));
  }
  return { frames, data: frames.map(({ data }) => data), isCut: reader.isCut };
}

function readParts(...parts: Part[]) {
  return read(parts.map(part));
}

describe('reading what a container says', () => {
  test('text, binary, and what does not say what it is', () => {
    const binary = new Uint8Array([0x82, 0xa4, 0xff]);
    const { data } = readParts(
      { body: '{"a":"ü"}', dataType: 'UTF8' },
      { body: '{"a":1}', dataType: 'BINARY' },
      { body: binary, dataType: 'BINARY' },
      { body: '\ufefftext' },
      { body: binary },
      { body: new Uint8Array([0x61, 0xff]), dataType: 'UTF8' },
      { body: '', dataType: 'UTF8' },
    );
    const asBytes = new Uint8Array(Buffer.from('{"a":1}'));
    assert.deepEqual(data, ['{"a":"ü"}', asBytes, binary, '\ufefftext', binary, 'a\ufffd', '']);
  });

  test('cut anywhere', () => {
    const messages = ['{"type":"a"}', '', 'wörter 👋🏽', 'x'.repeat(300)];
    const whole = Buffer.concat(messages.map((body) => part({ body, dataType: 'UTF8' })));
    fc.assert(
      fc.property(fc.array(fc.nat({ max: whole.length }), { maxLength: 60 }), (cuts) => {
        const edges = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
        const pieces = edges.slice(1).map((edge, at) => whole.subarray(edges[at], edge));
        const { data, isCut } = read(pieces);
        assert.deepEqual(data, messages);
        assert.equal(isCut, false);
      }),
    );
    assert.deepEqual(read([...whole].map((byte) => Buffer.from([byte]))).data, messages);
  });

  test('a message has the time of the bytes that complete it', () => {
    const bytes = part({ body: 'ab' });
    const { frames } = read([bytes.subarray(0, 9), bytes.subarray(9), part({ body: 'c' })]);
    assert.deepEqual(frames, [
      { atUs: 1, bytes: 2, data: 'ab' },
      { atUs: 2, bytes: 1, data: 'c' },
    ]);
  });

  test('several parts, inside a character, until they are complete', () => {
    const bytes = Buffer.from('{"t":"é"}');
    const { data, frames } = readParts(
      { body: bytes.subarray(0, 7), dataType: 'UTF8', state: 'PARTIAL' },
      { body: bytes.subarray(7), state: 'COMPLETE' },
      { body: 'plain ', state: 'PARTIAL' },
      { body: 'text' },
    );
    assert.deepEqual(data, ['{"t":"é"}', 'plain text']);
    assert.equal(frames[0]?.bytes, bytes.length);
  });

  test('parts of JSON that nobody says are complete', () => {
    const { data, isCut } = readParts(
      { body: '{"a":"}', state: 'PARTIAL' },
      { body: '"}', state: 'PARTIAL' },
      { body: '', state: 'COMPLETE' },
      { body: '{"b":1}', state: 'PARTIAL' },
      { body: '{"c":1}', state: 'COMPLETE' },
    );
    assert.deepEqual(data, ['{"a":"}"}', '{"b":1}', '{"c":1}']);
    assert.equal(isCut, false);
  });

  test('other events say nothing', () => {
    const other = encodeFrame(
      { ':message-type': 'event', ':event-type': 'initial-response' },
      Buffer.alloc(0),
    );
    assert.deepEqual(read([other, part({ body: 'a' })]).data, ['a']);
  });

  test('an end inside a message or between its parts', () => {
    assert.equal(read([part({ body: 'abc' }).subarray(0, 20)]).isCut, true);
    assert.equal(readParts({ body: 'abc', state: 'PARTIAL' }).isCut, true);
  });
});

function thrown(act: () => void): TransportError {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof TransportError, String(error));
    return error;
  }
  throw new Error('Nothing was thrown.');
}

describe('reading what is no event stream', () => {
  const wrong = part({ body: 'abcdef' });
  wrong[20] = wrong[20]! ^ 1;
  const cases: Record<string, Uint8Array> = {
    'a wrong checksum': wrong,
    'a page of HTML': Buffer.from('<!doctype html><title>Bad gateway</title>'),
    'a length of nothing': Buffer.alloc(16),
    'a message that is too long': part({ body: 'x'.repeat(maxBytes + 1) }),
    'headers that end in the middle': encodeFrame(
      { ':message-type': 'event' },
      Buffer.alloc(0),
    ).fill(0xff, 12, 14),
  };
  for (const [name, bytes] of Object.entries(cases)) {
    test(name, () => {
      const error = thrown(() => read([bytes]));
      assert.equal(error.reason, 'invalid_message');
      assert.match(error.message, /^host sent what is no AWS event stream/);
    });
  }

  test('parts without end', () => {
    const endless = Array.from({ length: 5 }, (): Part => ({
      body: 'x'.repeat(1000),
      state: 'PARTIAL',
    }));
    assert.equal(thrown(() => readParts(...endless)).reason, 'invalid_message');
  });

  test('a message of no known type', () => {
    const error = thrown(() => read([encodeFrame({ ':message-type': 'song' }, Buffer.alloc(0))]));
    assert.match(error.message, /an event-stream message of the type "song"/);
    assert.match(thrown(() => read([encodeFrame({}, Buffer.alloc(0))])).message, /type null/);
  });

  test('nothing but TransportErrors, whatever comes', () => {
    const frame = fc
      .tuple(
        fc.dictionary(
          fc.constantFrom(
            ':message-type',
            ':event-type',
            ':exception-type',
            ':error-code',
            'DataType',
          ),
          fc.constantFrom('event', 'exception', 'error', 'PayloadPart', 'ModelStreamError', 'UTF8'),
        ),
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((json) => Buffer.from(json)),
        ),
      )
      .map(([headers, body]) => encodeFrame(headers, body));
    const bytes = fc.oneof(frame, fc.uint8Array());
    fc.assert(
      fc.property(fc.array(bytes), (pieces) => {
        try {
          read(pieces);
        } catch (error) {
          assert.ok(error instanceof TransportError, String(error));
          assert.ok(error.message.length < 900);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('errors that the stream reports', () => {
  const report = (headers: Record<string, string>, body: string): TransportError =>
    thrown(() => read([encodeFrame(headers, Buffer.from(body))]));
  const exception = (type: string, body: string): TransportError =>
    report({ ':message-type': 'exception', ':exception-type': type }, body);

  test('the model failed', () => {
    const body = '{"Message":"The container closed the connection","ErrorCode":"StreamBroken"}';
    const { reason, code, message } = exception('ModelStreamError', body);
    assert.equal(reason, 'server_error');
    assert.equal(code, 'ModelStreamError');
    assert.equal(
      message,
      'The model behind host failed (ModelStreamError): StreamBroken: The container closed the' +
        " connection. See the container's log in CloudWatch (/aws/sagemaker/Endpoints/ and the" +
        " endpoint's name).",
    );
  });

  test('the platform failed', () => {
    const { reason, code, message } = exception('InternalStreamFailure', '{"Message":"Oops"}');
    assert.equal(reason, 'server_error');
    assert.equal(code, 'InternalStreamFailure');
    assert.match(
      message,
      /^SageMaker at host failed \(InternalStreamFailure\): Oops\. This is a failure of SageMaker, not of the model/,
    );
  });

  test('an exception of another kind, and a body that is no JSON', () => {
    const { code, message } = exception('ThrottlingException', 'slow\u0000 down');
    assert.equal(code, 'ThrottlingException');
    assert.match(
      message,
      /^host ended the stream \(ThrottlingException\): slow down\. The platform/,
    );
    const signature = exception('InvalidSignatureException', '{"message":"does not match"}');
    assert.match(signature.message, /Check the secret access key and the region\.$/);
    assert.match(exception('ModelStreamError', '').message, /no message given\./);
  });

  test('an error that is not modelled', () => {
    const { code, message } = report(
      { ':message-type': 'error', ':error-code': 'InternalError', ':error-message': 'A problem!' },
      '',
    );
    assert.equal(code, 'InternalError');
    assert.match(
      message,
      /^host ended the stream with an error \(InternalError\): A problem! This/,
    );
    assert.equal(report({ ':message-type': 'error' }, '').code, 'error');
  });
});
