import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OpenaiSession } from '../../../../src/endpoint/server/openaiSession.ts';
import type { SessionPorts } from '../../../../src/endpoint/server/socketSession.ts';
import { append, clear, commit, ObservedSession, update } from './support/observedSession.ts';

const transcription = 'conversation.item.input_audio_transcription';
const committed = [
  'input_audio_buffer.committed',
  'conversation.item.added',
  'conversation.item.done',
];
const turn = { text: ' b', lastText: 'b', tokens: 1, audioFrames: 9 };

function manual(): ObservedSession {
  const observed = new ObservedSession(OpenaiSession);
  observed.receive(update({ turn_detection: null }));
  assert.deepEqual(observed.types(), ['session.created', 'session.updated']);
  return observed;
}

function withVad(): ObservedSession {
  const observed = new ObservedSession(OpenaiSession);
  observed.take();
  return observed;
}

describe('OpenaiSession', () => {
  it('shows what is in force, and keeps what an update does not name', () => {
    const observed = new ObservedSession(OpenaiSession);
    observed.receive(update({ transcription: { language: 'en' } }));
    observed.receive(update({ format: { type: 'audio/pcmu' } }));
    const [created, , updated] = observed.take();
    assert.match(JSON.stringify(created), /"rate":24000.*"model":"m".*"server_vad"/);
    assert.match(JSON.stringify(updated), /"audio\/pcmu"\}.*"language":"en".*"server_vad"/);
  });

  it('makes an item of each commit, which may be complete in another order', () => {
    const observed = manual();
    observed.receive(append(0.2, 24_000));
    observed.utterances[0]?.listener.delta('hello');
    observed.receive(commit, append(0.2, 24_000), commit);
    const [delta, first, , , second] = observed.take();
    assert.equal(delta?.delta, 'hello');
    assert.equal(delta.item_id, first?.item_id);
    assert.equal(first?.previous_item_id, null);
    assert.equal(second?.previous_item_id, first.item_id);
    assert.ok(observed.utterances.every(({ ended, samples }) => ended && samples === 3200));
    observed.utterances[1]?.finish('two');
    observed.utterances[0]?.finish('');
    const done = observed.take().filter(({ type }) => type === `${transcription}.completed`);
    assert.deepEqual(
      done.map(({ item_id, transcript }) => [item_id, transcript]),
      [
        [second?.item_id, 'two'],
        [first.item_id, 'hello'],
      ],
    );
    assert.deepEqual(done[0]?.usage, {
      type: 'tokens',
      input_tokens: 40,
      output_tokens: 2,
      total_tokens: 42,
      input_token_details: { audio_tokens: 40, text_tokens: 0 },
    });
  });

  it('refuses a commit of less than 100 ms, and forgets what is cleared', () => {
    const observed = manual();
    observed.receive(commit);
    assert.equal(observed.code(), 'input_audio_buffer_commit_empty');
    observed.receive(append(0.05, 24_000), commit);
    assert.equal(observed.code(), 'input_audio_buffer_commit_empty');
    observed.receive(append(0.2, 24_000), clear);
    assert.deepEqual(observed.types(), ['input_audio_buffer.cleared']);
    assert.ok(observed.utterances[0]?.dropped);
    observed.receive(commit);
    assert.equal(observed.code(), 'input_audio_buffer_commit_empty');
  });

  it('says that an item failed, and takes the next one', () => {
    const observed = manual();
    observed.receive(append(0.2, 24_000), commit);
    observed.take();
    observed.utterances[0]?.listener.failed('out of memory');
    const [failed] = observed.take();
    assert.equal(failed?.type, `${transcription}.failed`);
    assert.match(JSON.stringify(failed.error), /out of memory/);
    observed.receive(append(0.2, 24_000), commit);
    observed.utterances[1]?.finish('on');
    assert.equal(observed.types().at(-1), `${transcription}.completed`);
  });

  it('makes items of turns, at the times they are spoken', () => {
    const observed = withVad();
    observed.receive(append(4, 24_000));
    const { listener } = observed.utterances[0]!;
    listener.progress?.({ kind: 'speech-started', sample: 8000 });
    listener.delta('a');
    listener.progress?.({ kind: 'speech-stopped', sample: 24_000 });
    listener.progress?.({ kind: 'speech-started', sample: 32_000 });
    listener.progress?.({ kind: 'turn', result: { ...turn, text: 'a' } });
    listener.delta(' b');
    listener.progress?.({ kind: 'speech-stopped', sample: 48_000 });
    listener.progress?.({ kind: 'turn', result: turn });
    const events = observed.take();
    const brief = events.map((event) => {
      const { audio_start_ms, audio_end_ms, delta, transcript } = event as Record<string, string>;
      const name = String(event.type).replace(/^(input_audio_buffer|conversation\.item)\./, '');
      return `${name} ${audio_start_ms ?? audio_end_ms ?? delta ?? transcript ?? ''}`;
    });
    assert.deepEqual(brief, [
      'speech_started 500',
      'input_audio_transcription.delta a',
      'speech_stopped 1500',
      'committed ',
      'added ',
      'done ',
      'speech_started 2000',
      'input_audio_transcription.completed a',
      'input_audio_transcription.delta b',
      'speech_stopped 3000',
      'committed ',
      'added ',
      'done ',
      'input_audio_transcription.completed b',
    ]);
    assert.equal(events[9]?.previous_item_id, undefined);
    assert.equal(events[10]?.previous_item_id, events[3]?.item_id);
  });

  it('makes one item of all that is in none when the client commits', () => {
    const observed = withVad();
    observed.receive(append(4, 24_000));
    const [utterance] = observed.utterances;
    const { listener } = utterance!;
    listener.progress?.({ kind: 'speech-started', sample: 8000 });
    observed.receive(commit);
    assert.ok(utterance?.ended);
    // What speech detection still finds belongs to the item that the client made.
    listener.progress?.({ kind: 'speech-stopped', sample: 24_000 });
    listener.delta('a');
    listener.progress?.({ kind: 'turn', result: { ...turn, text: 'a' } });
    listener.progress?.({ kind: 'speech-started', sample: 32_000 });
    listener.delta(' b');
    listener.progress?.({ kind: 'turn', result: turn });
    listener.done({ text: 'a b', tokens: 2, audioFrames: 18 });
    const events = observed.take();
    assert.deepEqual(
      events.map(({ type }) => type),
      [
        'input_audio_buffer.speech_started',
        ...committed,
        `${transcription}.delta`,
        `${transcription}.delta`,
        `${transcription}.completed`,
      ],
    );
    assert.equal(events.at(-1)?.transcript, 'a b');
    assert.match(JSON.stringify(events.at(-1)?.usage), /"output_tokens":2/);
    // Times go on from where the stream ended.
    observed.receive(append(1, 24_000));
    observed.utterances[1]?.listener.progress?.({ kind: 'speech-started', sample: 8000 });
    assert.equal(observed.take()[0]?.audio_start_ms, 4500);
  });

  it('completes what was committed when the rest is cleared', () => {
    const observed = withVad();
    observed.receive(append(4, 24_000));
    const [utterance] = observed.utterances;
    const { listener } = utterance!;
    listener.progress?.({ kind: 'speech-started', sample: 8000 });
    listener.progress?.({ kind: 'speech-stopped', sample: 24_000 });
    listener.progress?.({ kind: 'speech-started', sample: 32_000 });
    observed.receive(clear);
    observed.take();
    assert.ok(utterance?.ended && !utterance.dropped);
    listener.delta('a');
    listener.progress?.({ kind: 'turn', result: turn });
    listener.delta(' b');
    listener.progress?.({ kind: 'turn', result: turn });
    listener.done({ text: 'a b', tokens: 2, audioFrames: 18 });
    assert.deepEqual(observed.types(), [`${transcription}.delta`, `${transcription}.completed`]);
    observed.receive(append(4, 24_000), clear);
    assert.ok(observed.utterances[1]?.dropped);
  });

  it('answers what it cannot do with a code and goes on', () => {
    const observed = manual();
    const cases: [object | string, string, string | null][] = [
      ['{"type"', 'invalid_json', null],
      [['x'], 'invalid_value', 'type'],
      [{ type: 'response.create' }, 'invalid_value', 'type'],
      [{ type: 'session.update' }, 'missing_required_parameter', 'session'],
      [{ type: 'session.update', session: { type: 'realtime' } }, 'invalid_value', 'session.type'],
      [
        update({ format: { type: 'audio/pcm', rate: 16_000 } }),
        'invalid_value',
        'session.audio.input.format.rate',
      ],
      [update({ format: { type: 'opus' } }), 'invalid_value', 'session.audio.input.format.type'],
      [update({ format: 'pcm16' }), 'invalid_value', 'session.audio.input.format'],
      [
        update({ transcription: { model: 'other' } }),
        'model_not_found',
        'session.audio.input.transcription.model',
      ],
      [
        update({ turn_detection: { type: 'semantic_vad' } }),
        'invalid_value',
        'session.audio.input.turn_detection.type',
      ],
      [{ type: 'input_audio_buffer.append' }, 'invalid_value', 'audio'],
      [{ type: 'input_audio_buffer.append', audio: '%%%%' }, 'invalid_value', 'audio'],
      [{ type: 'input_audio_buffer.append', audio: 'AAAA' }, 'invalid_value', 'audio'],
      [{ type: 'input_audio_buffer.append', audio: '' }, 'invalid_value', 'audio'],
    ];
    for (const [message, code, param] of cases) {
      const named =
        typeof message === 'string' || Array.isArray(message)
          ? message
          : { ...message, event_id: 'mine' };
      observed.receive(named);
      const { type, error } = observed.take()[0] as { type: string; error: object };
      assert.equal(type, 'error');
      const { message: text, ...rest } = error as { message: string };
      assert.ok(text.length > 5);
      assert.deepEqual(rest, {
        type: 'invalid_request_error',
        code,
        param,
        event_id: typeof named === 'string' || Array.isArray(named) ? null : 'mine',
      });
    }
    assert.equal(observed.closed, null);
  });

  it('does not change format or turn detection under buffered audio', () => {
    const observed = manual();
    observed.receive(append(0.2, 24_000), update({ format: { type: 'audio/pcma' } }));
    assert.equal(observed.code(), 'invalid_value');
    observed.receive(commit, update({ turn_detection: { type: 'server_vad' } }));
    assert.equal(observed.types().at(-1), 'session.updated');
    observed.utterances[0]?.finish('kept');
    assert.equal(observed.take().at(-1)?.transcript, 'kept');
  });

  it('takes G.711 at 8 kHz', () => {
    const observed = manual();
    observed.receive(update({ format: { type: 'audio/pcma' } }));
    const audio = Buffer.alloc(800, 0x55).toString('base64');
    observed.receive({ type: 'input_audio_buffer.append', audio }, commit);
    assert.equal(observed.utterances[0]?.samples, 1600);
  });

  it('ends when it is too long, and on a binary frame', () => {
    class ShortSession extends OpenaiSession {
      constructor(ports: SessionPorts) {
        super(ports, 1);
      }
    }
    const long = new ObservedSession(ShortSession);
    long.take();
    long.receive(append(0.9, 24_000), append(0.2, 24_000));
    assert.equal(long.code(), 'session_expired');
    assert.equal(long.closed, 1000);
    const binary = manual();
    binary.receive(new Uint8Array(2));
    assert.equal(binary.closed, 1003);
  });

  it('stops all recognition when the client has gone', () => {
    const observed = manual();
    observed.receive(append(0.2, 24_000), commit, append(0.2, 24_000), commit);
    observed.receive(update({ turn_detection: { type: 'server_vad' } }), append(1, 24_000));
    observed.session.close();
    assert.deepEqual(
      observed.utterances.map(({ dropped }) => dropped),
      [true, true, true],
    );
  });
});
