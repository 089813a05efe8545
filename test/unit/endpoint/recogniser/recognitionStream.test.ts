import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { RecognitionStream } from '../../../../src/endpoint/recogniser/recognitionStream.ts';
import type { DecodeJob } from '../../../../src/endpoint/recogniser/recognitionStream.ts';
import { vadFrameSamples } from '../../../../src/endpoint/recogniser/sileroVad.ts';
import { Vocabulary } from '../../../../src/endpoint/recogniser/vocabulary.ts';

const frameMs = vadFrameSamples / 16;
/** One word for each frame of a minute, so that text tells which audio it is of. */
const vocabulary = new Vocabulary([
  ...['<unk>', '<s>', '</s>'],
  ...Array.from({ length: 2000 }, (_, frame) => `\u2581word${frame}`),
]);
const pace = { baseMs: 300, perWindowSecondMs: 25 };

/** A stream fed with speech and silence in turns, and a recogniser that hears every fourth frame. */
class Simulation {
  readonly stream = new RecognitionStream(vocabulary, pace);
  readonly jobs: DecodeJob[] = [];
  readonly deltas: string[] = [];
  readonly #isSpeech: boolean[];
  #frame = 0;

  constructor(isSpeech: boolean[]) {
    this.#isSpeech = isSpeech;
  }

