import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { audioHeadOf, readAudioHead } from '../../../src/audio/audioHead.ts';
import { decodeAudioFile } from '../../../src/audio/decodeAudioFile.ts';

const speech = path.join(import.meta.dirname, '..', '..', '..', 'samples', 'speech');

for (const name of ['kitchen-lights.flac', 'inaugural-address.wav']) {
  test(`the head of ${name} says what decoding it says`, async () => {
    const file = path.join(speech, name);
    const head = await readAudioHead(file);
    const { source, blocks } = await decodeAudioFile(file);
    let frames = 0;
    for await (const [channel] of blocks) frames += channel?.length ?? 0;
    assert.deepEqual(
      [head?.sampleRateHz, head?.channels, Math.round(head?.durationMs ?? 0)],
      [source.sampleRateHz, source.channels, Math.round((frames / source.sampleRateHz) * 1000)],
    );
  });
}

test('what is no audio has no head', async () => {
  assert.equal(await readAudioHead(path.join(speech, 'README.md')), null);
  assert.equal(await readAudioHead(path.join(speech, 'missing.wav')), null);
  assert.equal(await readAudioHead(speech), null);
});

test('no bytes break it', () => {
  const starts = [
    'RIFF\0\0\0\0WAVEfmt ',
    'RIFF\0\0\0\0WAVEdata',
    'fLaC',
    'OggS',
    'ID3\x04',
    '\xff\xfb',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 80 }), (start, rest) => {
      const bytes = Buffer.concat([Buffer.from(start, 'latin1'), rest]);
      audioHeadOf(new Uint8Array(bytes), bytes.length);
    }),
  );
});
