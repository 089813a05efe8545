import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  starredRuns,
  toggledStars,
  type Star,
} from '../../../../src/extension/baselines/starredRuns.ts';
import { StarStore } from '../../../../src/extension/baselines/starStore.ts';
import type { ListedRun } from '../../../../src/extension/runs/groupRuns.ts';
import { brokenRun, listedRun } from '../../../support/exampleHeadline.ts';

const old = listedRun('old', { planKey: 'P' });
const young = listedRun('young', { planKey: 'P' });
const other = listedRun('other', { planKey: 'Q' });
const all = [brokenRun('broken'), old, young, other];

const starred = (stars: Star[], listed: ListedRun<string>[] = all) =>
  [...starredRuns(stars, listed)].map(([planKey, { key }]) => `${planKey}: ${key}`);

test('a plan has one star, which moves to another run and can be taken away', () => {
  const one = toggledStars([], old, all);
  assert.deepEqual(starred(one), ['P: old']);
  const two = toggledStars(toggledStars(one, other, all), young, all);
  assert.deepEqual(starred(two).sort(), ['P: young', 'Q: other']);
  assert.deepEqual(starred(toggledStars(two, young, all)), ['Q: other']);
});

test('a file that was moved keeps its star, even where its plan is another there', () => {
  const stars = toggledStars([], old, all);
  const moved = { ...listedRun('old', { planKey: 'P' }), key: 'elsewhere' };
  assert.deepEqual(starred(stars, [moved, young]), ['P: elsewhere']);
  const asOther = listedRun('old', { planKey: 'R' });
  assert.deepEqual(starred(stars, [asOther, young]), ['R: old']);
  assert.deepEqual(toggledStars(stars, asOther, [asOther, young]), []);
});

test('of copies only the starred file has the star', () => {
  const stars = toggledStars([], old, all);
  const copy = { ...old, key: 'a copy' };
  assert.deepEqual(starred(stars, [copy, ...all]), ['P: old']);
  assert.deepEqual(starred(toggledStars(stars, copy, [copy, ...all]), [copy, ...all]), [
    'P: a copy',
  ]);
});

test('a file that is gone has no star until it is back, or its plan has another', () => {
  const stars = toggledStars([], old, all);
  const left = [young, other];
  assert.deepEqual(starred(stars, left), []);
  assert.deepEqual(starred(stars, [...left, old]), ['P: old']);
  assert.deepEqual(starred(toggledStars(stars, young, left), all), ['P: young']);
});

test('stars are kept for the workspace; what cannot be understood is none', async () => {
  let kept: unknown;
  const memory = {
    get: () => kept,
    update: (_name: string, value: unknown) => {
      kept = JSON.parse(JSON.stringify(value));
      return Promise.resolve();
    },
  };
  const store = new StarStore(memory);
  assert.deepEqual(store.stars, []);
  await store.keep(toggledStars([], old, all));
  assert.deepEqual(starred(new StarStore(memory).stars), ['P: old']);
  for (const strange of ['text', [{ runId: 5 }], { stars: [] }]) {
    kept = strange;
    assert.deepEqual(store.stars, []);
  }
});
