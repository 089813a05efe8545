import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { vadFrameSamples } from '../../../../src/endpoint/recogniser/sileroVad.ts';
import { VadSegmenter } from '../../../../src/endpoint/recogniser/vadSegmenter.ts';
import type { Segment } from '../../../../src/endpoint/recogniser/vadSegmenter.ts';

interface Frame {
  probability: number;
  energy: number;
}

function frames(count: number, probability: number, energy = 1): Frame[] {
  return Array.from({ length: count }, () => ({ probability, energy }));
}

function segmentsOf(all: Frame[]): Segment[] {
  const segmenter = new VadSegmenter();
  const segments = all.map(({ probability, energy }) => segmenter.push(probability, energy));
  return [...segments, segmenter.flush(all.length * vadFrameSamples)].filter(
    (segment) => segment !== null,
  );
}

const ms = (milliseconds: number): number => milliseconds * 16;

describe('VadSegmenter', () => {
  it('gives speech with 0.25 s before and after it', () => {
    const segments = segmentsOf([...frames(20, 0.1), ...frames(30, 0.9), ...frames(40, 0.1)]);
    assert.deepEqual(segments, [
      {
        startSample: 20 * vadFrameSamples - ms(250),
        endSample: 50 * vadFrameSamples + ms(250),
        speechEndSample: 50 * vadFrameSamples,
        cut: false,
      },
    ]);
  });

  it('starts only on two frames of speech in a row', () => {
    const click = [...frames(10, 0.1), ...frames(1, 0.9), ...frames(10, 0.1)];
    assert.deepEqual(segmentsOf([...click, ...click]), []);
    assert.equal(segmentsOf([...click, ...frames(2, 0.5), ...frames(10, 0.1)]).length, 1);
  });

  it('does not end on a pause shorter than 0.45 s, nor while in doubt', () => {
    const speech = frames(20, 0.9);
    assert.equal(segmentsOf([...speech, ...frames(13, 0.1), ...speech]).length, 1);
    assert.equal(segmentsOf([...speech, ...frames(14, 0.1), ...speech]).length, 2);
    assert.equal(segmentsOf([...speech, ...frames(40, 0.4), ...speech]).length, 1);
  });

  it('ends a long segment on a shorter pause', () => {
    const long = frames(115, 0.9);
    assert.equal(segmentsOf([...long, ...frames(7, 0.1), ...long]).length, 1);
    assert.equal(segmentsOf([...long, ...frames(8, 0.1), ...long]).length, 2);
  });

  it('never begins before the end of the segment before it', () => {
    const speech = frames(20, 0.9);
    const [first, second] = segmentsOf([...speech, ...frames(15, 0.1), ...speech]);
    assert.ok(first !== undefined && second !== undefined);
    assert.equal(second.startSample, first.endSample);
  });

  it('cuts what grows to 8 s at the quietest frame of its last 3 s', () => {
    const all = frames(300, 0.9);
    all[120] = { probability: 0.9, energy: 0.001 };
    all[200] = { probability: 0.9, energy: 0.01 };
    const [first, second] = segmentsOf(all);
    assert.ok(first !== undefined && second !== undefined);
    assert.equal(first.endSample, 200.5 * vadFrameSamples);
    assert.equal(first.cut, true);
    assert.equal(second.startSample, first.endSample);
    assert.equal(second.endSample, 300 * vadFrameSamples);
  });

  it('drops what is left after a cut when nothing more is said', () => {
    const all = [...frames(248, 0.9), ...frames(60, 0.1)];
    all[247] = { probability: 0.9, energy: 0.001 };
    all[248] = { probability: 0.1, energy: 0.0001 };
    const segments = segmentsOf(all);
    assert.equal(segments.length, 1);
  });

  it('gives ordered, disjoint segments of bounded length within the audio', () => {
    const frame = fc.record({
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
      energy: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const stretch = fc
      .tuple(frame, fc.integer({ min: 1, max: 300 }))
      .map(([one, count]) => frames(count, one.probability, one.energy));
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 12 }), (stretches) => {
        const all = stretches.flat();
        let end = 0;
        for (const segment of segmentsOf(all)) {
          assert.ok(segment.startSample >= end);
          assert.ok(segment.endSample > segment.startSample);
          assert.ok(segment.endSample - segment.startSample <= ms(8000) + vadFrameSamples);
          end = segment.endSample;
        }
        assert.ok(end <= all.length * vadFrameSamples);
      }),
      { numRuns: 200 },
    );
  });
});
