import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { defaultDeadlines, defaultPacing, type Plan } from '../../../src/plan/plan.ts';
import { runFileName, runTitle } from '../../../src/runner/runName.ts';

function planOf(endpoints: string[], path: string): Plan {
  const endpoint = { dialect: 'vllm-realtime', url: 'embedded', model: null, language: null };
  return {
    endpoints: endpoints.map((id) => ({ id, ...endpoint, apiKeyEnv: null })),
    dataset: { path, limit: null },
    load: { kind: 'concurrent', sessions: 1 },
    pacing: defaultPacing,
    deadlines: defaultDeadlines,
    repeats: 1,
    textProfile: 'auto',
    thresholds: [],
  };
}

test('a run is named after its endpoints and its speech', () => {
  assert.equal(runTitle(planOf(['a', 'b'], '/data/speech')), 'a and b on speech');
  assert.equal(runTitle(planOf(['a'], '/data/meetings/manifest.jsonl')), 'a on meetings');
  assert.equal(runTitle(planOf(['a'], '/data/one.flac')), 'a on one');
});

test('a file name tells what and when', () => {
  const name = runFileName('My server: fast! on speech', new Date('2026-11-21T04:08:13.5Z'));
  assert.equal(name, 'My-server-fast-on-speech-2026-11-21-04-08-13.rtbench.json');
});

test('a file name stays in its folder and is not hidden, whatever the title', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (title) => {
      const name = runFileName(title, new Date(0));
      assert.doesNotMatch(name, /[/\\:*?"<>|\s]|^\.|^-(?!1970)/u);
      assert.ok(name.length < 140);
    }),
  );
});
