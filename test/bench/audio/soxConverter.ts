import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Its version line, or null where SoX is not installed. */
export function soxVersion(): string | null {
  try {
    return execFileSync('sox', ['--version'], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}

/**
 * Converts with SoX's `rate` effect at its default quality, from and to 32-bit float files, so that
 * no rounding hides what the effect does.
 */
export function soxResample(samples: Float32Array, fromHz: number, toHz: number): Float32Array {
  return new Float32Array(runSox(samples, fromHz, ['-b', '32', '-e', 'float'], rate(toHz)).buffer);
}

/** The same to 16 bits without dither (SoX would dither by default, which measures worse). */
export function soxResample16(samples: Float32Array, fromHz: number, toHz: number): Int16Array {
  return new Int16Array(runSox(samples, fromHz, ['-b', '16', '-e', 'signed'], rate(toHz)).buffer);
}

/** The input is taken this often, one after another, so that starting SoX weighs little. */
const repeats = 10;

/**
 * Wall time in milliseconds of converting `samples` once: best of three, of a run without output,
 * from which a run without the effect is subtracted.
 */
export function soxMilliseconds(samples: Float32Array, fromHz: number, toHz: number): number {
  return inTemporaryFolder((folder) => {
    const input = inputFile(folder, samples, fromHz);
    const inputs = Array.from({ length: repeats }, () => input).flat();
    const time = (effect: string[]): number => {
      let best = Infinity;
      for (let run = 0; run < 3; run++) {
        const start = performance.now();
        execFileSync('sox', [...inputs, '-n', ...effect]);
        best = Math.min(best, performance.now() - start);
      }
      return best;
    };
    return (time(rate(toHz)) - time([])) / repeats;
  });
}

function rate(toHz: number): string[] {
  return ['rate', String(toHz)];
}

function runSox(
  samples: Float32Array,
  fromHz: number,
  outputFormat: string[],
  effect: string[],
): Uint8Array<ArrayBuffer> {
  return inTemporaryFolder((folder) => {
    const input = inputFile(folder, samples, fromHz);
    const output = join(folder, 'out.raw');
    execFileSync('sox', ['-D', ...input, '-t', 'raw', ...outputFormat, output, ...effect]);
    return Uint8Array.from(readFileSync(output));
  });
}

/** Writes the samples; returns the arguments with which SoX reads them. */
function inputFile(folder: string, samples: Float32Array, rateHz: number): string[] {
  const path = join(folder, 'in.f32');
  writeFileSync(path, new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
  return ['-t', 'f32', '-r', String(rateHz), '-c', '1', path];
}

function inTemporaryFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'rtbench-sox-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
