import assert from 'node:assert/strict';
import { test } from 'node:test';
import { separatorBetween } from '../../../src/metrics/separatorBetween.ts';

test('texts are kept apart by a space, unless they have one or their script has none', () => {
  const cases = [
    ['one', 'two', ' '],
    ['One.', '"Two"', ' '],
    ['one ', 'two', ''],
    ['one', '\ttwo', ''],
    ['', 'two', ''],
    ['今日は', '良い', ''],
    ['今日は。', '良い', ''],
    ['ไทย', 'ไทย', ''],
    ['今日', 'two', ' '],
    ['one', '今日', ' '],
    ['été', 'à', ' '],
    ['שלום', 'עולם', ' '],
    ['한국', '어', ' '],
  ] as const;
  for (const [before, after, separator] of cases) {
    assert.equal(separatorBetween(before, after), separator, `${before}|${after}`);
  }
});
