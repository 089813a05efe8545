import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { delayMetrics } from '../../../src/metrics/simultaneousMetrics.ts';

const audioMs = 1000;
const referenceWords = 3;

describe('simultaneous interpretation: the published figures', () => {
  const cases: [number[], number, number, number | null, number, number][] = [
    [[500, 700, 1000], 400, 400, 0.7333, 500, 0],
    [[530, 750, 1120], 466.6667, 466.6667, null, 530, 120],
    [[500, 700, 800, 1000], 250, 375, 1, 500, 0],
    [[530, 750, 820, 1120], 305, 430, null, 530, 120],
    [[500, 1000], 583.3333, 583.3333, 0.5, 500, 0],
    [[1200], 1200, 1200, 0.4, 1200, 200],
  ];
  for (const [delays, al, laal, ap, dal, endOffset] of cases) {
    test(delays.join(' '), () => {
      const metrics = delayMetrics(delays, audioMs, referenceWords);
      const near = (actual: number, expected: number) => {
        assert.ok(Math.abs(actual - expected) < 1e-4, `${actual} is not ${expected}`);
      };
      near(metrics.al, al);
      near(metrics.laal, laal);
      if (ap !== null) near(metrics.ap, ap);
      near(metrics.dal, dal);
      near(metrics.start_offset, delays[0]!);
      near(metrics.end_offset, endOffset);
    });
  }
});
