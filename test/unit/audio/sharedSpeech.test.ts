import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import * as z from 'zod';
import { loadPcm } from '../../../src/audio/loadPcm.ts';

const folder = join(import.meta.dirname, '../../../../shared/speech');
const manifestPath = join(folder, 'manifest.json');
const manifest = z.array(
  z.object({
    file: z.string(),
    duration_s: z.number(),
    sample_rate: z.number(),
    channels: z.number(),
    codec: z.string(),
    container: z.string(),
    sha256: z.string(),
  }),
);

const present = existsSync(manifestPath);
const absent = present ? false : 'the speech set ../shared/speech is not beside this checkout';

describe('the shared speech set', { skip: absent }, () => {
  const items = present ? manifest.parse(JSON.parse(readFileSync(manifestPath, 'utf8'))) : [];
  for (const item of items) {
    test(item.file, async () => {
      const { source, samples } = await loadPcm(join(folder, item.file), 16000);
      assert.equal(source.sampleRateHz, item.sample_rate);
      assert.equal(source.channels, item.channels);
      assert.equal(source.sha256, item.sha256);
      const names = item.container === item.codec ? [item.codec] : [item.container, item.codec];
      assert.equal(source.format, names.join(' '));
      // The manifest rounds to a millisecond.
      assert.ok(Math.abs(samples.length / 16000 - item.duration_s) <= 0.0006);
      assert.ok(item.file.startsWith('silence') || samples.some((sample) => sample !== 0));
    });
  }
});