  /** Sends the next `frames` frames, then works until there is nothing to do. */
  advance(frames: number): void {
    const to = Math.min(this.#frame + frames, this.#isSpeech.length);
    const samples = new Int16Array((to - this.#frame) * vadFrameSamples);
    samples.forEach((_, index) => (samples[index] = this.#sampleAt(this.#frame * 512 + index)));
    this.stream.addAudio(samples);
    this.#frame = to;
    this.work();
  }

  work(): void {
    while (this.stream.pendingFrames > 0) {
      const position = this.#seen;
      this.#seen += 1;
      this.stream.addProbability(
        this.#isSpeech[position] === true ? 0.9 : 0.1,
        this.stream.nextFrame(),
      );
    }
    for (let job = this.stream.nextJob(); job !== null; job = this.stream.nextJob()) {
      this.jobs.push(job);
      this.#decode(job);
    }
  }

  /** The words whose frame is whole within a stretch. */
  wordsIn(startSample: number, endSample: number): number[] {
    const tokens: number[] = [];
    for (let frame = Math.ceil(startSample / 512); (frame + 1) * 512 <= endSample; frame += 1) {
      if (this.#isSpeech[frame] === true && frame % 4 === 0) tokens.push(frame + 3);
    }
    return tokens;
  }

  #seen = 0;

  /** Quiet between the words, so that a cut falls there. */
  #sampleAt(sample: number): number {
    return Math.floor(sample / vadFrameSamples) % 4 === 2 ? 0 : 1000 + (sample % 30_011);
  }

  #decode(job: DecodeJob): void {
    const { samples } = this.stream.inputFor(job);
    assert.equal(samples.length, job.endSample - job.startSample);
    for (const index of [0, samples.length >> 1, samples.length - 1]) {
      assert.equal(samples[index]! * 32_768, this.#sampleAt(job.startSample + index));
    }
    const tokens = this.wordsIn(job.startSample, job.endSample);
    if (job.kind === 'partial') {
      this.deltas.push(this.stream.addHypothesis(job, { tokens, complete: true }));
    } else if (this.stream.isCovered(job)) {
      this.deltas.push(this.stream.finishSegment());
    } else {
      this.deltas.push(this.stream.finishSegment(tokens));
    }
  }
}

function turns(...frames: number[]): boolean[] {
  return frames.flatMap((count, index) => new Array<boolean>(count).fill(index % 2 === 1));
}

function finish(simulation: Simulation): string {
  assert.equal(simulation.stream.result(), null);
  simulation.stream.endAudio();
  simulation.work();
  const result = simulation.stream.result();
  assert.ok(result !== null);
  assert.equal(result.text, simulation.deltas.join(''));
  return result.text;
}

describe('RecognitionStream', () => {
  it('says words while they are spoken', () => {
    const simulation = new Simulation(turns(10, 200));
    for (let frame = 0; frame < 120; frame += 1) simulation.advance(1);
    const said = simulation.deltas.filter((delta) => delta !== '');
    assert.ok(said.length >= 4, JSON.stringify(said));
  });

  it('waits for more new audio the longer the stretch has become', () => {
    const simulation = new Simulation(turns(10, 230));
    for (let frame = 0; frame < 235; frame += 1) simulation.advance(1);
    const ends = simulation.jobs.map((job) => job.endSample / 16);
    assert.ok(ends[1]! - ends[0]! < 400);
    assert.ok(ends.at(-1)! - ends.at(-2)! > 420);
  });

  it('needs no further decode when a pause turns out to be the end', () => {
    const simulation = new Simulation(turns(10, 60, 40));
    for (let frame = 0; frame < 110; frame += 1) simulation.advance(1);
    const final = simulation.jobs.at(-1);
    assert.equal(final?.kind, 'final');
    const pause = simulation.jobs.at(-2);
    assert.deepEqual(pause, { ...final, kind: 'partial' });
    const silentFrames = (final.endSample - 70 * vadFrameSamples) / 16;
    assert.equal(silentFrames, 250);
  });

  it('decodes only whole segments of audio that is there at once', () => {
    const simulation = new Simulation(turns(10, 60, 40, 90, 30));
    simulation.advance(1000);
    finish(simulation);
    assert.deepEqual(
      simulation.jobs.map((job) => job.kind),
      ['final', 'final'],
    );
  });

  it('finishes at once without speech, and without audio', () => {
    const silent = new Simulation(turns(100));
    silent.advance(100);
    assert.equal(finish(silent), '');
    assert.equal(finish(new Simulation([])), '');
    assert.deepEqual(silent.jobs, []);
  });

  it('keeps what an interrupted decode found as a draft only', () => {
    const simulation = new Simulation(turns(10, 60));
    simulation.stream.addAudio(new Int16Array(60 * vadFrameSamples));
    for (let frame = 0; frame < 60; frame += 1) {
      simulation.stream.addProbability(frame < 10 ? 0.1 : 0.9, simulation.stream.nextFrame());
    }
    const job = simulation.stream.nextJob();
    assert.equal(job?.kind, 'partial');
    assert.equal(simulation.stream.addHypothesis(job, { tokens: [15, 19], complete: false }), '');
    assert.deepEqual(simulation.stream.inputFor(job).draft, [15, 19]);
    assert.equal(simulation.stream.isCovered(job), false);
  });

  it('says every word that is spoken once and in order, however the audio comes', () => {
    const length = fc.integer({ min: 3, max: 500 });
    const pauses = fc.integer({ min: 1, max: 40 });
    const speech = fc.array(fc.tuple(pauses, length), { maxLength: 4 });
    fc.assert(
      fc.property(speech, fc.array(fc.integer({ min: 1, max: 200 })), (stretches, steps) => {
        const isSpeech = turns(...stretches.flat());
        const simulation = new Simulation(isSpeech);
        for (const step of steps) simulation.advance(step);
        simulation.advance(isSpeech.length);
        const said = finish(simulation)
          .split(' ')
          .filter((word) => word !== '');
        const spoken = vocabulary.text(simulation.wordsIn(0, isSpeech.length * 512)).split(' ');
        assert.deepEqual(
          said,
          spoken.filter((word) => word !== ''),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('lets go of audio that is decoded', () => {
    const simulation = new Simulation(turns(...new Array<number>(60).fill(30)));
    for (let frame = 0; frame < 1800; frame += 10) simulation.advance(10);
    finish(simulation);
    assert.ok(1800 * frameMs > 50_000);
    assert.ok(simulation.jobs.every((job) => job.endSample - job.startSample < 16_000 * 9));
  });
});
