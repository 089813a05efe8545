import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { planFileSchema } from '../../../src/planfile/planFileSchema.ts';
import { runTitles } from '../../../src/planfile/runTitles.ts';

function titlesOf(plan: object): string[] {
  return runTitles(planFileSchema.parse({ name: 'N', endpoints: ['embedded'], ...plan }));
}

function titlesOfDatasets(...datasets: unknown[]): string[] {
  return titlesOf({ datasets }).map((title) => title.replace(/^N, (.*), 1 at once$/, '$1'));
}

describe('what the runs of a plan are called', () => {
  test('one run as the plan', () => {
    assert.deepEqual(titlesOf({ datasets: ['en/manifest.jsonl'] }), ['N']);
  });

  test('several by dataset and load', () => {
    const profiles = [1, 8].map((sessions) => ({ kind: 'concurrent', sessions }));
    assert.deepEqual(titlesOf({ profiles }), ['N, speech, 1 at once', 'N, speech, 8 at once']);
  });

  test('by as much of a path as tells it from the others', () => {
    assert.deepEqual(titlesOfDatasets('en/manifest.jsonl', 'de/manifest.jsonl', 'calls'), [
      'en/manifest',
      'de/manifest',
      'calls',
    ]);
    assert.deepEqual(titlesOfDatasets('a/b.wav', 'a/b.flac'), ['b.wav', 'b.flac']);
    assert.deepEqual(titlesOfDatasets('speech', 'bundled'), ['speech', 'bundled speech']);
  });

  test('by the number of utterances where only that differs', () => {
    assert.deepEqual(titlesOfDatasets('calls', { path: 'calls', limit: 10 }), [
      'calls',
      'calls, first 10',
    ]);
  });

  test('by a count where nothing differs', () => {
    assert.deepEqual(titlesOfDatasets('calls', './calls'), ['calls', 'calls (2)']);
  });

  test('by reused connections where the number of sessions is the same', () => {
    const kind = 'concurrent';
    const profiles = [
      { kind, sessions: 2 },
      { kind, sessions: 2, reuseConnections: true },
    ];
    assert.deepEqual(titlesOf({ profiles }), [
      'N, speech, 2 at once',
      'N, speech, 2 at once, connections reused',
    ]);
  });

  test('by the rate of an open load, and its seed where only that differs', () => {
    const load = { kind: 'poisson', perSecond: 2 };
    const profiles = [{ kind: 'constant', perSecond: 0.5 }, load, { ...load, seed: 7 }];
    assert.deepEqual(titlesOf({ profiles }), [
      'N, speech, 0.5 per second',
      'N, speech, 2 per second at random (seed 42)',
      'N, speech, 2 per second at random (seed 7)',
    ]);
  });

  test('never two alike', () => {
    const part = fc.constantFrom('a', 'b', 'a.wav', 'a.flac', '..', 'speech');
    const place = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    const limited = fc.record({ path: place, limit: fc.constantFrom(1, 2) });
    const dataset = fc.oneof(place, limited, fc.constant('bundled'));
    fc.assert(
      fc.property(fc.array(dataset, { minLength: 1, maxLength: 6 }), (datasets) => {
        const titles = titlesOf({ datasets });
        assert.equal(new Set(titles).size, datasets.length, titles.join(' | '));
      }),
    );
  });
});
