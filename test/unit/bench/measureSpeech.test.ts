import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { measureSpeech } from '../../../src/bench/measureSpeech.ts';
import type { Utterance } from '../../../src/dataset/utterance.ts';

/** 4.02 s of speech. */
const speech = path.join(
  import.meta.dirname,
  ...['..', '..', '..', 'samples', 'speech', 'kitchen-lights.flac'],
);

function utterance(audioPath: string, declaredDurationMs: number | null): Utterance {
  const unknown = { reference: null, language: null, words: null, speaker: null, tags: [] };
  return { id: audioPath, audioPath, declaredDurationMs, ...unknown };
}

test('takes declared lengths without looking into files', async () => {
  const amount = await measureSpeech([utterance('/none', 1000), utterance('/none', 500)], 0);
  assert.deepEqual(amount, { audioMs: 1500, exact: true });
});

test('looks into files for the others', async () => {
  const { audioMs, exact } = await measureSpeech(
    [utterance(speech, null), utterance('/none', null)],
    60_000,
  );
  assert.ok(Math.abs(audioMs - 4040) < 100, String(audioMs));
  assert.equal(exact, true);
});

test('estimates what there is no time to look into', async () => {
  const utterances = [
    utterance('/none', 1000),
    utterance('/none', 3000),
    utterance(speech, null),
    utterance(speech, null),
  ];
  assert.deepEqual(await measureSpeech(utterances, 0), { audioMs: 8000, exact: false });
  assert.deepEqual(await measureSpeech(utterances.slice(2), 0), { audioMs: 0, exact: false });
});
