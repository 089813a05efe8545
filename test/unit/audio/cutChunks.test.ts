import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { cutChunks } from '../../../src/audio/cutChunks.ts';
import { mixDown } from '../../../src/audio/mixDown.ts';
import { pcm16FromSamples } from '../../../src/audio/pcm16.ts';
import type { PcmAudio } from '../../../src/audio/pcmAudio.ts';

function pcm(samples: Int16Array, sampleRateHz = 16000): PcmAudio {
  const source = { format: 'test', sampleRateHz, channels: 1, sha256: '' };
  return { sampleRateHz, samples, source };
}

describe('cutChunks', () => {
  test('80 ms at 16 kHz, the last one shorter', () => {
    const chunks = cutChunks(pcm(new Int16Array(3000)), 80);
    assert.deepEqual(
      chunks.map(({ startSample, endSample, bytes }) => [startSample, endSample, bytes.length]),
      [
        [0, 1280, 2560],
        [1280, 2560, 2560],
        [2560, 3000, 880],
      ],
    );
  });

  test('bytes are little-endian', () => {
    const [chunk] = cutChunks(pcm(Int16Array.of(1, -2, 0x1234)), 80);
    assert.deepEqual([...chunk!.bytes], [0x01, 0x00, 0xfe, 0xff, 0x34, 0x12]);
  });

  test('of a view into a larger buffer', () => {
    const view = Int16Array.of(9, 9, 1, 2, 9).subarray(2, 4);
    const [chunk] = cutChunks(pcm(view), 80);
    assert.deepEqual([...chunk!.bytes], [1, 0, 2, 0]);
  });

  test('chunks that are no whole number of samples do not drift', () => {
    const chunks = cutChunks(pcm(new Int16Array(44100), 44100), 0.1);
    chunks.forEach((chunk, i) => {
      assert.equal(chunk.startSample, Math.round(i * 4.41));
    });
  });

  test('no audio, no chunk', () => {
    assert.deepEqual(cutChunks(pcm(new Int16Array(0)), 80), []);
  });

  test('a chunk must be at least one sample long', () => {
    for (const chunkMs of [0, -1, 0.01, NaN]) {
      assert.throws(() => cutChunks(pcm(new Int16Array(10)), chunkMs), RangeError);
    }
  });

  test('together the chunks are the audio, each not empty', () => {
    const rates = fc.constantFrom(8000, 16000, 22050, 24000, 48000);
    fc.assert(
      fc.property(
        fc.int16Array({ maxLength: 4000 }),
        rates,
        fc.double({ min: 0.2, max: 300, noNaN: true }),
        (samples, rateHz, chunkMs) => {
          const chunks = cutChunks(pcm(samples, rateHz), chunkMs);
          let position = 0;
          for (const chunk of chunks) {
            assert.equal(chunk.startSample, position);
            assert.ok(chunk.endSample > chunk.startSample);
            assert.equal(chunk.bytes.length, 2 * (chunk.endSample - chunk.startSample));
            position = chunk.endSample;
          }
          assert.equal(position, samples.length);
          const joined = Buffer.concat(chunks.map((chunk) => chunk.bytes));
          samples.forEach((sample, i) => {
            assert.equal(joined.readInt16LE(2 * i), sample);
          });
        },
      ),
    );
  });
});

describe('pcm16FromSamples', () => {
  test('rounds and clips', () => {
    const step = 1 / 32768;
    const input = Float32Array.of(0, 0.4 * step, 0.6 * step, -0.6 * step, 1, 7, -1, -7, 0.5);
    const expected = [0, 0, 1, -1, 32767, 32767, -32768, -32768, 16384];
    assert.deepEqual([...pcm16FromSamples(input)], expected);
  });

  test('every 16-bit value survives', () => {
    const all = Int16Array.from({ length: 65536 }, (_, i) => i - 32768);
    assert.deepEqual(pcm16FromSamples(Float32Array.from(all, (value) => value / 32768)), all);
  });
});

describe('mixDown', () => {
  test('is the mean of the channels', () => {
    const mixed = mixDown([
      Float32Array.of(1, 0.5),
      Float32Array.of(0, -0.5),
      Float32Array.of(0.5, 0),
    ]);
    assert.deepEqual([...mixed], [0.5, 0]);
  });

  test('of one channel is that channel', () => {
    const only = Float32Array.of(0.1, 0.2);
    assert.equal(mixDown([only]), only);
  });
});
