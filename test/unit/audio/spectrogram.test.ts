import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Spectrogram, spectrogramBins } from '../../../src/audio/spectrogram.ts';

function sine(frequencyHz: number, amplitude: number, sampleRateHz: number, count: number) {
  return Int16Array.from({ length: count }, (_, i) =>
    Math.round(32_767 * amplitude * Math.sin((2 * Math.PI * frequencyHz * i) / sampleRateHz)),
  );
}

function loudestBin(levels: Uint8Array): number {
  return levels.indexOf(Math.max(...levels));
}

// Below the third bin a window at 8 kHz holds less than two periods.
for (const rate of [8000, 16_000, 24_000, 48_000]) {
  test(`a sine is loudest in its own bin at ${rate} Hz`, () => {
    const spectrogram = new Spectrogram(rate);
    for (let bin = 2; bin < spectrogramBins; bin++) {
      // The middle of the bin.
      const frequencyHz = ((bin + 0.5) * rate) / 2 / spectrogramBins;
      const samples = sine(frequencyHz, 0.5, rate, spectrogram.windowSamples);
      assert.equal(loudestBin(spectrogram.column(samples)), bin);
    }
  });
}

test('levels are decibels of full scale', () => {
  const spectrogram = new Spectrogram(16_000);
  const levelOf = (amplitude: number) =>
    Math.max(...spectrogram.column(sine(1000, amplitude, 16_000, spectrogram.windowSamples)));
  assert.equal(levelOf(1), 255);
  // 255 levels are 90 dB: 20 dB are 56.7.
  assert.ok(Math.abs(levelOf(0.1) - (255 - 56.7)) <= 1, String(levelOf(0.1)));
  assert.ok(Math.abs(levelOf(0.01) - (255 - 113.3)) <= 1, String(levelOf(0.01)));
});

test('silence is silent in all bins, and so is a constant', () => {
  const spectrogram = new Spectrogram(16_000);
  const silence = spectrogram.column(new Int16Array(spectrogram.windowSamples));
  assert.ok(silence.every((level) => level === 0));
  const constant = new Int16Array(spectrogram.windowSamples).fill(10_000);
  const [, ...others] = spectrogram.column(constant);
  assert.ok(others.every((level) => level === 0));
});

test('the window is about 32 ms long', () => {
  for (const rate of [8000, 16_000, 22_050, 24_000, 44_100, 48_000]) {
    const { windowSamples } = new Spectrogram(rate);
    assert.equal(Math.log2(windowSamples) % 1, 0);
    const ms = (windowSamples / rate) * 1000;
    assert.ok(ms >= 21 && ms <= 48, `${rate} Hz: ${ms} ms`);
  }
});
