import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { missingReasons } from '../../../../src/metrics/missingValue.ts';
import { metricRegistry, metricsSpecId } from '../../../../src/metrics/registry/metricRegistry.ts';

const documentation = readFileSync(new URL('../../../../docs/metrics.md', import.meta.url), 'utf8');

/** Rows of the page's tables that begin with a name in code font: the name and the next cell. */
const rows = Array.from(documentation.matchAll(/^\| `([a-z0-9_]+)` +\| ([^|]*?) +\|/gm), (row) => [
  row[1]!,
  row[2]!,
]);

describe('metric registry', () => {
  const definitions = Object.entries(metricRegistry);

  test('labels and short names are there and not used twice', () => {
    const labels = definitions.map(([, metric]) => metric.label);
    const shorts = definitions.map(([, metric]) => metric.short);
    assert.equal(new Set(labels).size, definitions.length);
    assert.equal(new Set(shorts).size, definitions.length);
    for (const name of [...labels, ...shorts]) assert.notEqual(name.trim(), '');
  });

  test('descriptions are one sentence', () => {
    for (const [id, { description }] of definitions) {
      assert.match(description, /^[A-Z0-9][^\n]*[^.]\.$/, id);
      assert.ok(description.length <= 100, `${id}: ${description.length} characters`);
    }
  });

  test('percentiles are the headline of what has a distribution, and of nothing else', () => {
    for (const [id, { aggregation, headline }] of definitions) {
      assert.equal(headline.length > 0, aggregation.startsWith('percentiles'), id);
    }
  });

  test('nothing needs both paced audio and a burst', () => {
    for (const [id, { requires }] of definitions) {
      const paced = requires.includes('paced') || requires.includes('audio_clock');
      assert.ok(!(paced && requires.includes('burst')), id);
    }
  });
});

describe('docs/metrics.md', () => {
  test('names the version of the definitions', () => {
    assert.ok(documentation.includes(`\`${metricsSpecId}\``));
  });

  test('defines every metric once, under the name the product shows, and no other', () => {
    const documented = rows.filter(([name]) => !isReason(name!) && !symbols.has(name!));
    const expected = Object.entries(metricRegistry).map(([id, { label }]) => [id, label]);
    assert.deepEqual(documented.toSorted(byName), expected.toSorted(byName));
  });

  test('lists every reason for a missing value', () => {
    const documented = rows.filter(([name]) => isReason(name!));
    const expected = Object.entries(missingReasons);
    assert.deepEqual(documented.toSorted(byName), expected.toSorted(byName));
  });
});

/** Single-letter names of the table of symbols that look like an id. */
const symbols = new Set(rows.map(([name]) => name!).filter((name) => /^[a-z][0-9]?$/.test(name)));

function isReason(name: string): boolean {
  return name in missingReasons;
}

function byName(one: readonly string[], other: readonly string[]): number {
  return one[0]! < other[0]! ? -1 : 1;
}
