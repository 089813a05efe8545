import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TurnTracker } from '../../../../src/endpoint/recogniser/turnTracker.ts';

describe('TurnTracker', () => {
  it('makes one turn of the segments between two silences', () => {
    const turns = new TurnTracker();
    turns.started(100);
    turns.segmentSeen();
    turns.said('one');
    turns.segmentFinished('one two', 2, 10);
    turns.hypothesis('three');
    turns.segmentSeen();
    turns.stopped(900);
    assert.deepEqual(turns.take(), [
      { kind: 'speech-started', sample: 100 },
      { kind: 'hypothesis', text: 'one two three' },
      { kind: 'speech-stopped', sample: 900 },
    ]);
    turns.said(' two three');
    turns.segmentFinished('three', 1, 5);
    const result = {
      text: 'one two three',
      lastText: 'one two three',
      tokens: 3,
      audioFrames: 15,
    };
    assert.deepEqual(turns.take(), [{ kind: 'turn', result }]);
    assert.deepEqual(turns.take(), []);
  });

  it('keeps turns apart that wait for their text', () => {
    const turns = new TurnTracker();
    for (const sample of [100, 500]) {
      turns.started(sample);
      turns.segmentSeen();
      turns.stopped(sample + 300);
    }
    turns.take();
    for (const word of ['one', ' two']) {
      turns.said(word);
      turns.segmentFinished(word.trim(), 1, 5);
      const result = { text: word, lastText: word.trim(), tokens: 1, audioFrames: 5 };
      assert.deepEqual(turns.take(), [{ kind: 'turn', result }]);
    }
  });

  it('ends a turn at once whose segments are finished', () => {
    const turns = new TurnTracker();
    turns.started(0);
    turns.segmentSeen();
    turns.said('one');
    turns.segmentFinished('one', 1, 5);
    turns.stopped(900);
    assert.deepEqual(
      turns.take().map(({ kind }) => kind),
      ['speech-started', 'speech-stopped', 'turn'],
    );
  });
});
