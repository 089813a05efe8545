import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  bestShift,
  decodeBytes,
  decodeWhole,
  fixtureBytes,
  fixturePath,
  largestDifference,
} from './support/audioTestFiles.ts';
import type { PageSpec } from './support/oggWriter.ts';
import { writeOgg } from './support/oggWriter.ts';
import { oggPackets, readOggPages } from '../../../src/audio/oggPages.ts';

describe('FLAC', () => {
  const files: [name: string, format: string, original: string][] = [
    ['s16.flac', 'flac', 's16.wav'],
    ['s24.flac', 'flac', 's16.wav'],
    ['stereo.flac', 'flac', 'stereo.wav'],
    ['unknown-length.flac', 'flac', 's16.wav'],
    ['s16.oga', 'ogg flac', 's16.wav'],
    ['full-scale.flac', 'flac', 'full-scale.wav'],
  ];
  for (const [name, format, originalName] of files) {
    test(`${name} is exactly the original`, async () => {
      const original = await decodeWhole(fixturePath(originalName));
      const { source, channels } = await decodeWhole(fixturePath(name));
      assert.equal(source.format, format);
      assert.equal(source.sampleRateHz, 16000);
      assert.deepEqual(channels, original.channels);
    });
  }

  test('tags of another format around it', async () => {
    const id3v2 = Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 5]);
    const id3v1 = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)]);
    const tagged = Buffer.concat([id3v2, fixtureBytes('s16.flac'), id3v1]);
    assert.equal((await decodeBytes(tagged)).channels[0]!.length, 3200);
  });
});

describe('lossy formats', () => {
  const files: [name: string, format: string, original: string][] = [
    ['cbr44k.mp3', 'mp3', '44k.wav'],
    ['vbr16k.mp3', 'mp3', 's16.wav'],
    ['id3.mp3', 'mp3', '44k.wav'],
    ['vorbis44k.ogg', 'ogg vorbis', '44k.wav'],
    ['vorbis-stereo.ogg', 'ogg vorbis', 'stereo.wav'],
  ];
  for (const [name, format, originalName] of files) {
    test(`${name}: exact length, in place, close to the original`, async () => {
      const original = await decodeWhole(fixturePath(originalName));
      const { source, channels } = await decodeWhole(fixturePath(name));
      assert.deepEqual(
        [source.format, source.sampleRateHz, source.channels],
        [format, original.source.sampleRateHz, original.source.channels],
      );
      for (const [index, samples] of channels.entries()) {
        assert.equal(samples.length, original.channels[index]!.length);
        const { shift, correlation } = bestShift(original.channels[index]!, samples, 40);
        assert.equal(shift, 0);
        assert.ok(correlation > 0.98, String(correlation));
      }
    });
  }

  test('an MP3 file without a tag keeps the delay that nobody declares', async () => {
    const { channels } = await decodeWhole(fixturePath('untagged44k.mp3'));
    assert.equal(channels[0]!.length % 1152, 0);
    assert.ok(channels[0]!.length >= 8820);
  });

  const decodedFiles: [name: string, decoded: string][] = [
    ['cbr44k.mp3', 'cbr44k.decoded.wav'],
    ['vorbis-stereo.ogg', 'vorbis-stereo.decoded.wav'],
    ['opus.opus', 'opus.decoded.wav'],
    ['opus-stereo.opus', 'opus-stereo.decoded.wav'],
  ];
  for (const [name, decodedName] of decodedFiles) {
    test(`${name}: what the format's own decoder gives, to 16 bits`, async () => {
      const { channels } = await decodeWhole(fixturePath(name));
      const decoded = await decodeWhole(fixturePath(decodedName));
      for (const [index, samples] of decoded.channels.entries()) {
        assert.ok(largestDifference(channels[index]!, samples) <= 1 / 32768);
      }
    });
  }

  test('six channels of Opus have the length that was encoded', async () => {
    const { source, channels } = await decodeWhole(fixturePath('opus-six.opus'));
    assert.deepEqual([source.sampleRateHz, source.channels], [48000, 6]);
    for (const samples of channels) assert.equal(samples.length, 9600);
  });
});

/** The packets of a fixture, one page each for the headers and one for all the audio. */
async function repackedOpus(change: (packets: Uint8Array[]) => void): Promise<PageSpec[]> {
  const file = { path: 'opus.opus', bytes: fixtureBytes('opus.opus') };
  const pages = await readOggPages(file);
  const packets = [...oggPackets(file, pages)].map((packet) => Uint8Array.from(packet.bytes));
  change(packets);
  const [head, comments, ...audio] = packets;
  return [
    { packets: [head!], granule: 0n, flags: 2 },
    { packets: [comments!], granule: 0n, flags: 0 },
    { packets: audio, granule: pages.at(-1)!.granule, flags: 4 },
  ];
}

describe('Ogg Opus beyond what opusenc writes', () => {
  test('a comment header of several pages', async () => {
    const pages = await repackedOpus((packets) => {
      packets[1] = Buffer.concat([packets[1]!, Buffer.alloc(200_000, 0xff)]);
    });
    const plain = await decodeWhole(fixturePath('opus.opus'));
    const { channels } = await decodeBytes(writeOgg(pages));
    assert.deepEqual(channels, plain.channels);
  });

  test('the output gain of the header is applied', async () => {
    const pages = await repackedOpus((packets) => {
      // -6.0206 dB in units of 1/256 dB: half the level.
      new DataView(packets[0]!.buffer).setInt16(16, -1541, true);
    });
    const plain = await decodeWhole(fixturePath('opus.opus'));
    const { channels } = await decodeBytes(writeOgg(pages));
    const halved = plain.channels[0]!.map((sample) => sample / 2);
    assert.ok(largestDifference(channels[0]!, halved) < 1e-4);
  });

  test('a stream that starts in the middle of a longer one', async () => {
    const pages = await repackedOpus(() => undefined);
    const audio = pages[2]!;
    // The first page with audio is not the last one here, so its position gives the start.
    const first = { packets: audio.packets.slice(0, 5), granule: 1_000_000n + 4800n, flags: 0 };
    const last = { ...audio, packets: audio.packets.slice(5), granule: audio.granule + 1_000_000n };
    const { channels } = await decodeBytes(writeOgg([pages[0]!, pages[1]!, first, last]));
    assert.equal(channels[0]!.length, 9600);
  });
});
