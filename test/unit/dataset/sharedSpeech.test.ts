import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadDataset } from '../../../src/dataset/loadDataset.ts';

const manifest = join(import.meta.dirname, '../../../../shared/speech/manifest.json');
const skip = existsSync(manifest) ? false : 'the shared speech (../shared/speech) is not here';

test('the shared speech loads as it is', { skip }, async () => {
  const { format, utterances, problems } = await loadDataset(manifest);
  assert.equal(format, 'json');
  assert.deepEqual(problems, []);
  assert.equal(utterances.length, 22);
  const byId = new Map(utterances.map((utterance) => [utterance.id, utterance]));

  const jfk = byId.get('en-jfk');
  assert.equal(jfk?.declaredDurationMs, 11_000);
  assert.equal(jfk.words?.length, 22);
  assert.deepEqual(jfk.words[0], { text: 'and', startMs: 320, endMs: 630 });

  assert.equal(byId.get('zh-aishell')?.language, 'zh');
  assert.equal(byId.get('zh-aishell')?.words, null);
  for (const id of ['silence', 'noise-pink']) {
    assert.equal(byId.get(id)?.reference, '');
    assert.equal(byId.get(id)?.language, 'und');
  }
  assert.equal(utterances.filter((u) => u.language === 'en' && u.words !== null).length, 18);
});
