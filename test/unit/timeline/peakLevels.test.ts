import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { PeakLevels } from '../../../src/timeline/peakLevels.ts';
import { SampleTiles, samplesPerTile } from '../../../src/timeline/sampleTiles.ts';
import { samplesPerPeak } from '../../../src/timeline/timelineMessages.ts';

const sample = fc.integer({ min: -32768, max: 32767 });

const peak = fc.tuple(sample, sample).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const manyPeaks = fc.array(peak, { minLength: 1, maxLength: 300, size: 'max' });

describe('PeakLevels', () => {
  test('any stretch has the least and greatest of the peaks it touches', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(manyPeaks, part, part, (all, a, b) => {
        const totalSamples = all.length * samplesPerPeak;
        const levels = new PeakLevels(totalSamples);
        levels.add(0, Int16Array.from(all.flat()));
        const from = Math.floor(Math.min(a, b) * (totalSamples - 1));
        const to = Math.max(from + 1, Math.floor(Math.max(a, b) * totalSamples));
        const touched = all.slice(
          Math.floor(from / samplesPerPeak),
          Math.ceil(to / samplesPerPeak),
        );
        assert.deepEqual(levels.minMaxOf(from, to), {
          min: Math.min(...touched.map(([min]) => min)),
          max: Math.max(...touched.map(([, max]) => max)),
        });
      }),
    );
  });

  test('peaks may come in any order and give the same', () => {
    const inAnyOrder = manyPeaks.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all.keys()], { minLength: all.length, maxLength: all.length }),
      ),
    );
    fc.assert(
      fc.property(inAnyOrder, ([all, order]) => {
        const totalSamples = all.length * samplesPerPeak;
        const levels = new PeakLevels(totalSamples);
        for (const place of order) levels.add(place, Int16Array.from(all[place]!));
        assert.deepEqual(levels.minMaxOf(0, totalSamples), {
          min: Math.min(...all.map(([min]) => min)),
          max: Math.max(...all.map(([, max]) => max)),
        });
      }),
    );
  });

  test('says what has not arrived', () => {
    const levels = new PeakLevels(10 * samplesPerPeak);
    assert.equal(levels.minMaxOf(0, 10 * samplesPerPeak), null);
    levels.add(4, Int16Array.of(-5, 7));
    assert.equal(levels.minMaxOf(0, 4 * samplesPerPeak), null);
    assert.deepEqual(levels.minMaxOf(0, 5 * samplesPerPeak), { min: -5, max: 7 });
    assert.equal(levels.minMaxOf(-100, 0), null);
    assert.equal(levels.minMaxOf(11 * samplesPerPeak, 12 * samplesPerPeak), null);
  });

  test('leaves out what lies beyond the end', () => {
    const levels = new PeakLevels(2 * samplesPerPeak);
    levels.add(1, Int16Array.of(-1, 1, -32768, 32767));
    assert.deepEqual(levels.minMaxOf(0, 1e9), { min: -1, max: 1 });
  });
});

describe('SampleTiles', () => {
  function tilesOf(totalSamples: number) {
    const asked: [number, number][] = [];
    const tiles = new SampleTiles(totalSamples, (from, count) => asked.push([from, count]));
    return { asked, tiles };
  }

  test('asks once for the tiles that a stretch lacks', () => {
    const total = samplesPerTile * 2 + 10;
    const { asked, tiles } = tilesOf(total);
    assert.equal(tiles.prepare(samplesPerTile - 1, total + 50), false);
    assert.equal(tiles.prepare(0, total), false);
    assert.deepEqual(asked, [
      [0, samplesPerTile],
      [samplesPerTile, samplesPerTile],
      [2 * samplesPerTile, 10],
    ]);
    tiles.add(samplesPerTile, new Int16Array(samplesPerTile));
    assert.equal(tiles.prepare(samplesPerTile, 2 * samplesPerTile), true);
    assert.equal(asked.length, 3);
  });

  test('gives samples across tiles, and nothing where none arrived', () => {
    const { tiles } = tilesOf(3 * samplesPerTile);
    const first = new Int16Array(samplesPerTile).fill(3);
    const second = new Int16Array(samplesPerTile).fill(-9);
    assert.equal(tiles.minMaxOf(0, 10), null);
    tiles.add(0, first);
    tiles.add(samplesPerTile, second);
    assert.deepEqual(tiles.minMaxOf(samplesPerTile - 1, samplesPerTile + 1), { min: -9, max: 3 });
    assert.equal(tiles.at(samplesPerTile), -9);
    assert.equal(tiles.at(2 * samplesPerTile), null);
  });

  test('lets go of what was not used for long and asks for it again', () => {
    const { asked, tiles } = tilesOf(100 * samplesPerTile);
    for (let tile = 0; tile < 100; tile += 1) {
      tiles.prepare(0, 1);
      tiles.add(tile * samplesPerTile, new Int16Array(1));
    }
    asked.length = 0;
    assert.equal(tiles.prepare(0, 1), true);
    assert.equal(tiles.prepare(samplesPerTile, samplesPerTile + 1), false);
    assert.deepEqual(asked, [[samplesPerTile, samplesPerTile]]);
  });
});
