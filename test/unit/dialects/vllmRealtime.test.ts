import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { BenchError } from '../../../src/common/benchError.ts';
import type { DialectSession } from '../../../src/dialects/dialect.ts';
import { DialectError } from '../../../src/dialects/dialectError.ts';
import { vllmRealtime } from '../../../src/dialects/protocols/vllmRealtime.ts';
import type { TranscriptEvent } from '../../../src/trace/transcriptEvent.ts';

const settings = { url: 'http://host:8000', model: 'voxtral', language: null, options: {} };

function session(): DialectSession {
  return vllmRealtime.start(settings, { totalSamples: 0 });
}

const ready: TranscriptEvent = { type: 'ready' };
const done: TranscriptEvent = { type: 'done' };
const append = (text: string): TranscriptEvent => ({
  type: 'text',
  mode: 'append',
  unit: '',
  text,
});
const final = (text: string): TranscriptEvent => ({ type: 'final', unit: '', text });
const error = (code: string | null, message: string): TranscriptEvent => ({
  type: 'error',
  code,
  message,
  fatal: true,
});

/** Frames as vLLM and servers that speak like it send them, and what they mean. */
const recorded: { frame: string; events: TranscriptEvent[]; keepRaw?: false }[] = [
  {
    frame: '{"type":"session.created","id":"sess-6f1c","created":1767323045}',
    events: [ready],
  },
  {
    frame: '{"type":"session.updated","model":"m"}',
    events: [{ type: 'other', name: 'session.updated' }],
  },
  { frame: '{"type":"anything.else","x":[1]}', events: [{ type: 'other', name: 'anything.else' }] },
  {
    frame: '{"type":"transcription.delta","delta":" hello"}',
    events: [append(' hello')],
    keepRaw: false,
  },
  { frame: '{"type":"transcription.delta","delta":""}', events: [append('')], keepRaw: false },
  {
    frame: '{"type":"transcription.delta","delta":"\\ufffd é"}',
    events: [append('\ufffd é')],
    keepRaw: false,
  },
  {
    frame: '{"type":"transcription.delta","delta":"a","logprobs":[{"token":"a","logprob":-0.1}]}',
    events: [append('a')],
  },
  {
    frame:
      '{"type":"transcription.done","text":" hello world","usage":{"prompt_tokens":39,"completion_tokens":148,"total_tokens":187,"prompt_tokens_details":null}}',
    events: [final(' hello world'), { type: 'usage', outputTokens: 148, inputTokens: 39 }, done],
  },
  { frame: '{"type":"transcription.done","text":"","usage":null}', events: [final(''), done] },
  { frame: '{"type":"transcription.done","text":"a"}', events: [final('a'), done] },
  {
    frame:
      '{"type":"transcription.done","text":"a","usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}}',
    events: [final('a'), done],
  },
  { frame: '{"type":"transcription.done","text":"a","usage":"many"}', events: [final('a'), done] },
  {
    frame: '{"type":"transcription.done","text":"a","usage":{"completion_tokens":7}}',
    events: [final('a'), { type: 'usage', outputTokens: 7, inputTokens: null }, done],
  },
  {
    frame: '{"type":"error","error":"Unknown event type: foo","code":"unknown_event"}',
    events: [error('unknown_event', 'Unknown event type: foo')],
  },
  { frame: '{"type":"error","error":"text","code":null}', events: [error(null, 'text')] },
  {
    frame: '{"type":"error","error":{"type":"t","code":"c","message":"m","param":null}}',
    events: [error('c', 'm')],
  },
  {
    frame: '{"type":"error","error":{"message":{"detail":[]},"code":429}}',
    events: [error('429', 'no message given')],
  },
  { frame: '{"type":"error","code":"c","message":"m"}', events: [error('c', 'm')] },
  { frame: '{"type":"error","error":[1,2]}', events: [error(null, 'no message given')] },
  { frame: '{"type":"error"}', events: [error(null, 'no message given')] },
];

const rubbish: (string | Uint8Array)[] = [
  '',
  'hello',
  '{"type":',
  'null',
  '"transcription.delta"',
  '[{"type":"transcription.delta","delta":"a"}]',
  '{}',
  '{"type":7}',
  '{"type":"transcription.delta"}',
  '{"type":"transcription.delta","delta":null}',
  '{"type":"transcription.done","text":5}',
  new Uint8Array([123, 125]),
];

