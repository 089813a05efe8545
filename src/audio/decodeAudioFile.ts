import { AudioError } from './audioError.ts';
import { defaultAudioLimits } from './audioLimits.ts';
import type { AudioLimits } from './audioLimits.ts';
import type { AudioBytes, AudioStream } from './audioStream.ts';
import { openAudio } from './openAudio.ts';
import type { AudioSource } from './pcmAudio.ts';
import { readAudioBytes } from './readAudioBytes.ts';

/** An audio file that was recognised and checked; `blocks` decodes it. */
export interface DecodedAudioFile {
  source: AudioSource;
  /**
   * The audio, block by block: one `Float32Array` per channel, all of one length above 0, full
   * scale ±1. Can be read once.
   */
  blocks: AsyncGenerator<Float32Array[], void, undefined>;
}

const lowestRateHz = 1000;
const highestRateHz = 384_000;
const mostChannels = 64;

/**
 * Decodes WAV (8, 16, 24, 32-bit, float, A-law, µ-law), FLAC, MP3, Ogg Vorbis, Ogg Opus or Ogg
 * FLAC, whatever the file is called.
 *
 * Memory: the file's bytes (`maxFileBytes` at most) plus a few blocks and, for compressed formats,
 * the decoder; not the decoded audio. Nothing is decoded past `maxDurationMs`.
 *
 * @throws AudioError at once or, for damage inside the audio, while `blocks` is read
 */
export async function decodeAudioFile(
  path: string,
  options: Partial<AudioLimits> = {},
): Promise<DecodedAudioFile> {
  const { maxFileBytes } = { ...defaultAudioLimits, ...options };
  const file = await readAudioBytes(path, maxFileBytes);
  const { format, sampleRateHz, channels, blocks } = await decodeAudioBytes(file, options);
  return { source: { format, sampleRateHz, channels, sha256: file.sha256 }, blocks: blocks() };
}

/**
 * The same for a file in memory. `blocks` can be called once.
 *
 * @throws AudioError at once or, for damage inside the audio, while `blocks` is read
 */
export async function decodeAudioBytes(
  file: AudioBytes,
  options: Partial<AudioLimits> = {},
): Promise<AudioStream> {
  const limits = { ...defaultAudioLimits, ...options };
  const stream = await openAudio(file);
  checkPlausible(file.path, stream);
  if (stream.maxFrames !== null) {
    checkDuration(file.path, stream.maxFrames, stream.sampleRateHz, limits);
  }
  return { ...stream, blocks: () => checkedBlocks(file.path, stream, limits) };
}

function checkPlausible(path: string, stream: AudioStream): void {
  const { sampleRateHz, channels } = stream;
  if (sampleRateHz < lowestRateHz || sampleRateHz > highestRateHz) {
    const problem = `claims a sample rate of ${sampleRateHz} Hz. Its header is damaged: export it again.`;
    throw new AudioError('corrupt', path, problem);
  }
  if (channels < 1 || channels > mostChannels) {
    const problem = `claims ${channels} channels. Its header is damaged: export it again.`;
    throw new AudioError('corrupt', path, problem);
  }
}

function checkDuration(
  path: string,
  frames: number,
  sampleRateHz: number,
  limits: AudioLimits,
): void {
  const durationMs = (frames / sampleRateHz) * 1000;
  if (durationMs <= limits.maxDurationMs) return;
  throw new AudioError(
    'too_long',
    path,
    `is longer than the limit of ${limits.maxDurationMs / 60_000} minutes. Cut it into shorter files.`,
  );
}

async function* checkedBlocks(
  path: string,
  stream: AudioStream,
  limits: AudioLimits,
): AsyncGenerator<Float32Array[], void, undefined> {
  let frames = 0;
  for await (const block of stream.blocks()) {
    const length = block[0]?.length ?? 0;
    if (length === 0) continue;
    frames += length;
    checkDuration(path, frames, stream.sampleRateHz, limits);
    checkFinite(path, block);
    yield block;
  }
  if (frames === 0) {
    const problem = 'holds no audio: its length is zero. Record or export it again.';
    throw new AudioError('empty', path, problem);
  }
}

function checkFinite(path: string, block: Float32Array[]): void {
  for (const samples of block) {
    let sum = 0;
    for (const sample of samples) sum += Math.abs(sample);
    if (!Number.isFinite(sum)) {
      const problem = 'holds samples that are not finite numbers. Export it again.';
      throw new AudioError('corrupt', path, problem);
    }
  }
}
