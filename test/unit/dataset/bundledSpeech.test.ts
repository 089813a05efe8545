import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadDataset } from '../../../src/dataset/loadDataset.ts';

const folder = join(import.meta.dirname, '../../../samples/speech');

test('the bundled speech loads without a problem and is small', async () => {
  const { utterances, problems } = await loadDataset(folder);
  assert.deepEqual(problems, []);
  assert.ok(utterances.length >= 8);
  for (const utterance of utterances) {
    const seconds = (utterance.declaredDurationMs ?? 0) / 1000;
    assert.ok(seconds >= 3 && seconds <= 20, `${utterance.id}: ${seconds} s`);
    assert.equal(utterance.language, 'en');
  }
  const files = await readdir(folder);
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  assert.ok(total < 2_500_000, `${total} bytes`);
});

test('every word of a bundled reference has its time, in order, within the audio', async () => {
  const { utterances } = await loadDataset(folder);
  for (const { id, reference, words, declaredDurationMs } of utterances) {
    const spoken = (reference ?? '').split(' ').map((word) => word.replace(/[.,?!;:]+$/, ''));
    assert.deepEqual(
      words?.map((word) => word.text),
      spoken,
      id,
    );
    let previousEndMs = 0;
    for (const word of words) {
      assert.ok(word.startMs >= previousEndMs && word.endMs > word.startMs, `${id}: ${word.text}`);
      previousEndMs = word.endMs;
    }
    assert.ok(previousEndMs <= (declaredDurationMs ?? 0), id);
  }
});
