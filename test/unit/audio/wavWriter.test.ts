import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { loadPcm } from '../../../src/audio/loadPcm.ts';
import { WavSamples } from '../../../src/audio/wavSamples.ts';
import { WavWriter } from '../../../src/audio/wavWriter.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-wav-'));
after(() => {
  rmSync(folder, { recursive: true });
});
let files = 0;

async function written(blocks: readonly Int16Array[], sampleRateHz: number): Promise<string> {
  const file = path.join(folder, `${files++}.wav`);
  const writer = await WavWriter.create(file, sampleRateHz);
  for (const block of blocks) await writer.append(block);
  await writer.finish();
  return file;
}

const block = fc
  .array(fc.integer({ min: -32_768, max: 32_767 }), { minLength: 1, maxLength: 50 })
  .map((samples) => Int16Array.from(samples));

test('what is written decodes to the same samples, by the decoder of every other file', async () => {
  const blocks = fc.array(block, { minLength: 1, maxLength: 4 });
  const rate = fc.constantFrom(8000, 16_000, 24_000, 44_100);
  await fc.assert(
    fc.asyncProperty(blocks, rate, async (parts, sampleRateHz) => {
      const file = await written(parts, sampleRateHz);
      const { samples, source } = await loadPcm(file, sampleRateHz);
      assert.equal(source.format, 'wav pcm_s16le');
      assert.equal(source.sampleRateHz, sampleRateHz);
      assert.deepEqual(
        [...samples],
        parts.flatMap((part) => [...part]),
      );
    }),
    { numRuns: 40 },
  );
});

test('any stretch is read as it was written, and nothing outside', async () => {
  const samples = Int16Array.from({ length: 1000 }, (_, i) => i * 7 - 3000);
  const wav = await WavSamples.open(await written([samples], 16_000));
  assert.ok(wav);
  assert.deepEqual([wav.sampleRateHz, wav.totalSamples], [16_000, 1000]);
  const stretch = fc.integer({ min: -300, max: 1300 });
  await fc.assert(
    fc.asyncProperty(stretch, fc.nat(1500), async (from, count) => {
      const expected = samples.slice(Math.max(0, from), Math.max(0, from + count));
      assert.deepEqual(await wav.read(from, count), expected);
    }),
  );
  await wav.close();
});

test('a file that is not whole is not taken for one', async () => {
  const file = await written([new Int16Array(100)], 16_000);
  truncateSync(file, 200);
  assert.equal(await WavSamples.open(file), null);
  writeFileSync(file, 'RIFF');
  assert.equal(await WavSamples.open(file), null);
  assert.equal(await WavSamples.open(path.join(folder, 'missing.wav')), null);
});
