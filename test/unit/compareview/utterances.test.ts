import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { prepareComparison } from '../../../src/comparison/compareRuns.ts';
import type { PreparedPair } from '../../../src/comparison/preparePair.ts';
import {
  utteranceDetailSchema,
  type UtteranceDetail,
} from '../../../src/compareview/compareView.ts';
import { comparedUtterance } from '../../../src/compareview/comparedUtterance.ts';
import { utteranceDetail } from '../../../src/compareview/utteranceDetail.ts';
import { utteranceRows } from '../../../src/compareview/utteranceRows.ts';
import type { Run } from '../../../src/runfile/run.ts';
import { comparedReport, type ComparedRunOptions } from '../../support/comparedRuns.ts';

function pairOf(a: ComparedRunOptions, b: ComparedRunOptions): PreparedPair {
  return prepareComparison([comparedReport(a), comparedReport(b)]).pairs[0]!.pair;
}

function detailOf(pair: PreparedPair, id: string, repeat = 0): UtteranceDetail | null {
  const compared = comparedUtterance(pair, id, repeat);
  if (!compared) return null;
  return utteranceDetail(pair, compared, {
    letters: ['A', 'B'],
    namesOf: ({ session, trace }) =>
      session && trace ? { key: session.id, audioKey: 'audio' } : null,
  });
}

function columnsOf(detail: UtteranceDetail | null) {
  assert.ok(detail?.alignment);
  return detail.alignment.columns;
}

const small = { utterances: 12, seed: 1 };
const pair = pairOf(small, { ...small, seed: 2, laterMs: 60, broken: [4], failing: [7] });

describe('utterances by a row', () => {
  test('are all there, first those that fail now, then by how much worse they are', () => {
    const rows = utteranceRows(pair, 'wer');
    assert.equal(rows.length, 12);
    assert.deepEqual(
      rows.slice(0, 2).map(({ id, statusA, statusB, b }) => [id, statusA, statusB, b]),
      [
        ['utt-007', 'success', 'failed', null],
        ['utt-004', 'success', 'success', 1 / 3],
      ],
    );
    assert.deepEqual(rows[0]?.repeats, { a: 1, b: 1 });
  });
});

describe('one utterance', () => {
  test('is what the page takes', () => {
    const detail = detailOf(pair, 'utt-004');
    assert.deepEqual(utteranceDetailSchema.parse(structuredClone(detail)), detail);
  });

  test('stands above its reference in both texts', () => {
    const detail = detailOf(pair, 'utt-004');
    assert.deepEqual(
      columnsOf(detail).map(({ reference, a, b }) => [reference, a.text, b.text, b.mark]),
      [
        ['hello', 'hello', 'hello', 'equal'],
        ['world', 'world', 'whirled', 'substitute'],
        ['again', 'again', 'again', 'equal'],
      ],
    );
    assert.equal(detail?.problem, null);
    assert.deepEqual(
      detail.figures.find(({ label }) => label === 'WER'),
      { label: 'WER', a: '0.0 %', b: '33.3 %', delta: '+33.3 pp' },
    );
    assert.match(detail.figures.find(({ label }) => label === 'TTFS')!.delta, /^\+\d+ ms$/);
  });

  test('has the times at which each word was said and shown', () => {
    const detail = detailOf(pair, 'utt-004');
    const { a, b } = detail!.sessions;
    columnsOf(detail).forEach(({ times }, at) => {
      assert.ok(times);
      assert.equal(times.startMs, pair.a.utterances.get('utt-004')!.words![at]!.startMs);
      assert.equal(times.endMs, pair.a.utterances.get('utt-004')!.words![at]!.endMs);
      assert.equal(times.arrivedMsA, a!.words[at]!.firstMs);
      assert.equal(times.arrivedMsB, b!.words[at]!.firstMs);
      assert.ok(times.arrivedMsB > times.arrivedMsA + 40);
    });
  });

  test('times a number by the last of the words that it was written as', () => {
    const spoken = (run: Run): Run => ({
      ...run,
      utterances: run.utterances.map((utterance) => ({
        ...utterance,
        language: 'en',
        reference: 'hello twenty one',
        words: utterance.words!.map((word, at) => ({
          ...word,
          text: ['hello', 'twenty', 'one'][at]!,
        })),
      })),
    });
    const numbers = pairOf({ ...small, run: spoken }, { ...small, run: spoken });
    const words = numbers.a.utterances.get('utt-000')!.words!;
    const column = columnsOf(detailOf(numbers, 'utt-000')).find((one) => one.reference === '21');
    assert.equal(column?.times?.startMs, words[1]!.startMs);
    assert.equal(column.times.endMs, words[2]!.endMs);
  });

  test('does not call words left out of a session that failed', () => {
    const detail = detailOf(pair, 'utt-007');
    assert.deepEqual(
      columnsOf(detail).map(({ a, b }) => [a.mark, b.mark]),
      [0, 1, 2].map(() => ['equal', null]),
    );
    assert.equal(detail?.sessions.b?.status, 'failed');
  });

  test('is compared word by word only with a common reference', () => {
    const other = (run: Run): Run => ({
      ...run,
      utterances: run.utterances.map((utterance) => ({ ...utterance, reference: 'goodbye' })),
    });
    const detail = detailOf(pairOf(small, { ...small, run: other }), 'utt-000');
    assert.equal(detail?.alignment, null);
    assert.deepEqual(detail.texts, { a: 'hello world again', b: 'hello world again' });
  });

  test('is shown as far as either run has it', () => {
    const uneven = pairOf({ ...small, repeats: 2 }, small);
    const second = detailOf(uneven, 'utt-003', 1);
    assert.equal(second?.repeats, 2);
    assert.equal(second.texts.b, null);
    assert.equal(second.sessions.b, null);
    assert.equal(second.problem, 'B sent this utterance less often.');
    assert.equal(columnsOf(second)[0]?.times?.arrivedMsB, null);
    assert.equal(detailOf(uneven, 'utt-003', 2), null);
    assert.equal(detailOf(uneven, 'nobody'), null);
  });

  test('says so where a file holds no trace of it', () => {
    const without = pairOf(small, small);
    const traces = new Map(without.b.traces);
    traces.delete('s00001');
    const detail = detailOf({ ...without, b: { ...without.b, traces } }, 'utt-000');
    assert.equal(detail?.sessions.b, null);
    assert.match(detail.problem!, /^The file of B holds no trace/);
    assert.equal(columnsOf(detail)[0]?.b.text, 'hello');
  });
});
