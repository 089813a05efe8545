import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SglangM1Session } from '../../../../src/endpoint/server/sglangM1Session.ts';
import { SglangSession } from '../../../../src/endpoint/server/sglangSession.ts';
import { append, clear, commit, ObservedSession, update } from './support/observedSession.ts';

const transcription = 'conversation.item.input_audio_transcription';

function configured(rate: number): ObservedSession {
  const observed = new ObservedSession(SglangSession);
  observed.receive(update({ format: { type: 'audio/pcm', rate } }));
  assert.deepEqual(observed.types(), ['session.created', 'session.updated']);
  return observed;
}

describe('SglangSession', () => {
  it('sends words before the commit and what is late after its answer', () => {
    const observed = configured(48_000);
    observed.receive(append(0.5, 48_000));
    const [utterance] = observed.utterances;
    utterance?.listener.delta('Hello, my');
    observed.receive(commit);
    utterance?.listener.delta(' world');
    utterance?.listener.done({ text: 'Hello, my world', tokens: 3, audioFrames: 20 });
    const events = observed.take();
    assert.deepEqual(
      events.map(({ type, delta }) => delta ?? type),
      [
        ' Hello,',
        ' my',
        'input_audio_buffer.committed',
        'conversation.item.created',
        ' world',
        `${transcription}.completed`,
      ],
    );
    const completed = events.at(-1);
    assert.equal(completed?.transcript, 'Hello, my world');
    assert.deepEqual(completed.usage, { type: 'duration', seconds: 0.5 });
    assert.match(JSON.stringify(events[3]?.item), /"transcript":"Hello, my world"/);
    assert.equal(utterance?.samples, 8000);
  });

  it('does nothing else while a commit is under way', () => {
    const observed = configured(16_000);
    observed.receive(append(0.5, 16_000), commit, append(0.5, 16_000), commit, commit);
    assert.deepEqual(observed.types(), []);
    assert.equal(observed.utterances.length, 1);
    observed.utterances[0]?.finish('one');
    assert.equal(observed.utterances.length, 2);
    assert.ok(observed.utterances[1]?.ended);
    observed.take();
    observed.utterances[1].finish('two');
    const events = observed.take();
    assert.notEqual(events[0]?.previous_item_id, null);
    assert.equal(events.at(-2)?.transcript, 'two');
    assert.equal((events.at(-1)?.error as { code: string }).code, 'invalid_state');
  });

  it('answers what it cannot do with a code and goes on', () => {
    const observed = new ObservedSession(SglangSession);
    observed.take();
    observed.receive(append(0.1, 24_000));
    assert.equal(observed.code(), 'invalid_state');
    const cases: [object | string | Uint8Array, string][] = [
      ['{', 'invalid_json'],
      [[], 'invalid_payload'],
      [new Uint8Array(4), 'invalid_payload'],
      [{ type: 'transcribe' }, 'unknown_event'],
      [{ type: 'session.update', session: { type: 'realtime' } }, 'invalid_value'],
      [update({ format: 'audio/pcm' }), 'invalid_value'],
      [update({ format: { type: 'audio/pcm', rate: 44_100 } }), 'invalid_value'],
      [update({ format: { type: 'audio/pcmu' } }), 'not_supported'],
      [update({ turn_detection: { type: 'server_vad' } }), 'not_supported'],
      [update({ noise_reduction: { type: 'near_field' } }), 'not_supported'],
      [update({ transcription: { prompt: 'x' } }), 'not_supported'],
      [update({ transcription: { model: 'other' } }), 'model_not_found'],
    ];
    for (const [message, code] of cases) {
      observed.receive(message);
      assert.equal(observed.code(), code);
    }
    observed.receive(update({ transcription: { model: null } }));
    assert.match(JSON.stringify(observed.take()), /"rate":24000/);
    for (const [audio, code] of [
      ['AAAA', 'invalid_audio_format'],
      ['*', 'invalid_audio'],
      [7, 'invalid_audio'],
    ] as const) {
      observed.receive({ type: 'input_audio_buffer.append', audio });
      assert.equal(observed.code(), code);
    }
    observed.receive({ type: 'input_audio_buffer.append', audio: '' }, commit);
    assert.equal(observed.code(), 'invalid_state');
    observed.receive(append(0.1, 24_000), update({ format: { type: 'audio/pcm', rate: 16_000 } }));
    assert.equal(observed.code(), 'invalid_state');
    observed.receive(clear);
    assert.deepEqual(observed.types(), ['input_audio_buffer.cleared']);
    assert.ok(observed.utterances[0]?.dropped);
    assert.equal(observed.closed, null);
  });

  it('closes with 1009 on more than a minute of audio', () => {
    const observed = configured(16_000);
    observed.receive(append(60, 16_000), append(0.1, 16_000));
    assert.equal(observed.code(), 'buffer_overflow');
    assert.equal(observed.closed, 1009);
    assert.ok(observed.utterances[0]?.dropped);
  });

  it('says that an item failed, or closes with 1011 where there is none yet', () => {
    const observed = configured(16_000);
    observed.receive(append(1, 16_000), commit);
    observed.utterances[0]?.listener.failed('no memory');
    const events = observed.take();
    assert.equal(events.at(-1)?.type, `${transcription}.failed`);
    assert.equal((events.at(-1)?.error as { code: string }).code, 'inference_failed');
    observed.receive(append(1, 16_000));
    observed.utterances[1]?.listener.failed('no memory');
    assert.equal(observed.code(), 'inference_failed');
    assert.equal(observed.closed, 1011);
  });
});