describe('the vLLM realtime dialect', () => {
  for (const { frame, events, keepRaw = true } of recorded) {
    test(`understands ${frame.slice(0, 90)}`, () => {
      assert.deepEqual(session().receive(frame), { events, keepRaw });
    });
  }

  for (const frame of rubbish) {
    test(`refuses ${JSON.stringify(frame)}`, () => {
      assert.throws(() => session().receive(frame), DialectError);
    });
  }

  test('opens with a flat session.update and the commit that starts generation', () => {
    assert.deepEqual(session().open(), [
      { data: '{"type":"session.update","model":"voxtral"}', commit: null },
      { data: '{"type":"input_audio_buffer.commit"}', commit: 'start' },
    ]);
  });

  test('ends the audio with a final commit', () => {
    assert.deepEqual(session().endOfAudio(), [
      { data: '{"type":"input_audio_buffer.commit","final":true}', commit: 'final' },
    ]);
  });

  test('carries any audio as base64, bit for bit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70_000, size: 'max' }), (bytes) => {
        const { data, commit } = session().audio(bytes);
        const message = JSON.parse(data as string) as { type: string; audio: string };
        assert.equal(commit, null);
        assert.equal(message.type, 'input_audio_buffer.append');
        assert.deepEqual(new Uint8Array(Buffer.from(message.audio, 'base64')), bytes);
      }),
      { numRuns: 50 },
    );
  });

  test('an error after done no longer ends anything', () => {
    const running = session();
    running.receive('{"type":"transcription.done","text":"a"}');
    const { events } = running.receive('{"type":"error","error":"late","code":null}');
    assert.deepEqual(events, [{ type: 'error', code: null, message: 'late', fatal: false }]);
  });

  test('throws nothing but DialectError, whatever comes', () => {
    const names = ['transcription.delta', 'transcription.done', 'session.created', 'error'];
    const message = fc.record(
      {
        type: fc.oneof(fc.constantFrom(...names), fc.jsonValue()),
        delta: fc.jsonValue(),
        text: fc.jsonValue(),
        usage: fc.jsonValue(),
        error: fc.oneof(
          fc.jsonValue(),
          fc.record({ message: fc.jsonValue(), code: fc.jsonValue() }),
        ),
        code: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const frame = fc.oneof(
      message.map((value) => JSON.stringify(value)),
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc.uint8Array(),
    );
    const running = session();
    fc.assert(
      fc.property(frame, (data) => {
        try {
          assert.ok(Array.isArray(running.receive(data).events));
        } catch (thrown) {
          assert.ok(thrown instanceof DialectError, String(thrown));
          assert.ok(thrown.message.length < 250);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('survives JSON nested deeper than the stack', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    try {
      session().receive(`{"type":"error","error":${deep}}`);
    } catch (thrown) {
      assert.ok(thrown instanceof DialectError, String(thrown));
    }
  });

  test('begins a further utterance with a start commit alone, its state afresh', () => {
    const running = session();
    const opening = running.open();
    const spoken = '{"type":"transcription.done","text":"one","usage":null}';
    assert.deepEqual(running.receive(spoken).events, [final('one'), done]);
    assert.deepEqual(running.receive(spoken).events, [
      { type: 'other', name: 'transcription.done' },
    ]);
    const again = running.again!();
    assert.deepEqual(again, opening.slice(1));
    assert.deepEqual(again, [{ data: '{"type":"input_audio_buffer.commit"}', commit: 'start' }]);
    assert.deepEqual(running.receive('{"type":"error","error":"died","code":null}').events, [
      error(null, 'died'),
    ]);
    running.again!();
    assert.deepEqual(running.receive(spoken).events, [final('one'), done]);
  });

  test('needs a model', () => {
    assert.throws(
      () => vllmRealtime.start({ ...settings, model: null }, { totalSamples: 0 }),
      (thrown) => thrown instanceof BenchError && thrown.reason === 'request_invalid',
    );
  });

  test('asks for 16 kHz PCM and offers no subprotocol', () => {
    assert.deepEqual(vllmRealtime.audioFormat(settings), {
      encoding: 'pcm_s16le',
      sampleRateHz: 16_000,
    });
    assert.deepEqual(vllmRealtime.request(settings, null), {
      transport: 'websocket',
      url: 'ws://host:8000/v1/realtime',
      headers: {},
      subprotocols: [],
    });
  });

  test('sends a key as a bearer token, and refuses one that no header can hold', () => {
    const { headers } = vllmRealtime.request(settings, 'secret-key');
    assert.deepEqual(headers, { Authorization: 'Bearer secret-key' });
    for (const key of ['', 'with space', 'line\n', 'ключ']) {
      assert.throws(
        () => vllmRealtime.request(settings, key),
        (thrown) =>
          thrown instanceof BenchError &&
          thrown.reason === 'request_invalid' &&
          (key === '' || !thrown.message.includes(key)),
      );
    }
  });
});
