import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { reportRun } from '../../../src/runfile/runReport.ts';
import { alignTranscript } from '../../../src/runview/alignTranscript.ts';
import { buildSessionDetail } from '../../../src/runview/buildSessionDetail.ts';
import { sessionDetailSchema } from '../../../src/runview/runView.ts';
import { exampleRun } from '../../support/exampleRun.ts';
import { variedRun } from '../../support/variedRun.ts';
import { variedLanes } from '../../support/webview/timelineFixtures.ts';

const wordChoice = {
  profileId: 'basic@1',
  headline: 'wer',
  reason: 'The language is not English.',
} as const;

const golden = buildSessionDetail(reportRun(exampleRun()), 's00001')!;
const varied = reportRun(variedRun(20));

describe('buildSessionDetail', () => {
  test('passes the check that the page makes', () => {
    for (const { id } of varied.sessions) {
      const detail = buildSessionDetail(varied, id);
      assert.deepEqual(sessionDetailSchema.parse(JSON.parse(JSON.stringify(detail))), detail);
    }
  });

  test('has nothing for a session that is not in the run', () => {
    assert.equal(buildSessionDetail(varied, 'nobody'), null);
  });

  test('lists every text with its time since the first chunk and its gap', () => {
    const deltas = golden.deltas!.map(({ atMs, gapMs, kind, blank }) => [atMs, gapMs, kind, blank]);
    assert.deepEqual(deltas, [
      [349.6, null, 'append', true],
      [429.6, null, 'append', false],
      [519.6, 90, 'append', false],
      [649.6, 130, 'append', false],
      [1019.6, 370, 'append', false],
      [1049.6, 30, 'final', false],
    ]);
  });

  test('names the messages by which the timeline knows the same deltas', () => {
    for (const lane of variedLanes()) {
      const { deltas } = buildSessionDetail(varied, lane.key)!;
      const places = new Set(deltas!.map(({ message }) => message));
      assert.deepEqual([...places], [...lane.deltas.messages], lane.key);
    }
  });

  test('aligns words, keeping what was substituted, left out and added', () => {
    const { alignment } = buildSessionDetail(varied, 's00001')!;
    const errors = alignment!.tokens.filter(({ operation }) => operation !== 'equal');
    assert.deepEqual(errors, [
      { operation: 'substitute', reference: 'fox', hypothesis: 'box' },
      { operation: 'delete', reference: 'lazy', hypothesis: null },
      { operation: 'insert', reference: null, hypothesis: 'the' },
    ]);
  });

  test('aligns characters where characters are counted', () => {
    const { alignment } = buildSessionDetail(varied, 's00004')!;
    assert.equal(alignment!.unit, 'character');
    assert.deepEqual(
      alignment!.tokens.filter(({ operation }) => operation !== 'equal'),
      [{ operation: 'substitute', reference: '天', hypothesis: '電' }],
    );
  });

  test('aligns nothing for a session that failed, and says why it did', () => {
    const detail = buildSessionDetail(varied, 's00008')!;
    assert.equal(detail.alignment, null);
    assert.match(detail.failure!, /No final text came/);
  });

  test('tells each metric with its unit, or why there is none', () => {
    const of = (label: string) => golden.metrics.find((metric) => metric.label === label);
    assert.equal(of('Time to first text')?.value, '430 ms');
    assert.equal(of('Inter-delta latency')?.value, '130 ms (median of 3)');
    const rtfx = of('Speed factor');
    assert.deepEqual(
      [rtfx?.known, rtfx?.value],
      [false, 'the audio was paced, so this says nothing about speed'],
    );
  });

  test('has no deltas where the file left the trace out', () => {
    const report = reportRun(exampleRun());
    const stored = { ...report, run: { ...report.run, sessions: [] } };
    const detail = buildSessionDetail(stored, 's00001')!;
    assert.equal(detail.deltas, null);
    assert.equal(detail.hypothesis, 'hello world again');
    assert.ok(detail.alignment);
  });
});

describe('alignTranscript', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c', 'dd'), { maxLength: 8 });

  test('gives back both texts, token by token', () => {
    fc.assert(
      fc.property(words, words, (reference, hypothesis) => {
        const { tokens } = alignTranscript(reference.join(' '), hypothesis.join(' '), wordChoice);
        const side = (of: 'reference' | 'hypothesis') => tokens.flatMap((token) => token[of] ?? []);
        assert.deepEqual(side('reference'), reference);
        assert.deepEqual(side('hypothesis'), hypothesis);
        for (const { operation, ...token } of tokens) {
          assert.equal(operation === 'insert', token.reference === null);
          assert.equal(operation === 'delete', token.hypothesis === null);
          if (operation === 'equal') assert.equal(token.reference, token.hypothesis);
        }
      }),
    );
  });
});
