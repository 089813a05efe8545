import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { AudioCache } from '../../../../src/extension/timeline/audioCache.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rtbench-cache-'));
});
after(() => rm(folder, { recursive: true }));

/** Audio of 1000 samples, 2044 bytes. */
async function fill(cache: AudioCache, name: string, usedSecondsAgo: number): Promise<void> {
  const entry = await cache.begin(name, 16_000);
  await entry.writer.append(new Int16Array(1000));
  await entry.keep(new Int16Array(8));
  const used = new Date(Date.now() - usedSecondsAgo * 1000);
  await utimes(path.join(folder, `${name}.wav`), used, used);
}

async function names(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.wav')).sort();
}

test('what was used longest ago goes first, but never what is in use', async () => {
  const cache = new AudioCache(folder, 5000);
  await fill(cache, 'oldest', 400);
  await fill(cache, 'old', 300);
  await fill(cache, 'newer', 200);
  await fill(cache, 'newest', 100);
  await cache.trim(new Set(['oldest']));
  assert.deepEqual(await names(), ['newer.wav', 'newest.wav', 'oldest.wav']);
  assert.deepEqual((await readdir(folder)).filter((name) => name.endsWith('.peaks')).length, 3);
  // Used just now.
  const found = await cache.find('oldest');
  assert.equal(found?.minMax.length, 8);
  await found.wav.close();
  await cache.trim(new Set());
  assert.deepEqual(await names(), ['newest.wav', 'oldest.wav']);
});

test('what is given up leaves nothing behind', async () => {
  const cache = new AudioCache(folder);
  const before = await readdir(folder);
  const entry = await cache.begin('given-up', 16_000);
  await entry.writer.append(new Int16Array(10));
  await entry.abandon();
  assert.deepEqual(await readdir(folder), before);
  assert.equal(await cache.find('given-up'), null);
});
