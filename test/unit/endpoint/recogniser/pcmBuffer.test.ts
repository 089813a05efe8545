import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PcmBuffer } from '../../../../src/endpoint/recogniser/pcmBuffer.ts';

describe('PcmBuffer', () => {
  it('keeps every sample at its absolute place, whatever is let go before it', () => {
    const operations = fc.array(
      fc.record({ append: fc.nat(40_000), discard: fc.double({ min: 0, max: 1, noNaN: true }) }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(operations, (steps) => {
        const buffer = new PcmBuffer();
        let next = 0;
        let letGo = 0;
        for (const { append, discard } of steps) {
          buffer.append(Int16Array.from({ length: append }, (_, index) => (next + index) % 30_000));
          next += append;
          letGo = Math.max(letGo, Math.floor(next * discard));
          buffer.discardBefore(letGo);
        }
        assert.equal(buffer.endSample, next);
        assert.ok(buffer.startSample <= letGo);
        const rest = buffer.slice(letGo, next);
        rest.forEach((sample, index) => {
          assert.equal(sample * 32_768, (letGo + index) % 30_000);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('gives silence for what it does not hold', () => {
    const buffer = new PcmBuffer();
    buffer.append(Int16Array.of(16_384, -16_384));
    assert.deepEqual([...buffer.slice(1, 4)], [-0.5, 0, 0]);
  });

  it('does not hold on to old audio of a long stream', () => {
    const buffer = new PcmBuffer();
    for (let second = 0; second < 600; second += 1) {
      buffer.append(new Int16Array(16_000));
      buffer.discardBefore(buffer.endSample - 8000);
    }
    assert.ok(buffer.endSample - buffer.startSample <= 3 * 16_000);
  });
});
