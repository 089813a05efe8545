import { monotonicClock } from '../../src/common/clock.ts';
import type { PcmAudio } from '../../src/audio/pcmAudio.ts';
import { vllmRealtime } from '../../src/dialects/protocols/vllmRealtime.ts';
import type { SessionDeadlines, SessionOptions } from '../../src/session/sessionOptions.ts';

/** Noise of a length, at the rate the vLLM dialect takes; every run the same. */
export function testAudio(lengthMs: number, sampleRateHz = 16_000): PcmAudio {
  const samples = new Int16Array(Math.round((lengthMs * sampleRateHz) / 1000));
  let state = 12_345;
  for (let at = 0; at < samples.length; at++) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    samples[at] = (state >> 16) - 16_384;
  }
  const source = { format: 'noise', sampleRateHz, channels: 1, sha256: '' };
  return { sampleRateHz, samples, source };
}

const deadlines: SessionDeadlines = {
  connectMs: 5_000,
  readyMs: 5_000,
  idleMs: 5_000,
  finalMs: 5_000,
};

/** Options for a session of half a second against a scripted vLLM server. */
export function testSession(
  url: string,
  overrides: Partial<Omit<SessionOptions, 'deadlines'>> & {
    deadlines?: Partial<SessionDeadlines>;
  } = {},
): SessionOptions {
  const clock = overrides.clock ?? monotonicClock();
  return {
    dialect: vllmRealtime,
    settings: { url, model: 'test-model', language: null, options: {} },
    apiKey: null,
    audio: testAudio(500),
    pacing: { mode: 'capture', speed: 1, chunkMs: 100 },
    proxy: null,
    scheduledStartUs: clock.nowUs(),
    clock,
    ...overrides,
    deadlines: { ...deadlines, ...overrides.deadlines },
  };
}
