/**
 * Measures the resampler beside SoX's default `rate` effect, both in exactly the same way, and
 * prints a table. Exit code 1 where the resampler is less clean in any column.
 */
import { Resampler } from '../../src/audio/resampler.ts';
import { pcm16FromSamples } from '../../src/audio/pcm16.ts';
import { measureQuality, passBandEnd } from './audio/resamplerQuality.ts';
import type { Converter, ResamplerQuality } from './audio/resamplerQuality.ts';
import { soxMilliseconds, soxResample, soxResample16, soxVersion } from './audio/soxConverter.ts';

const ratePairs: [fromHz: number, toHz: number][] = [
  [48000, 16000],
  [44100, 16000],
  [16000, 24000],
  [8000, 16000],
];
const speedSeconds = 60;
/** Differences below this are the measurement's own. */
const toleranceDb = 0.05;

const rtbench: Converter = {
  name: 'rtbench',
  toFloat: resample,
  to16Bits: (samples, fromHz, toHz) => pcm16FromSamples(resample(samples, fromHz, toHz)),
};
const sox: Converter = { name: 'sox', toFloat: soxResample, to16Bits: soxResample16 };

function resample(samples: Float32Array, fromHz: number, toHz: number): Float32Array {
  const resampler = new Resampler(fromHz, toHz);
  const blockLength = 2 ** 15;
  const parts: Float32Array[] = [];
  for (let start = 0; start < samples.length; start += blockLength) {
    parts.push(resampler.push(samples.subarray(start, start + blockLength)));
  }
  parts.push(resampler.finish());
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function ownMilliseconds(samples: Float32Array, fromHz: number, toHz: number): number {
  let best = Infinity;
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    resample(samples, fromHz, toHz);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function noise(rateHz: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: rateHz * speedSeconds }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}

function row(quality: ResamplerQuality, milliseconds: number): Record<string, string> {
  return {
    'pass band ±dB': quality.passBandDb.toFixed(6),
    'rejection dB': quality.rejectionDb.toFixed(1),
    'SNR dB': quality.signalToNoiseDb.toFixed(1),
    'SNR 16-bit dB': quality.signalToNoise16Db.toFixed(2),
    '× real time': ((speedSeconds * 1000) / milliseconds).toFixed(0),
  };
}

function isAsClean(own: ResamplerQuality, other: ResamplerQuality): boolean {
  return (
    own.passBandDb <= other.passBandDb + 1e-6 &&
    own.rejectionDb >= other.rejectionDb - toleranceDb &&
    own.signalToNoiseDb >= other.signalToNoiseDb - toleranceDb &&
    own.signalToNoise16Db >= other.signalToNoise16Db - toleranceDb
  );
}

const version = soxVersion();
console.log(
  version
    ? `Compared with ${version} (rate effect, default quality, no dither).`
    : 'SoX is NOT installed: only our own figures follow. (Debian: apt-get install sox)',
);
console.log(
  `Worst of 60 tones up to ${passBandEnd} of the lower rate (pass band, SNR) and of 80 tones ` +
    `beyond the lower Nyquist frequency or making images (rejection). Speed: ${speedSeconds} s of noise.`,
);

const table: Record<string, Record<string, string>> = {};
const ratios: string[] = [];
let allClean = true;
for (const [fromHz, toHz] of ratePairs) {
  const name = `${fromHz} → ${toHz}`;
  const samples = noise(fromHz);
  const ownQuality = measureQuality(rtbench, fromHz, toHz);
  const ownTime = ownMilliseconds(samples, fromHz, toHz);
  table[`${name} rtbench`] = row(ownQuality, ownTime);
  if (!version) continue;
  const soxQuality = measureQuality(sox, fromHz, toHz);
  const soxTime = soxMilliseconds(samples, fromHz, toHz);
  table[`${name} sox`] = row(soxQuality, soxTime);
  ratios.push(`${name}: ${(soxTime / ownTime).toFixed(2)}`);
  if (!isAsClean(ownQuality, soxQuality)) {
    allClean = false;
    console.log(`${name}: LESS CLEAN than sox`);
  }
}
console.table(table);
if (version) {
  console.log(`Speed as a multiple of sox's: ${ratios.join(', ')}`);
  console.log(allClean ? 'At least as clean as sox in every column.' : 'Less clean than sox.');
}
process.exitCode = allClean ? 0 : 1;
