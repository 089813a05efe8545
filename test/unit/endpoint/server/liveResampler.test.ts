import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canResample, LiveResampler } from '../../../../src/endpoint/server/liveResampler.ts';

const rates = [8000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000];

function sine(rateHz: number, hz: number, seconds: number): Int16Array<ArrayBuffer> {
  return Int16Array.from({ length: Math.round(seconds * rateHz) }, (_, index) =>
    Math.round(10_000 * Math.sin((2 * Math.PI * hz * index) / rateHz)),
  );
}

function resample(samples: Int16Array<ArrayBuffer>, rateHz: number, step: number): number[] {
  const resampler = new LiveResampler(rateHz);
  const output: number[] = [];
  for (let start = 0; start < samples.length; start += step) {
    output.push(...resampler.push(samples.slice(start, start + step)));
  }
  output.push(...resampler.finish());
  return output;
}

describe('LiveResampler', () => {
  it('keeps a tone in its place and at its level, at every rate', () => {
    for (const rateHz of rates) {
      const output = resample(sine(rateHz, 1000, 0.4), rateHz, 160);
      const wanted = sine(16_000, 1000, 0.4);
      assert.equal(output.length, wanted.length);
      const inner = output.slice(400, -400);
      const worst = Math.max(...inner.map((value, i) => Math.abs(value - wanted[400 + i]!)));
      assert.ok(worst <= 4, `${rateHz} Hz: off by ${worst}`);
    }
  });

  it('lets nothing through that would fold back', () => {
    for (const rateHz of [24_000, 44_100, 48_000]) {
      const output = resample(sine(rateHz, 10_000, 0.2), rateHz, 999).slice(400, -400);
      assert.ok(Math.max(...output.map(Math.abs)) <= 3, `${rateHz} Hz`);
    }
  });

  it('gives the same, however the audio is cut', () => {
    const samples = sine(24_000, 440, 0.2);
    const whole = resample(samples, 24_000, samples.length);
    for (const step of [1, 7, 2400]) assert.deepEqual(resample(samples, 24_000, step), whole);
  });

  it('holds back less than 10 ms', () => {
    for (const rateHz of rates) {
      const came = new LiveResampler(rateHz).push(new Int16Array(rateHz / 5)).length;
      assert.ok(came >= 3200 - 160, `${rateHz} Hz: ${came} of 3200`);
    }
  });

  it('knows what it cannot do', () => {
    assert.ok(rates.every(canResample));
    assert.ok([0, 7999, 16_001, 96_000, Number.NaN, 8000.5].every((rate) => !canResample(rate)));
  });
});
