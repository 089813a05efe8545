import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { planOutline, type TestablePlan } from '../../../../src/extension/testing/planOutline.ts';
import type { TextRange } from '../../../../src/extension/testing/textPlace.ts';

const text = `{
  // Every night.
  "name": "Nightly",
  "endpoints": ["embedded", { "id": "mine", "url": "ws://localhost:8000" }],
  "datasets": ["en/manifest.jsonl", "de/manifest.jsonl"],
  "profiles": [
    { "kind": "concurrent", "sessions": 1 },
    { "kind": "concurrent", "sessions": 1, "reuseConnections": true },
  ],
  "thresholds": ["ttfs.p95 <= 800 ms", "wer <= 8 %"],
}
`;

function testable(plan: string): TestablePlan {
  const outline = planOutline(plan);
  assert.ok(outline.kind === 'plan', JSON.stringify(outline));
  return outline;
}

function textAt(whole: string, { start, end }: TextRange): string {
  return whole.split('\n')[start.line]!.slice(start.character, end.character);
}

test('thresholds are where they are written, in their order', () => {
  const { thresholds, range } = testable(text);
  assert.deepEqual(
    thresholds.map((each) => [each.label, textAt(text, each.range), each.problem]),
    [
      ['ttfs.p95 <= 800 ms', 'ttfs.p95 <= 800 ms', null],
      ['wer <= 8 %', 'wer <= 8 %', null],
    ],
  );
  assert.deepEqual(thresholds[0]?.threshold, {
    metric: 'ttfs',
    statistic: 'p95',
    comparison: '<=',
    limit: 800,
  });
  assert.equal(textAt(text, range), '"Nightly"');
});

test('each endpoint in each run can pass or fail by itself', () => {
  const { cells } = testable(text);
  assert.deepEqual(
    cells.map(({ label, run }) => [run, label]),
    [
      [0, 'embedded, en/manifest.jsonl, 1 at once'],
      [0, 'mine, en/manifest.jsonl, 1 at once'],
      [1, 'embedded, en/manifest.jsonl, 1 at once, connections reused'],
      [1, 'mine, en/manifest.jsonl, 1 at once, connections reused'],
      [2, 'embedded, de/manifest.jsonl, 1 at once'],
      [2, 'mine, de/manifest.jsonl, 1 at once'],
      [3, 'embedded, de/manifest.jsonl, 1 at once, connections reused'],
      [3, 'mine, de/manifest.jsonl, 1 at once, connections reused'],
    ],
  );
  assert.equal(cells[3]?.title, 'Nightly, en/manifest, 1 at once, connections reused');
});

test('what does not vary is in no name', () => {
  const plan = '{ "name": "N", "endpoints": ["embedded"], "thresholds": ["wer <= 8 %"] }';
  assert.deepEqual(
    testable(plan).cells.map(({ label, title }) => [label, title]),
    [['embedded', 'N']],
  );
});

test('ids are unique, whatever comes twice', () => {
  const plan =
    '{ "name": "N", "endpoints": ["a", "a"], "datasets": ["s", "s"], "thresholds": ["wer<=1", "wer<=1"] }';
  const { thresholds, cells } = testable(plan);
  for (const ids of [thresholds, cells].map((all) => all.map(({ id }) => id))) {
    assert.equal(new Set(ids).size, ids.length, ids.join());
  }
});

test('a threshold that cannot be understood says why', () => {
  const { thresholds } = testable(text.replace('wer <=', 'wer.p50 <='));
  assert.match(thresholds[1]?.problem ?? '', /"wer" has one value: leave the statistic out/);
  assert.equal(thresholds[1]?.threshold, null);
  const { thresholds: odd } = testable(text.replace('wer <=', 'wer <'));
  assert.match(odd[1]?.problem ?? '', /is not understood. Write a metric/);
});

test('results are kept while thresholds change, and not when what is measured does', () => {
  const { conditions } = testable(text);
  assert.equal(testable(text.replace('800 ms', '900 ms')).conditions, conditions);
  assert.equal(testable(text.replace('// Every', '// Each')).conditions, conditions);
  assert.notEqual(testable(text.replace('de/', 'fr/')).conditions, conditions);
});

test('a plan that cannot be read says where and why', () => {
  assert.deepEqual(planOutline('{\n  "name": "N" "x" }'), {
    kind: 'unreadable',
    problem:
      'This plan cannot be read (line 2, column 15). The plan is not JSON: comma expected. Correct it to run it.',
    range: { start: { line: 1, character: 14 }, end: { line: 1, character: 17 } },
  });
  const missing = planOutline('{ "name": "N" }');
  assert.match(missing.kind === 'unreadable' ? missing.problem : '', /endpoints/);
});

test('no text breaks it', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), (noise, at) => {
      const place = at % text.length;
      planOutline(text.slice(0, place) + noise + text.slice(place));
      planOutline(noise);
    }),
  );
});
