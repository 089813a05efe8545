import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseClientMessage } from '../../../../src/endpoint/server/clientMessage.ts';
import { ProtocolError } from '../../../../src/endpoint/server/protocolError.ts';

function refusal(frame: string): string {
  try {
    parseClientMessage(frame);
  } catch (error) {
    assert.ok(error instanceof ProtocolError);
    return `${error.reason}: ${error.message}`;
  }
  return 'accepted';
}

describe('parseClientMessage', () => {
  it('reads the three messages, ignoring unknown fields', () => {
    assert.deepEqual(parseClientMessage('{"type":"session.update","model":"m","include":[]}'), {
      type: 'session.update',
      model: 'm',
    });
    assert.deepEqual(parseClientMessage('{"type":"input_audio_buffer.append","audio":"AAA="}'), {
      type: 'input_audio_buffer.append',
      audio: 'AAA=',
    });
    assert.deepEqual(parseClientMessage('{"type":"input_audio_buffer.commit","final":true}'), {
      type: 'input_audio_buffer.commit',
      final: true,
    });
  });

  it('takes a commit without `final` for one that starts', () => {
    const message = parseClientMessage('{"type":"input_audio_buffer.commit"}');
    assert.deepEqual(message, { type: 'input_audio_buffer.commit', final: false });
  });

  it('names what is wrong with the code the protocol has for it', () => {
    assert.equal(refusal('{"type":'), 'invalid_json: Invalid JSON');
    assert.equal(refusal('[]'), 'invalid_event: An event must be a JSON object');
    assert.equal(refusal('null'), 'invalid_event: An event must be a JSON object');
    assert.equal(refusal('{"type":"foo"}'), 'unknown_event: Unknown event type: foo');
    assert.equal(refusal('{"type":"toString"}'), 'unknown_event: Unknown event type: toString');
    assert.equal(refusal('{}'), 'unknown_event: Unknown event type: null');
    assert.equal(
      refusal('{"type":"session.update","session":{"model":"m"}}'),
      'invalid_event: Missing required field: model',
    );
    assert.match(refusal('{"type":"session.update","model":7}'), /^invalid_event: .*model/);
    assert.match(
      refusal('{"type":"input_audio_buffer.commit","final":"yes"}'),
      /^invalid_event: .*final/,
    );
    assert.equal(
      refusal('{"type":"input_audio_buffer.append"}'),
      'invalid_audio: Invalid audio data',
    );
  });

  it('never fails in another way, whatever the frame', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (frame) => {
        assert.match(refusal(frame), /^(accepted|invalid_json|invalid_event|unknown_event)/);
      }),
    );
  });
});
