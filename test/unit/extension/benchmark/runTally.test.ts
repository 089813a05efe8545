import assert from 'node:assert/strict';
import { test } from 'node:test';
import { embeddedUrl } from '../../../../src/plan/embeddedUrl.ts';
import { buildPlan } from '../../../../src/extension/benchmark/buildPlan.ts';
import { pacingProfile } from '../../../../src/extension/benchmark/pacingProfiles.ts';
import { RunTally } from '../../../../src/extension/benchmark/runTally.ts';
import type { SessionEnded } from '../../../../src/runner/runnerMessages.ts';

function tally(endpoints = ['local']): RunTally {
  const common = { url: embeddedUrl, dialect: 'vllm-realtime', model: null, language: null };
  return new RunTally(
    buildPlan({
      endpoints: endpoints.map((name) => ({ name, ...common })),
      dataset: '/speech',
      profile: pacingProfile(''),
      settings: { chunkMs: 100, textProfile: 'auto' },
    }),
  );
}

function ended(
  utteranceId: string,
  ttftMs: number | null,
  reason?: string,
  endpointId = 'local',
): SessionEnded {
  const failure = reason === undefined ? null : { reason, code: null, message: `It ${reason}.` };
  return { type: 'sessionEnded', utteranceId, endpointId, ttftMs, tailMs: null, failure };
}

test('tells of the preparation, then of the sessions', () => {
  const progress = tally();
  assert.equal(progress.text(), 'starting…');
  progress.add({ type: 'preparing', done: 3, total: 12 });
  assert.equal(progress.text(), 'decoding audio 3/12');
  assert.equal(progress.total, 0);
  progress.add({ type: 'starting', sessions: 12 });
  assert.equal(progress.text(), 'utterance 0/12');
  progress.add(ended('weather', 400));
  assert.equal(progress.text(), 'utterance 1/12 · TTFT p50 400 ms');
  progress.add(ended('robot-voice', 1900));
  progress.add(ended('library', 612));
  assert.equal(progress.text(), 'utterance 3/12 · TTFT p50 612 ms · worst robot-voice 1.9 s');
  assert.deepEqual([progress.done, progress.total], [3, 12]);
});

test('counts failures, but not what the user stopped', () => {
  const progress = tally();
  progress.add({ type: 'starting', sessions: 4 });
  progress.add(ended('one', null, 'cancelled'));
  assert.equal(progress.text(), 'utterance 1/4');
  progress.add(ended('two', null, 'refused'));
  progress.add(ended('three', 500, 'closed_early'));
  assert.equal(progress.text(), 'utterance 3/4 · TTFT p50 500 ms · 2 failed');
  assert.equal(progress.firstFailure?.message, 'It refused.');
});

test('names the endpoints whose sessions failed, the first failure first', () => {
  const progress = tally(['one', 'two', 'three']);
  progress.add(ended('a', 400, undefined, 'one'));
  progress.add(ended('a', null, 'refused', 'three'));
  progress.add(ended('a', null, 'cancelled', 'one'));
  progress.add(ended('a', null, 'refused', 'two'));
  progress.add(ended('b', null, 'refused', 'three'));
  assert.deepEqual(progress.failedEndpoints, ['three', 'two']);
});

test('speaks of sessions where an utterance has several', () => {
  const progress = tally(['one', 'two']);
  progress.add({ type: 'starting', sessions: 24 });
  assert.equal(progress.text(), 'session 0/24');
});
