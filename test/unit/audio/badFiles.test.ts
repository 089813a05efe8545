import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { AudioError } from '../../../src/audio/audioError.ts';
import type { AudioErrorReason } from '../../../src/audio/audioError.ts';
import { BenchError } from '../../../src/common/benchError.ts';
import { oggPackets, readOggPages } from '../../../src/audio/oggPages.ts';
import {
  assertAudioError,
  decodeBytes,
  decodeWhole,
  fixtureBytes,
  fixturePath,
  temporaryFile,
} from './support/audioTestFiles.ts';
import { writeOgg } from './support/oggWriter.ts';
import { pcm16Wav } from './support/wavWriter.ts';

const damaged: AudioErrorReason[] = [
  'truncated',
  'corrupt',
  'unsupported',
  'unknown_format',
  'empty',
];

const compressed = [
  's16.flac',
  'unknown-length.flac',
  's16.oga',
  'cbr44k.mp3',
  'vbr16k.mp3',
  'untagged44k.mp3',
  'vorbis44k.ogg',
  'opus.opus',
];

describe('compressed files that were cut off', () => {
  for (const name of compressed) {
    test(`${name}: never taken for whole`, async () => {
      const bytes = fixtureBytes(name);
      for (let length = 1; length < bytes.length; length += 61) {
        // Without a length in the header, a cut between two frames leaves a whole file.
        if (/unknown|untagged/.test(name)) {
          const cut = await decodeBytes(bytes.subarray(0, length)).catch(() => null);
          if (cut !== null) continue;
        }
        await assertAudioError(bytes.subarray(0, length), ...damaged);
      }
    });
  }

  test('in the middle the reason is "truncated"', async () => {
    for (const name of compressed) {
      const bytes = fixtureBytes(name);
      await assertAudioError(bytes.subarray(0, Math.floor(bytes.length * 0.7)), 'truncated');
    }
  });
});

describe('compressed files with damage', () => {
  const checked = compressed.filter((name) => name !== 'untagged44k.mp3');
  for (const name of checked) {
    test(`${name}: one flipped bit in the audio is noticed`, async () => {
      const bytes = fixtureBytes(name);
      for (const part of [0.5, 0.63, 0.77, 0.91]) {
        const copy = Uint8Array.from(bytes);
        copy[Math.floor(bytes.length * part)]! ^= 0x10;
        await assertAudioError(copy, 'corrupt', 'truncated');
      }
    });
  }

  for (const name of compressed) {
    test(`${name}: any damage is decoded or gives one AudioError`, async () => {
      const bytes = fixtureBytes(name);
      const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), async (changes) => {
          const copy = Uint8Array.from(bytes);
          for (const [offset, value] of changes) copy[offset] = value;
          await assertDecodesOrAudioError(copy);
        }),
        { numRuns: 40 },
      );
    });
  }

  test('missing Ogg pages', async () => {
    const bytes = fixtureBytes('vorbis44k.ogg');
    const pages = await readOggPages({ path: 'x', bytes });
    const without = Buffer.concat([
      bytes.subarray(0, pages[2]!.start),
      bytes.subarray(pages[2]!.end),
    ]);
    assert.ok(pages.length > 3 || pages[2]!.end === bytes.length);
    await assertAudioError(without, 'corrupt', 'truncated');
  });

  test('two Ogg streams one after the other', async () => {
    const one = fixtureBytes('opus.opus');
    await assertAudioError(Buffer.concat([one, one]), 'unsupported');
  });

  test('Opus packets that are none, behind right checksums', async () => {
    const file = { path: 'x', bytes: fixtureBytes('opus.opus') };
    const packets = [...oggPackets(file, await readOggPages(file))].map(({ bytes }) => bytes);
    const rewritten = (audio: Uint8Array[]): Uint8Array =>
      writeOgg([
        { packets: [packets[0]!], granule: 0n, flags: 2 },
        { packets: [packets[1]!], granule: 0n, flags: 0 },
        { packets: audio.slice(0, 1), granule: 960n, flags: 0 },
        { packets: audio.slice(1), granule: 9912n, flags: 4 },
      ]);
    assert.equal((await decodeBytes(rewritten(packets.slice(2)))).channels[0]!.length, 9600);
    // Code 3 with a frame count of 0, and an empty packet.
    await assertAudioError(rewritten([Uint8Array.of(0xff, 0), ...packets.slice(3)]), 'corrupt');
    await assertAudioError(rewritten([new Uint8Array(0), ...packets.slice(3)]), 'corrupt');
    // A frame that ends within its header.
    await assertAudioError(rewritten([Uint8Array.of(0xff, 0x83), ...packets.slice(3)]), 'corrupt');
    await assertAudioError(rewritten(packets.slice(2, 5)), 'corrupt');
  });
});

async function assertDecodesOrAudioError(bytes: Uint8Array): Promise<void> {
  try {
    const { channels } = await decodeBytes(bytes);
    assert.ok(channels[0]!.length > 0);
  } catch (error) {
    assert.ok(error instanceof AudioError, String(error));
  }
}

