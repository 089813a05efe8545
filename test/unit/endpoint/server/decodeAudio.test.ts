import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeAudio } from '../../../../src/endpoint/server/decodeAudio.ts';
import { ProtocolError } from '../../../../src/endpoint/server/protocolError.ts';

describe('decodeAudio', () => {
  it('gives back every sample, in memory that can be handed over', () => {
    fc.assert(
      fc.property(fc.int16Array({ minLength: 1 }), (samples) => {
        const bytes = Buffer.alloc(samples.length * 2);
        samples.forEach((sample, index) => bytes.writeInt16LE(sample, index * 2));
        const decoded = decodeAudio(bytes.toString('base64'));
        assert.deepEqual(decoded, samples);
        assert.equal(decoded.buffer.byteLength, bytes.length);
      }),
    );
  });

  it('refuses no audio, half a sample and what is not base64', () => {
    for (const audio of ['', 'AA==', 'AAAA', '!!!!', 'AAA', 'AA=A', 'AAA=AAA=']) {
      assert.throws(
        () => decodeAudio(audio),
        (error) => error instanceof ProtocolError && error.reason === 'invalid_audio',
        audio,
      );
    }
  });
});