describe('SglangM1Session', () => {
  const start = { type: 'session.start', model: 'any', language: 'en' };
  const end = { type: 'session.end' };

  it('sends a word a delta, then the final text, and closes', () => {
    const observed = new ObservedSession(SglangM1Session);
    observed.receive(start, new Uint8Array(32_000), new Uint8Array(0));
    observed.utterances[0]?.listener.delta('Hello');
    observed.receive(end, end, new Uint8Array(2));
    observed.utterances[0]?.listener.delta(', my world');
    const text = 'Hello, my world.';
    observed.utterances[0]?.listener.done({ text, tokens: 4, audioFrames: 40 });
    const [started, ...rest] = observed.take();
    assert.match(String(started?.session_id), /^sess_[0-9a-f]{12}$/);
    assert.equal(started?.model, 'any');
    assert.deepEqual(rest, [
      { type: 'transcript.delta', delta: 'Hello' },
      { type: 'transcript.delta', delta: 'my' },
      { type: 'transcript.delta', delta: 'world' },
      { type: 'transcript.final', text, duration_sec: 1, model: 'any' },
    ]);
    assert.equal(observed.closed, 1000);
  });

  it('answers what is out of order or no message with a code and goes on', () => {
    const observed = new ObservedSession(SglangM1Session);
    const cases: [object | string | Uint8Array, string][] = [
      ['{', 'invalid_json'],
      ['[]', 'invalid_payload'],
      [new Uint8Array(2), 'invalid_state'],
      [{ type: 'hello' }, 'unknown_message'],
      [{ type: 'session.start', model: 7 }, 'invalid_payload'],
    ];
    for (const [message, code] of cases) {
      observed.receive(message);
      assert.equal(observed.code(), code);
    }
    observed.receive({ type: 'session.start' });
    assert.equal(observed.take()[0]?.model, null);
    observed.receive(start);
    assert.equal(observed.code(), 'invalid_state');
    observed.receive(new Uint8Array(3));
    assert.equal(observed.code(), 'invalid_audio_format');
    assert.equal(observed.closed, null);
  });

  it('ends on an end without a start, too much audio and a failure', () => {
    const early = new ObservedSession(SglangM1Session);
    early.receive(end);
    assert.equal(early.code(), 'invalid_state');
    assert.equal(early.closed, 1000);
    const long = new ObservedSession(SglangM1Session);
    long.receive(start);
    long.take();
    long.receive(new Uint8Array(60 * 32_000), new Uint8Array(2));
    assert.equal(long.code(), 'buffer_overflow');
    assert.equal(long.closed, 1009);
    assert.ok(long.utterances[0]?.dropped);
    const broken = new ObservedSession(SglangM1Session);
    broken.receive(start);
    broken.take();
    broken.utterances[0]?.listener.failed('no memory');
    assert.equal(broken.code(), 'internal_error');
    assert.equal(broken.closed, 1011);
  });
});