describe('what is no audio', () => {
  test('random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), assertDecodesOrAudioError),
      { numRuns: 200 },
    );
  });

  test('random bytes behind each magic number', async () => {
    const magic = fc.constantFrom(
      'RIFF\0\0\0\0WAVE',
      'RIFF\0\0\0\0WAVEfmt \x10\0\0\0',
      'fLaC',
      'OggS\0\x02',
      'ID3\x04',
      '\xff\xfb\x90',
      '\xff\xf8',
    );
    await fc.assert(
      fc.asyncProperty(magic, fc.uint8Array({ maxLength: 400 }), async (start, rest) => {
        await assertDecodesOrAudioError(Buffer.concat([Buffer.from(start, 'latin1'), rest]));
      }),
      { numRuns: 300 },
    );
  });

  const cases: [name: string, text: string, reason: AudioErrorReason, message: RegExp][] = [
    ['text', 'And so, my fellow Americans', 'unknown_format', /text file/],
    ['a web page', '<!DOCTYPE html><title>404</title>', 'unknown_format', /text file/],
    [
      'a Git LFS pointer',
      'version https://git-lfs.github.com/spec/v1\noid sha256:0',
      'unknown_format',
      /git lfs pull/,
    ],
    ['MPEG-4', '\0\0\0\x20ftypM4A \0\0\0\0', 'unsupported', /MPEG-4.*ffmpeg/],
    ['WebM', '\x1a\x45\xdf\xa3\x01\0\0\0', 'unsupported', /WebM/],
    ['AIFF', 'FORM\0\0\0\0AIFF', 'unsupported', /AIFF/],
    ['RIFF but not WAVE', 'RIFF\x10\0\0\0AVI LIST', 'unsupported', /not WAV/],
    ['bytes of nothing known', '\x89PNG\r\n\x1a\n\0\0\0\0', 'unknown_format', /ffmpeg/],
  ];
  for (const [name, text, reason, message] of cases) {
    test(name, async () => {
      const path = temporaryFile(Buffer.from(text, 'latin1'));
      await assert.rejects(decodeWhole(path), { name: 'AudioError', reason, message });
    });
  }
});

describe('names and limits', () => {
  test('the content decides, not the name', async () => {
    const names = ['s16.flac', 'cbr44k.mp3', 'vorbis44k.ogg', 'opus.opus', 's16.wav'];
    for (const name of names) {
      const right = await decodeWhole(fixturePath(name));
      for (const extension of ['wav', 'mp3', 'txt']) {
        const mislabelled = await decodeWhole(temporaryFile(fixtureBytes(name), extension));
        assert.deepEqual(mislabelled, right);
      }
    }
  });

  test('a missing file', async () => {
    const path = join(tmpdir(), 'rtbench-no-such-file.wav');
    await assert.rejects(decodeWhole(path), (error: unknown) => {
      assert.ok(error instanceof AudioError && error instanceof BenchError);
      assert.equal(error.reason, 'not_found');
      assert.equal(error.path, path);
      return error.message.includes(path);
    });
    await assert.rejects(decodeWhole(fixturePath('s16.wav/x')), { reason: 'not_found' });
  });

  test('a folder', async () => {
    await assert.rejects(decodeWhole(tmpdir()), { reason: 'unreadable' });
  });

  test('a named pipe is refused at once', { skip: process.platform === 'win32' }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rtbench-pipe-'));
    const pipe = join(folder, 'pipe.wav');
    execFileSync('mkfifo', [pipe]);
    await assert.rejects(decodeWhole(pipe), { reason: 'unreadable' });
    rmSync(folder, { recursive: true });
  });

  test('no bytes', () => assertAudioError(new Uint8Array(0), 'empty'));

  test('more bytes than allowed', async () => {
    const options = { maxFileBytes: 1000 };
    await assert.rejects(decodeWhole(fixturePath('s16.wav'), options), { reason: 'too_long' });
  });

  test('longer than allowed, for every format, by its header or while it is decoded', async () => {
    for (const name of ['s16.wav', 'f32.wav', ...compressed]) {
      const path = fixturePath(name);
      await assert.rejects(decodeWhole(path, { maxDurationMs: 150 }), { reason: 'too_long' }, name);
      await decodeWhole(path, { maxDurationMs: 300 });
    }
  });

  test('a header that lies about hours costs nothing', async () => {
    const flac = fixtureBytes('s16.flac');
    // The 36-bit sample count of STREAMINFO.
    flac[21]! |= 0x0f;
    await assertAudioError(flac, 'too_long');
  });

  test('5 hours are refused by default, 3 hours are not', async () => {
    const hours = (count: number): Uint8Array =>
      pcm16Wav(new Int16Array(count * 3600 * 1000), 1000);
    await assertAudioError(hours(5), 'too_long');
    const path = temporaryFile(hours(3));
    assert.equal((await decodeWhole(path)).channels[0]!.length, 3 * 3600 * 1000);
  });
});
