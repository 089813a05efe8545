import type { AudioLimits } from './audioLimits.ts';
import { decodeAudioFile } from './decodeAudioFile.ts';
import { mixDown } from './mixDown.ts';
import { pcm16FromSamples } from './pcm16.ts';
import type { PcmAudio } from './pcmAudio.ts';
import { Resampler } from './resampler.ts';

/**
 * Loads an audio file as mono 16-bit samples at the wanted rate: decode, mix down, resample, round.
 * The result has ⌊n·to/from + 0.5⌋ samples and no sound is moved in time.
 *
 * Memory: the file's bytes plus, for a moment, twice the result (2 bytes per sample: 115 MB for an
 * hour at 16 kHz) and a few blocks. Defaults (`defaultAudioLimits`) bound this at 1 GiB and 2 × 461
 * MB. The event loop gets its turn between blocks.
 *
 * @param sampleRateHz a positive integer
 * @throws AudioError
 */
export async function loadPcm(
  path: string,
  sampleRateHz: number,
  options: Partial<AudioLimits> = {},
): Promise<PcmAudio> {
  const { source, blocks } = await decodeAudioFile(path, options);
  const resampler = new Resampler(source.sampleRateHz, sampleRateHz);
  const parts: Int16Array[] = [];
  for await (const block of blocks) {
    parts.push(pcm16FromSamples(resampler.push(mixDown(block))));
  }
  parts.push(pcm16FromSamples(resampler.finish()));
  return { sampleRateHz, samples: concatenated(parts), source };
}

function concatenated(parts: Int16Array[]): Int16Array {
  const whole = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
