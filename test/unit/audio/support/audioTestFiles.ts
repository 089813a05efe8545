import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { AudioError } from '../../../../src/audio/audioError.ts';
import type { AudioErrorReason } from '../../../../src/audio/audioError.ts';
import type { AudioLimits } from '../../../../src/audio/audioLimits.ts';
import { decodeAudioFile } from '../../../../src/audio/decodeAudioFile.ts';
import type { AudioSource } from '../../../../src/audio/pcmAudio.ts';

const fixtureFolder = join(import.meta.dirname, '../../../fixtures/audio');

export function fixturePath(name: string): string {
  return join(fixtureFolder, name);
}

export function fixtureBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(fixturePath(name)));
}

const folder = mkdtempSync(join(tmpdir(), 'rtbench-audio-'));
after(() => {
  rmSync(folder, { recursive: true });
});
let fileCount = 0;

/** Writes a file that is deleted after the tests of the importing file. */
export function temporaryFile(bytes: Uint8Array, extension = 'wav'): string {
  const path = join(folder, `${fileCount++}.${extension}`);
  writeFileSync(path, bytes);
  return path;
}

export interface WholeAudio {
  source: AudioSource;
  channels: Float32Array[];
}

/** Decodes a file to one array per channel. */
export async function decodeWhole(
  path: string,
  options?: Partial<AudioLimits>,
): Promise<WholeAudio> {
  const { source, blocks } = await decodeAudioFile(path, options);
  const channels = Array.from({ length: source.channels }, (): number[] => []);
  for await (const block of blocks) {
    assert.equal(block.length, source.channels);
    for (const [index, samples] of block.entries()) {
      for (const sample of samples) channels[index]!.push(sample);
    }
  }
  return { source, channels: channels.map((samples) => Float32Array.from(samples)) };
}

export async function decodeBytes(bytes: Uint8Array): Promise<WholeAudio> {
  const path = temporaryFile(bytes);
  try {
    return await decodeWhole(path);
  } finally {
    rmSync(path);
  }
}

/** Asserts that decoding fails with one of these reasons and that the message names the file. */
export async function assertAudioError(
  bytes: Uint8Array,
  ...reasons: AudioErrorReason[]
): Promise<void> {
  const path = temporaryFile(bytes);
  await assert.rejects(decodeWhole(path), (error: unknown) => {
    assert.ok(error instanceof AudioError, String(error));
    assert.ok(reasons.includes(error.reason), `${error.reason}: ${error.message}`);
    assert.ok(error.message.includes(path));
    return true;
  });
  rmSync(path);
}

/** Largest difference between two signals of one length. */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  assert.equal(a.length, b.length);
  return a.reduce((largest, sample, i) => Math.max(largest, Math.abs(sample - b[i]!)), 0);
}

/** Shift of `b` against `a`, in samples, at which they agree best, and how well (1: identical). */
export function bestShift(
  a: Float32Array,
  b: Float32Array,
  most: number,
): { shift: number; correlation: number } {
  let best = { shift: 0, correlation: -Infinity };
  for (let shift = -most; shift <= most; shift++) {
    let product = 0;
    let powerA = 0;
    let powerB = 0;
    for (let i = most; i < a.length - most; i++) {
      const other = b[i + shift]!;
      product += a[i]! * other;
      powerA += a[i]! ** 2;
      powerB += other ** 2;
    }
    const correlation = product / Math.sqrt(powerA * powerB);
    if (correlation > best.correlation) best = { shift, correlation };
  }
  return best;
}
