import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectUtterances } from '../../../src/dataset/selectUtterances.ts';
import type { Utterance } from '../../../src/dataset/utterance.ts';

function utterance(id: string, tags: string[]): Utterance {
  return {
    id,
    audioPath: `/${id}.wav`,
    reference: null,
    language: null,
    declaredDurationMs: null,
    words: null,
    speaker: null,
    tags,
  };
}

const all = [
  utterance('a', ['clean']),
  utterance('b', ['noisy', 'long']),
  utterance('c', []),
  utterance('d', ['clean', 'long']),
];

test('limit and tags, together, in order', () => {
  const ids = (selection: Parameters<typeof selectUtterances>[1]) =>
    selectUtterances(all, selection).map((u) => u.id);
  assert.deepEqual(ids({}), ['a', 'b', 'c', 'd']);
  assert.deepEqual(ids({ limit: null }), ['a', 'b', 'c', 'd']);
  assert.deepEqual(ids({ limit: 2 }), ['a', 'b']);
  assert.deepEqual(ids({ tags: ['clean'] }), ['a', 'd']);
  assert.deepEqual(ids({ tags: ['noisy', 'clean'], limit: 2 }), ['a', 'b']);
});
