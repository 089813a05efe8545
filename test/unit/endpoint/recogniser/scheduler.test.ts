import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { chooseWork } from '../../../../src/endpoint/recogniser/scheduler.ts';
import type { SchedulableStream } from '../../../../src/endpoint/recogniser/scheduler.ts';

interface TestStream extends SchedulableStream {
  name: string;
}

function stream(
  name: string,
  facts: Partial<TestStream> & { wants?: 'partial' | 'final' },
): TestStream {
  const { wants, ...rest } = facts;
  const job =
    wants === undefined
      ? null
      : { kind: wants, startSample: 0, endSample: 16_000, speechEndSample: 16_000 };
  return {
    name,
    isEnding: false,
    pendingFrames: 0,
    undecodedSamples: 0,
    nextJob: () => job,
    ...rest,
  };
}

function chosen(...streams: TestStream[]): string | null {
  const choice = chooseWork(streams);
  return choice === null ? null : `${choice.kind} ${choice.stream.name}`;
}

describe('chooseWork', () => {
  it('has nothing to do without streams or with idle ones', () => {
    assert.equal(chosen(), null);
    assert.equal(chosen(stream('idle', {})), null);
  });

  it('serves finals before partials, and ended utterances before others', () => {
    const partial = stream('partial', { wants: 'partial', undecodedSamples: 99_000 });
    const final = stream('final', { wants: 'final', undecodedSamples: 500 });
    const ended = stream('ended', { wants: 'final', isEnding: true });
    assert.equal(chosen(partial, final), 'decode final');
    assert.equal(chosen(partial, final, ended), 'decode ended');
  });

  it('serves the stream with the most undecoded audio among equals', () => {
    const streams = [100, 300, 200].map((undecodedSamples) =>
      stream(String(undecodedSamples), { wants: 'partial', undecodedSamples }),
    );
    assert.equal(chosen(...streams), 'decode 300');
  });

  it('looks for speech in arriving audio first, but lets finals pass a backlog', () => {
    const final = stream('final', { wants: 'final' });
    assert.equal(chosen(final, stream('live', { pendingFrames: 3 })), 'frames live');
    assert.equal(chosen(final, stream('backlog', { pendingFrames: 500 })), 'decode final');
    const partial = stream('partial', { wants: 'partial' });
    assert.equal(chosen(partial, stream('backlog', { pendingFrames: 500 })), 'frames backlog');
  });

  it('always finds work when any stream has some', () => {
    const any = fc.record({
      pendingFrames: fc.nat(100),
      undecodedSamples: fc.nat(),
      isEnding: fc.boolean(),
      wants: fc.option(fc.constantFrom('partial' as const, 'final' as const), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(any), (facts) => {
        const streams = facts.map(({ wants, ...rest }, index) =>
          stream(String(index), wants === undefined ? rest : { ...rest, wants }),
        );
        const hasWork = facts.some((fact) => fact.pendingFrames > 0 || fact.wants !== undefined);
        assert.equal(chooseWork(streams) !== null, hasWork);
      }),
    );
  });
});
