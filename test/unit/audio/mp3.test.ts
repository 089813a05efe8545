import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { flacFrameCrc, flacHeaderCrc } from '../../../src/audio/checksums.ts';
import { readMp3Header } from '../../../src/audio/mp3Header.ts';
import { mp3Crc } from '../../../src/audio/mp3Info.ts';
import { assertAudioError, decodeBytes, fixtureBytes } from './support/audioTestFiles.ts';

describe('MPEG audio frame headers', () => {
  const cases: [
    header: string,
    layer: number,
    rateHz: number,
    channels: number,
    bytes: number,
    samples: number,
  ][] = [
    ['fffb9064', 3, 44100, 2, 417, 1152],
    ['fffb92c4', 3, 44100, 1, 418, 1152],
    ['fffb54c4', 3, 48000, 1, 192, 1152],
    ['fff368c4', 3, 16000, 1, 216, 576],
    ['ffe368c4', 3, 8000, 1, 432, 576],
    ['fffd8400', 2, 48000, 2, 384, 1152],
    ['ffff8400', 1, 48000, 2, 256, 384],
  ];
  for (const [hex, layer, sampleRateHz, channels, frameBytes, samplesPerFrame] of cases) {
    test(hex, () => {
      const header = readMp3Header(Buffer.from(hex, 'hex'), 0);
      assert.ok(header);
      assert.deepEqual(
        [header.layer, header.sampleRateHz, header.channels, header.frameBytes],
        [layer, sampleRateHz, channels, frameBytes],
      );
      assert.equal(header.samplesPerFrame, samplesPerFrame);
    });
  }

  test('reserved values and anything else are no header', () => {
    for (const hex of [
      'fffb',
      'fffbf064',
      'fffb0064',
      'fffb9c64',
      'ffeb9064',
      'fff99064',
      'fe000000',
    ]) {
      assert.equal(readMp3Header(Buffer.from(hex, 'hex'), 0), null, hex);
    }
  });
});

describe('checksums give the published check values for "123456789"', () => {
  const digits = Buffer.from('123456789');
  test('CRC-8 of FLAC headers', () => {
    assert.equal(flacHeaderCrc(digits, 0, 9), 0xf4);
  });
  test('CRC-16 of FLAC frames, also in two steps', () => {
    assert.equal(flacFrameCrc(0, digits, 0, 9), 0xfee8);
    assert.equal(flacFrameCrc(flacFrameCrc(0, digits, 0, 4), digits, 4, 9), 0xfee8);
  });
  test('CRC-16 of the LAME tag', () => {
    assert.equal(mp3Crc(0, digits), 0xbb3d);
  });
});

describe('a VBRI tag', () => {
  function withVbri(frames: number): Uint8Array {
    const audio = fixtureBytes('untagged44k.mp3');
    const frameBytes = readMp3Header(audio, 0)!.frameBytes;
    const tag = Buffer.alloc(frameBytes);
    tag.set(audio.subarray(0, 4));
    tag.write('VBRI', 36);
    tag.writeUInt32BE(frameBytes + audio.length, 46);
    tag.writeUInt32BE(frames, 50);
    return Buffer.concat([tag, audio]);
  }

  test('is not played', async () => {
    const plain = await decodeBytes(fixtureBytes('untagged44k.mp3'));
    const tagged = await decodeBytes(withVbri(9));
    assert.equal(tagged.channels[0]!.length, plain.channels[0]!.length);
  });

  test('tells that the end is missing', async () => {
    const whole = withVbri(9);
    await assertAudioError(whole.subarray(0, whole.length - 209 * 3), 'truncated');
  });
});

test('tags at the end are not audio', async () => {
  const audio = fixtureBytes('cbr44k.mp3');
  const plain = await decodeBytes(audio);
  for (const tag of ['TAG', 'APETAGEX', '\0\0\0\0']) {
    const tagged = Buffer.concat([audio, Buffer.from(tag.padEnd(128, '\0'))]);
    assert.deepEqual(await decodeBytes(tagged), {
      ...plain,
      source: { ...plain.source, sha256: (await decodeBytes(tagged)).source.sha256 },
    });
  }
});

test('bytes between the frames are damage', async () => {
  const audio = fixtureBytes('untagged44k.mp3');
  const second = readMp3Header(audio, 0)!.frameBytes * 1;
  const third = second + readMp3Header(audio, second)!.frameBytes;
  const parted = Buffer.concat([
    audio.subarray(0, third),
    Buffer.from('something else'),
    audio.subarray(third),
  ]);
  await assertAudioError(parted, 'corrupt');
});
