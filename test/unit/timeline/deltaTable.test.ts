import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  deltaTable,
  deltaTableColumns,
  deltaTableJson,
  deltaTableTsv,
  sortDeltaTable,
} from '../../../src/timeline/deltaTable.ts';
import { delta, goldenSession } from '../../support/goldenSession.ts';
import { timelineLane } from '../../support/timelineLane.ts';

const rows = deltaTable(timelineLane());

describe('delta table', () => {
  test('has a row per delta with what it did', () => {
    assert.deepEqual(rows[3], {
      index: 3,
      atMs: 750,
      gapMs: 130,
      kind: 'append',
      text: 'ld',
      displayedChars: 11,
      bytes: 60,
      audioSentMs: 700,
      lagMs: 110,
    });
  });

  test('gaps lie between deltas with text', () => {
    assert.deepEqual(
      rows.map(({ gapMs }) => gapMs),
      [null, null, 90, 130, 370, null],
    );
  });

  test('sorts by any column, rows without a value last', () => {
    const order = (descending: boolean) =>
      sortDeltaTable(rows, 'gapMs', descending).map(({ index }) => index);
    assert.deepEqual(order(false), [2, 3, 4, 0, 1, 5]);
    assert.deepEqual(order(true), [4, 3, 2, 0, 1, 5]);
    for (const { id } of deltaTableColumns) {
      const sorted = sortDeltaTable(rows, id, false).map((row) => row[id]);
      const values = sorted.filter((value) => value !== null);
      assert.deepEqual(
        values,
        values.toSorted((a, b) => (a < b ? -1 : Number(a > b))),
        id,
      );
    }
  });

  test('is copied as cells with a heading', () => {
    assert.equal(
      deltaTableTsv(rows.slice(2, 4)),
      [
        '#\tAt (ms)\tGap (ms)\tKind\tText\tDisplayed (chars)\tBytes\tAudio sent (ms)\tLag (ms)',
        '3\t620\t90\tappend\t wor\t9\t60\t600\t',
        '4\t750\t130\tappend\tld\t11\t60\t700\t110',
        '',
      ].join('\n'),
    );
  });

  test('hostile text stays in its cell and runs nothing', () => {
    const received = [delta(1100, '=HYPERLINK("x")\t\r\nb'), delta(1200, ' +1')];
    const lane = timelineLane({ trace: { ...goldenSession(), received } });
    const [, first, second] = deltaTableTsv(deltaTable(lane)).split('\n');
    assert.equal(first?.split('\t')[4], `'=HYPERLINK("x")\\t\\r\\nb`);
    assert.equal(second?.split('\t')[4], ' +1');
  });

  test('a quotation mark does not open a cell that swallows those after it', () => {
    const received = [delta(1100, '"Yes'), delta(1200, '," she "said')];
    const lane = timelineLane({ trace: { ...goldenSession(), received } });
    const [, first, second] = deltaTableTsv(deltaTable(lane)).split('\n');
    assert.equal(first?.split('\t')[4], '"""Yes"');
    assert.equal(second?.split('\t')[4], '," she "said');
  });

  test('is copied as JSON with times to the microsecond', () => {
    const trace = goldenSession();
    trace.audio.originUs = 1_000_000.1;
    const lane = timelineLane({ trace });
    const [row] = JSON.parse(deltaTableJson(deltaTable(lane).slice(3, 4))) as { atMs: number }[];
    assert.deepEqual(row, { ...rows[3], atMs: 750, lagMs: 110 });
  });
});
