import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  assertAudioError,
  decodeBytes,
  decodeWhole,
  fixturePath,
  largestDifference,
} from './support/audioTestFiles.ts';
import { pcm16Spec, pcm16Wav, writeWav } from './support/wavWriter.ts';
import type { WavSpec } from './support/wavWriter.ts';

interface Coding {
  name: string;
  formatTag: number;
  bits: number;
  write: (buffer: Buffer, value: number, offset: number) => void;
  /** Stored values and the samples they stand for. */
  values: [number, number][];
}

const codings: Coding[] = [
  {
    name: 'pcm_u8',
    formatTag: 1,
    bits: 8,
    write: (buffer, value, offset) => buffer.writeUInt8(value, offset),
    values: [
      [0, -1],
      [128, 0],
      [192, 0.5],
      [255, 127 / 128],
    ],
  },
  {
    name: 'pcm_s16le',
    formatTag: 1,
    bits: 16,
    write: (buffer, value, offset) => buffer.writeInt16LE(value, offset),
    values: [
      [-32768, -1],
      [0, 0],
      [1, 1 / 32768],
      [32767, 32767 / 32768],
    ],
  },
  {
    name: 'pcm_s24le',
    formatTag: 1,
    bits: 24,
    write: (buffer, value, offset) => buffer.writeIntLE(value, offset, 3),
    values: [
      [-8388608, -1],
      [-1, -1 / 8388608],
      [4194304, 0.5],
      [8388607, 8388607 / 8388608],
    ],
  },
  {
    name: 'pcm_s32le',
    formatTag: 1,
    bits: 32,
    write: (buffer, value, offset) => buffer.writeInt32LE(value, offset),
    values: [
      [-2147483648, -1],
      [0, 0],
      [1073741824, 0.5],
    ],
  },
  {
    name: 'pcm_f32le',
    formatTag: 3,
    bits: 32,
    write: (buffer, value, offset) => buffer.writeFloatLE(value, offset),
    values: [
      [-1, -1],
      [0.25, 0.25],
      [1.5, 1.5],
    ],
  },
  {
    name: 'pcm_f64le',
    formatTag: 3,
    bits: 64,
    write: (buffer, value, offset) => buffer.writeDoubleLE(value, offset),
    values: [
      [-1, -1],
      [0.25, 0.25],
    ],
  },
  {
    // Points of ITU-T G.711, table 1a: the smallest and largest values of either sign.
    name: 'pcm_alaw',
    formatTag: 6,
    bits: 8,
    write: (buffer, value, offset) => buffer.writeUInt8(value, offset),
    values: [
      [0xd5, 8 / 32768],
      [0x55, -8 / 32768],
      [0xaa, 32256 / 32768],
      [0x2a, -32256 / 32768],
    ],
  },
  {
    // Points of ITU-T G.711, table 2a.
    name: 'pcm_mulaw',
    formatTag: 7,
    bits: 8,
    write: (buffer, value, offset) => buffer.writeUInt8(value, offset),
    values: [
      [0xff, 0],
      [0x7f, 0],
      [0x80, 32124 / 32768],
      [0x00, -32124 / 32768],
    ],
  },
];

function codedWav(coding: Coding, changes: Partial<WavSpec> = {}): Uint8Array {
  const bytesPerSample = coding.bits / 8;
  const data = Buffer.alloc(coding.values.length * bytesPerSample);
  coding.values.forEach(([stored], i) => {
    coding.write(data, stored, i * bytesPerSample);
  });
  return writeWav({
    formatTag: coding.formatTag,
    channels: 1,
    sampleRateHz: 22050,
    bitsPerSample: coding.bits,
    frameBytes: bytesPerSample,
    data,
    ...changes,
  });
}

