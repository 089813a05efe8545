import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { loadPcm } from '../../../src/audio/loadPcm.ts';
import { durationMs } from '../../../src/audio/pcmAudio.ts';
import { fixtureBytes, fixturePath, temporaryFile } from './support/audioTestFiles.ts';
import { pcm16Spec, pcm16Wav, writeWav } from './support/wavWriter.ts';

describe('loadPcm', () => {
  test('16-bit mono at the wanted rate comes out as it is in the file', async () => {
    const samples = Int16Array.from({ length: 70_000 }, (_, i) => (i * 7919) % 65536);
    const audio = await loadPcm(temporaryFile(pcm16Wav(samples, 16000)), 16000);
    assert.deepEqual(audio.samples, samples);
    assert.equal(durationMs(audio), 4375);
  });

  test('says what the file was', async () => {
    const audio = await loadPcm(fixturePath('cbr44k.mp3'), 16000);
    assert.equal(audio.sampleRateHz, 16000);
    assert.deepEqual(audio.source, {
      format: 'mp3',
      sampleRateHz: 44100,
      channels: 1,
      sha256: createHash('sha256').update(fixtureBytes('cbr44k.mp3')).digest('hex'),
    });
  });

  test('every fixture lasts 0.2 s at every rate', async () => {
    const names = [
      's16.wav',
      '44k.wav',
      'f64.wav',
      'stereo.flac',
      'vbr16k.mp3',
      'vorbis44k.ogg',
      'opus-six.opus',
    ];
    for (const name of names) {
      for (const rateHz of [8000, 16000, 24000, 48000]) {
        const audio = await loadPcm(fixturePath(name), rateHz);
        assert.equal(audio.samples.length, rateHz / 5, `${name} at ${rateHz} Hz`);
      }
    }
  });

  test('channels are mixed', async () => {
    const spec = { ...pcm16Spec([1000, 3000, -2000, 0]), channels: 2, frameBytes: 4 };
    const audio = await loadPcm(temporaryFile(writeWav(spec)), 16000);
    assert.deepEqual([...audio.samples], [2000, -1000]);
  });

  test('a click stays at its time through decoding and resampling', async () => {
    const samples = new Int16Array(48000);
    samples[24000] = 30000;
    const audio = await loadPcm(temporaryFile(pcm16Wav(samples, 48000)), 16000);
    assert.equal(audio.samples.indexOf(Math.max(...audio.samples)), 8000);
  });

  test('other work goes on while a long file is loaded', async () => {
    const path = temporaryFile(pcm16Wav(new Int16Array(48000 * 20).fill(1000), 48000));
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await loadPcm(path, 16000);
    clearInterval(timer);
    assert.ok(turns >= 15, `${turns} turns`);
  });
});
