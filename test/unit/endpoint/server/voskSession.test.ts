import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { VoskSession } from '../../../../src/endpoint/server/voskSession.ts';
import { ObservedSession } from './support/observedSession.ts';

const config = '{"config" : {"sample_rate" : 16000}}';
const eof = '{"eof" : 1}';
const reset = '{"reset" : 1}';
const chunk = new Uint8Array(3200);

function heard(observed: ObservedSession, sample: number, index = 0): void {
  observed.utterances[index]?.listener.progress?.({ kind: 'heard', sample });
}

function turn(observed: ObservedSession, lastText: string, index = 0): void {
  const result = { text: lastText, lastText, tokens: 1, audioFrames: 1 };
  observed.utterances[index]?.listener.progress?.({ kind: 'turn', result });
}

describe('VoskSession', () => {
  it('gives one reply a message, when its audio was heard, and the rest at the end', () => {
    const observed = new ObservedSession(VoskSession);
    observed.receive(config, chunk, chunk);
    assert.deepEqual(observed.take(), []);
    heard(observed, 1536);
    assert.deepEqual(observed.take(), [{ partial: '' }]);
    observed.utterances[0]?.listener.progress?.({ kind: 'hypothesis', text: 'turn of' });
    observed.utterances[0]?.listener.delta('turn');
    heard(observed, 3072);
    assert.deepEqual(observed.take(), [{ partial: 'turn of' }]);
    turn(observed, 'turn off');
    turn(observed, 'the light');
    observed.receive(chunk);
    heard(observed, 4608);
    assert.deepEqual(observed.take(), [{ text: 'turn off' }]);
    observed.receive(chunk, eof);
    turn(observed, 'please');
    assert.deepEqual(observed.take(), []);
    observed.utterances[0]?.finish('');
    assert.deepEqual(observed.take(), [{ text: 'the light' }, { text: 'please' }]);
    assert.equal(observed.closed, 1000);
  });

  it('replies at once where a message fills no frame', () => {
    const observed = new ObservedSession(VoskSession);
    observed.receive(config, new Uint8Array(2), new Uint8Array(0));
    assert.deepEqual(observed.take(), [{ partial: '' }, { partial: '' }]);
  });

  it('takes 8000 Hz where it is not told, and a rate only before the audio', () => {
    const observed = new ObservedSession(VoskSession);
    observed.receive(new Uint8Array(16_000), config, new Uint8Array(16_000), eof);
    assert.equal(observed.utterances[0]?.samples, 32_000);
  });

  it('answers an end without audio', () => {
    const observed = new ObservedSession(VoskSession);
    observed.receive(eof);
    observed.utterances[0]?.finish('');
    assert.deepEqual(observed.take(), [{ text: '' }]);
    assert.equal(observed.closed, 1000);
  });

  it('goes on after a reset, with what came in the meantime', () => {
    const observed = new ObservedSession(VoskSession);
    observed.receive('{"config":{"sample_rate":16000,"max_alternatives":1}}', chunk, reset, chunk);
    turn(observed, 'one');
    observed.utterances[0]?.finish('');
    assert.deepEqual(observed.take(), [
      { alternatives: [{ text: 'one' }] },
      { alternatives: [{ text: '' }] },
    ]);
    assert.equal(observed.utterances.length, 2);
    heard(observed, 1536, 1);
    assert.deepEqual(observed.take(), [{ partial: '' }]);
    assert.equal(observed.closed, null);
  });

  it('closes with 1011 on what it cannot use', () => {
    for (const message of [
      '{"eof":1}',
      '{"config":',
      '{"config":{"model":"other"}}',
      '{"config":{"sample_rate":100}}',
      '{"config":{"sample_rate":16001}}',
      '{"config":{"sample_rate":"fast"}}',
    ]) {
      const observed = new ObservedSession(VoskSession);
      observed.receive(message);
      assert.equal(observed.closed, 1011, message);
    }
    const broken = new ObservedSession(VoskSession);
    broken.receive(chunk);
    broken.utterances[0]?.listener.failed('no memory');
    assert.equal(broken.closed, 1011);
  });
});