describe('WAV codings', () => {
  for (const coding of codings) {
    for (const extensible of [false, true]) {
      test(`${coding.name}${extensible ? ', extensible header' : ''}`, async () => {
        const { source, channels } = await decodeBytes(codedWav(coding, { extensible }));
        assert.equal(source.format, `wav ${coding.name}`);
        assert.equal(source.sampleRateHz, 22050);
        assert.deepEqual(
          // µ-law has a code for -0; adding 0 makes it 0.
          [...channels[0]!].map((sample) => sample + 0),
          coding.values.map(([, sample]) => Math.fround(sample)),
        );
      });
    }
  }

  test('channels are kept apart', async () => {
    const spec = { ...pcm16Spec([100, -200, 300, 400, -500, 600]), channels: 3, frameBytes: 6 };
    const { channels } = await decodeBytes(writeWav(spec));
    assert.deepEqual(
      channels.map((samples) => [...samples].map((sample) => sample * 32768)),
      [
        [100, 400],
        [-200, -500],
        [300, 600],
      ],
    );
  });
});

describe('WAV files that SoX wrote', () => {
  const tolerances: [name: string, format: string, tolerance: number][] = [
    ['u8.wav', 'wav pcm_u8', 1 / 128],
    ['s24.wav', 'wav pcm_s24le', 0],
    ['s24-plain.wav', 'wav pcm_s24le', 0],
    ['s32.wav', 'wav pcm_s32le', 0],
    ['f32.wav', 'wav pcm_f32le', 0],
    ['f64.wav', 'wav pcm_f64le', 0],
    ['alaw.wav', 'wav pcm_alaw', 1 / 64],
    ['mulaw.wav', 'wav pcm_mulaw', 1 / 64],
    ['streamed.wav', 'wav pcm_s16le', 0],
  ];
  for (const [name, format, tolerance] of tolerances) {
    test(`${name} is the original, to its precision`, async () => {
      const original = await decodeWhole(fixturePath('s16.wav'));
      const { source, channels } = await decodeWhole(fixturePath(name));
      assert.equal(source.format, format);
      assert.ok(largestDifference(channels[0]!, original.channels[0]!) <= tolerance);
    });
  }

  test('stereo', async () => {
    const original = await decodeWhole(fixturePath('s16.wav'));
    const { channels } = await decodeWhole(fixturePath('stereo.wav'));
    assert.deepEqual(channels[0], original.channels[0]);
    const inverted = original.channels[0]!.map((sample) => sample * -0.5);
    assert.ok(largestDifference(channels[1]!, inverted) <= 1 / 32768);
  });

  test('an odd number of bytes', async () => {
    const { channels } = await decodeWhole(fixturePath('odd-u8.wav'));
    assert.equal(channels[0]!.length, 3199);
  });
});

describe('WAV structure', () => {
  const samples = [1, -2, 3, -4];
  const expected = samples.map((sample) => sample / 32768);
  const decoded = async (changes: Partial<WavSpec>): Promise<number[]> => {
    const { channels } = await decodeBytes(writeWav({ ...pcm16Spec(samples), ...changes }));
    return [...channels[0]!];
  };

  test('unknown chunks are skipped, with their padding', async () => {
    const odd = { id: 'LIST', data: Buffer.from('odd') };
    const even = { id: 'junk', data: Buffer.from('even') };
    assert.deepEqual(
      await decoded({ chunksBefore: [odd, even, odd], chunksAfter: [odd] }),
      expected,
    );
  });

  for (const dataSize of [0, 0xffffffff, 0x7ffff000, 0x80000000]) {
    test(`data size 0x${dataSize.toString(16)} of a streaming writer`, async () => {
      assert.deepEqual(await decoded({ dataSize, riffSize: dataSize }), expected);
    });
  }

  test('data size 0 means no audio where the file length agrees', async () => {
    const wav = writeWav({
      ...pcm16Spec([]),
      chunksAfter: [{ id: 'LIST', data: Buffer.from('more') }],
    });
    await assertAudioError(wav, 'empty');
  });

  test('an RF64 file by its 64-bit size', async () => {
    const ds64 = Buffer.alloc(28);
    ds64.writeBigUInt64LE(8n, 8);
    const changes = {
      riffId: 'RF64',
      riffSize: 0xffffffff,
      dataSize: 0xffffffff,
      chunksBefore: [{ id: 'ds64', data: ds64 }],
      chunksAfter: [{ id: 'LIST', data: Buffer.from('not audio') }],
    };
    assert.deepEqual(await decoded(changes), expected);
  });

  test('bytes after the last whole frame are left out', async () => {
    const data = Buffer.concat([pcm16Spec(samples).data, Buffer.from([1])]);
    assert.deepEqual(await decoded({ data }), expected);
  });
});

