import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RealtimeSession } from '../../../../src/endpoint/server/realtimeSession.ts';
import type { UtteranceListener } from '../../../../src/endpoint/recogniser/recogniserThread.ts';

const update = '{"type":"session.update","model":"m"}';
const start = '{"type":"input_audio_buffer.commit"}';
const end = '{"type":"input_audio_buffer.commit","final":true}';

function append(...samples: number[]): string {
  const audio = Buffer.from(Int16Array.from(samples).buffer).toString('base64');
  return JSON.stringify({ type: 'input_audio_buffer.append', audio });
}

/** A session whose recogniser writes down what it is asked, and what the client is sent. */
function observed() {
  const sent: Record<string, unknown>[] = [];
  const asked: string[] = [];
  const listeners: UtteranceListener[] = [];
  const session = new RealtimeSession({
    modelId: 'm',
    send: (frame) => sent.push(JSON.parse(frame) as Record<string, unknown>),
    end: () => undefined,
    openUtterance: (listener) => {
      const name = listeners.push(listener);
      asked.push(`open ${name}`);
      return {
        addAudio: (samples) => asked.push(`audio ${name}: ${samples.subarray(0, 9).join(' ')}`),
        endAudio: () => asked.push(`end ${name}`),
        drop: () => asked.push(`drop ${name}`),
      };
    },
  });
  const receive = (...frames: string[]): void => {
    for (const frame of frames) session.text(frame);
  };
  const errors = (): unknown[] => sent.map((event) => event.code ?? event.type);
  return { session, sent, asked, listeners, receive, errors };
}

const result = { text: 'hello', tokens: 2, audioFrames: 40 };

describe('RealtimeSession', () => {
  it('greets with an id and the time', () => {
    const { session, sent } = observed();
    session.open();
    assert.equal(sent[0]?.type, 'session.created');
    assert.match(String(sent[0].id), /^sess-[0-9a-f]{32}$/);
    assert.ok(Number.isInteger(sent[0].created));
  });

  it('starts on the commit without final and ends on the one with it', () => {
    const { receive, asked, sent, listeners } = observed();
    receive(update, start, append(1, 2), append(3), end);
    assert.deepEqual(asked, ['open 1', 'audio 1: 1 2', 'audio 1: 3', 'end 1']);
    listeners[0]?.delta('hel');
    listeners[0]?.done(result);
    assert.deepEqual(sent, [
      { type: 'transcription.delta', delta: 'hel' },
      {
        type: 'transcription.done',
        text: 'hello',
        usage: {
          prompt_tokens: 40,
          completion_tokens: 2,
          total_tokens: 42,
          prompt_tokens_details: null,
        },
      },
    ]);
  });

  it('queues audio and the end mark until an utterance is started', () => {
    const { receive, asked } = observed();
    receive(append(1), update, append(2), end);
    assert.deepEqual(asked, []);
    receive(start);
    assert.deepEqual(asked, ['open 1', 'audio 1: 1', 'audio 1: 2', 'end 1']);
  });

  it('says nothing to a final commit when nothing was started', () => {
    const { receive, sent, asked } = observed();
    receive(update, end);
    assert.deepEqual([sent, asked], [[], []]);
  });

  it('ignores a second start while an utterance is running', () => {
    const { receive, sent, asked } = observed();
    receive(update, start, start, append(1));
    assert.deepEqual(asked, ['open 1', 'audio 1: 1']);
    assert.deepEqual(sent, []);
  });

  it('lets go of audio between the end mark and the result', () => {
    const { receive, asked, listeners } = observed();
    receive(update, start, append(1), end, append(9), end);
    listeners[0]?.done(result);
    receive(start, append(2), end);
    assert.deepEqual(asked, ['open 1', 'audio 1: 1', 'end 1', 'open 2', 'audio 2: 2', 'end 2']);
  });

  it('refuses a commit before a valid model, and goes on', () => {
    const { receive, asked, errors } = observed();
    receive(start, end, '{"type":"session.update","model":"other"}', start);
    assert.deepEqual(errors(), [
      'model_not_validated',
      'model_not_validated',
      'model_not_found',
      'model_not_validated',
    ]);
    receive(update, start);
    assert.deepEqual(asked, ['open 1']);
  });

  it('keeps a valid model when a later one is unknown', () => {
    const { receive, asked, sent } = observed();
    receive(update, '{"type":"session.update","model":"other"}', start);
    assert.equal(sent[0]?.error, 'The model `other` does not exist.');
    assert.deepEqual(asked, ['open 1']);
  });

  it('answers bad frames with an error and goes on', () => {
    const { receive, errors, asked } = observed();
    receive(update, start, 'x', '{"type":"a"}', '{"type":"session.update"}');
    receive('{"type":"input_audio_buffer.append","audio":"AA=="}', append(1));
    assert.deepEqual(errors(), ['invalid_json', 'unknown_event', 'invalid_event', 'invalid_audio']);
    assert.deepEqual(asked, ['open 1', 'audio 1: 1']);
  });

  it('ends the utterance when recognition fails, and can start another', () => {
    const { receive, asked, sent, listeners } = observed();
    receive(update, start);
    listeners[0]?.failed('out of memory');
    assert.deepEqual(sent, [{ type: 'error', error: 'out of memory', code: 'processing_error' }]);
    receive(start);
    assert.deepEqual(asked, ['open 1', 'open 2']);
  });

  it('refuses more than an hour of audio', () => {
    const { receive, errors, asked } = observed();
    receive(update, start);
    const oneMore = append(0);
    const audio = Buffer.alloc(2 * 16_000 * 60 * 5).toString('base64');
    const fiveMinutes = JSON.stringify({ type: 'input_audio_buffer.append', audio });
    for (let count = 0; count < 12; count += 1) receive(fiveMinutes);
    assert.deepEqual(errors(), []);
    receive(oneMore);
    assert.deepEqual(errors(), ['processing_error']);
    assert.equal(asked.at(-1), 'drop 1');
  });

  it('drops the utterance when the client goes', () => {
    const { session, receive, asked } = observed();
    receive(update, start, append(1));
    session.close();
    assert.deepEqual(asked, ['open 1', 'audio 1: 1', 'drop 1']);
  });
});