describe('WAV files that are refused', () => {
  const base = pcm16Spec([1, 2, 3, 4]);
  const cases: [
    name: string,
    spec: Partial<WavSpec>,
    reason: Parameters<typeof assertAudioError>[1],
  ][] = [
    ['no samples', { data: Buffer.alloc(0) }, 'empty'],
    ['more audio announced than there is', { dataSize: 1000 }, 'truncated'],
    ['0 Hz', { sampleRateHz: 0 }, 'corrupt'],
    ['4 GHz', { sampleRateHz: 0xffffffff }, 'corrupt'],
    ['0 channels', { channels: 0 }, 'corrupt'],
    ['0 bytes per frame', { frameBytes: 0 }, 'corrupt'],
    ['65535 channels', { channels: 65535, frameBytes: 65535, bitsPerSample: 8 }, 'corrupt'],
    ['16 bits in 1 byte', { frameBytes: 1 }, 'corrupt'],
    ['0 bits', { bitsPerSample: 0 }, 'corrupt'],
    ['16-bit float', { formatTag: 3 }, 'corrupt'],
    ['ADPCM', { formatTag: 2 }, 'unsupported'],
    ['MP3 in WAV', { formatTag: 0x55, extensible: true }, 'unsupported'],
  ];
  for (const [name, spec, reason] of cases) {
    test(name, () => assertAudioError(writeWav({ ...base, ...spec }), reason));
  }

  test('a private sub-format', () => {
    const wav = writeWav({ ...base, extensible: true });
    wav[wav.length - base.data.length - 8 - 1]! ^= 1;
    return assertAudioError(wav, 'unsupported');
  });

  test('an extensible header without its extension', () =>
    assertAudioError(writeWav({ ...base, formatTag: 0xfffe }), 'corrupt'));

  test('audio before its format', () => {
    const data = { id: 'data', data: base.data };
    return assertAudioError(writeWav({ ...base, chunksBefore: [data] }), 'corrupt');
  });

  for (const value of [NaN, Infinity]) {
    test(`${value} as a sample`, () => {
      const data = Buffer.alloc(8);
      data.writeFloatLE(value, 4);
      const spec = { ...base, formatTag: 3, bitsPerSample: 32, frameBytes: 4, data };
      return assertAudioError(writeWav(spec), 'corrupt');
    });
  }
});

describe('damaged WAV files', () => {
  const reasons = ['empty', 'truncated', 'unknown_format', 'corrupt', 'unsupported'] as const;

  test('cut off at every byte', async () => {
    const whole = writeWav({
      ...pcm16Spec([10, 20, 30, 40]),
      chunksBefore: [{ id: 'LIST', data: Buffer.from('odd') }],
      extensible: true,
    });
    for (let length = 0; length < whole.length; length++) {
      await assertAudioError(whole.subarray(0, length), ...reasons);
    }
    assert.equal((await decodeBytes(whole)).channels[0]!.length, 4);
  });

  test('any bytes changed: decoded, or one AudioError', async () => {
    const whole = pcm16Wav([10, 20, 30, 40], 16000);
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = Uint8Array.from(whole);
        for (const [offset, value] of changes) bytes[offset] = value;
        const result = await decodeBytes(bytes).catch(async () => {
          await assertAudioError(bytes, ...reasons, 'too_long');
          return null;
        });
        if (result) assert.ok(result.channels[0]!.length > 0);
      }),
      { numRuns: 300 },
    );
  });
});
